"""Canaries: what may nowhere be found, however spelt, and a scan that looks for it."""

import base64
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

import duckdb
import pyarrow.parquet as pq


def spellings(secret: str) -> set[str]:
    """Spell a canary as addresses, JSON and base64 do, also in the middle of a text."""
    found = {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
    }
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            encoded = encode(b"x" * before + secret.encode()).decode().rstrip("=")
            found.add(encoded[4 if before else 0 : -2])
    return found


def leaks_in(text: str | bytes, canaries: Mapping[str, str]) -> list[str]:
    """Name the canaries that a text holds."""
    held = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    return sorted(
        name
        for name, secret in canaries.items()
        if any(spelling.encode() in held for spelling in spellings(secret))
    )


def texts_under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give every byte below a folder: files as they are, and what tables hold.

    DuckDB and parquet compress, so their values are read one by one as well.
    """
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        yield name, path.read_bytes()
        if path.suffix == ".parquet":
            yield f"{name} (values)", repr(pq.read_table(path).to_pylist()).encode()
        elif path.suffix == ".duckdb":
            yield from _values_in(path, name)


def _values_in(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    with duckdb.connect() as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as looked_at (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'looked_at'"
        ).fetchall()
        for schema, table in tables:
            rows = connection.execute(
                f'select * from looked_at."{schema}"."{table}"'
            ).fetchall()
            texts = (str(value) for row in rows for value in row if value is not None)
            yield f"{name} {schema}.{table}", "\n".join(texts).encode()


class LogText(logging.Handler):
    """Keeps every record of every logger, as text, with its trace."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.lines.append(self.format(record))


def all_leaks(
    texts: Iterable[tuple[str, bytes]], canaries: Mapping[str, str]
) -> dict[str, list[str]]:
    """Say where which canaries are; an empty dict when they are nowhere."""
    found: dict[str, list[str]] = {}
    for where, text in texts:  # several may go by one name
        if leaks := leaks_in(text, canaries):
            found.setdefault(where, []).extend(leaks)
    return found
