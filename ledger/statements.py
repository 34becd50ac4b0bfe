"""The SQL of the ledger: one file in `sql/` for each purpose, read by its name."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

_FOLDER = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> str:
    """Give the text of `sql/<name>.sql`."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def carried_out(
    connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, Any]
) -> Iterator[str]:
    """Carry out the statements of a file in turn; give each when it is done.

    A statement gets those of the `given` parameters that it names.
    """
    for statement in connection.extract_statements(sql(name)):
        named = {each: given[each] for each in statement.named_parameters}
        connection.execute(statement, named or None)
        yield statement.query
