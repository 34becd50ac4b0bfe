"""A domain as computers know it: what SQL needs to tell that two spellings are one."""

from contextlib import suppress
from typing import Any

import duckdb
import idna


def ascii_domain(domain: str) -> str:
    """Give a domain in ASCII and lower case; as it is where it can't be one."""
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain.lower()


def teach(connection: Any) -> None:
    """Let the SQL of a connection call `ascii_domain`."""
    text = duckdb.sqltypes.VARCHAR
    connection.create_function("ascii_domain", ascii_domain, [text], text)


def forget(connection: Any) -> None:
    """Take it back, if it was told: all who have the same file open here know it."""
    with suppress(duckdb.InvalidInputException):  # it was not
        connection.remove_function("ascii_domain")
