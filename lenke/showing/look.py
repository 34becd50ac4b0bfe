"""Look into inspection.duckdb: what people ask for, as plain rows."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from connections.http.errors import ConfigurationError, LenkeError, StopRun
from connections.machine.database import connect_to_look, first_line, meaning_of
from connections.machine.trouble import Damaged, trouble_in
from lenke.home.lock import AnotherRun
from lenke.home.places import Home

# Columns of ours that hold JSON as text.
JSON_COLUMNS = frozenset(
    {"properties_before", "properties_after", "delivered", "records", "summary"}
)


@dataclass(frozen=True)
class Rows:
    """The answer to a question: column names and rows.

    `json_columns` hold JSON as text; `more` counts rows that were not asked for.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    json_columns: frozenset[str] = frozenset()
    more: int = 0

    def as_json(self) -> list[dict[str, Any]]:
        """Give one object per row; what is JSON is no text in it."""
        return [
            {
                name: _opened(value) if name in self.json_columns else value
                for name, value in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


def _opened(value: Any) -> Any:
    """Give what a JSON text says; a text that is none stays one."""
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


# DuckDB calls a pivot, which reads, `multi`.
_READS = tuple(
    getattr(duckdb.StatementType, name) for name in ("SELECT", "EXPLAIN", "MULTI")
)
_FOR_EXAMPLE = 'Ask for example `lenke sql "select * from inspection.links limit 5"`.'

_HAS_REACH = """
select 1 from duckdb_columns() where table_name = 'findings' and column_name = 'reach'
"""


def ask_for(home: Home, question: str, most: int | None, **parameters: Any) -> Rows:
    """Ask a question of ours for at most so many rows, and count the others."""
    if most is None:
        return ask(home, question, **parameters)
    found = ask(home, f"{question} limit {most:d}", **parameters)
    return replace(found, more=count(home, question, **parameters) - len(found.rows))


def count(home: Home, question: str, **parameters: Any) -> int:
    """Count the rows of an answer."""
    counted = ask(home, f"select count(*) from ({question})", **parameters)  # noqa: S608 - our own question
    return int(counted.rows[0][0])


def ask(home: Home, question: str, **parameters: Any) -> Rows:
    """Ask the published tables; ConfigurationError when nothing is published yet."""
    with _published(home) as connection:
        return _answer(connection.execute(question, parameters or None))


@contextmanager
def looking(home: Home) -> Iterator[Callable[..., Rows]]:
    """Give what answers questions one after the other, all of the same tables.

    A run may publish others meanwhile: whoever asks so goes on with those from before.
    """
    with _published(home) as connection:
        yield lambda question, **parameters: _answer(
            connection.execute(question, parameters or None)
        )


def ask_in_sql(home: Home, typed: str) -> Rows:
    """Answer one query that somebody typed; ConfigurationError for anything else.

    It can read what is published and nothing else, and it changes nothing.
    """
    with _published(home) as connection:
        try:
            typed.encode()
            statements = connection.extract_statements(typed)
        except UnicodeError as error:
            raise ConfigurationError(f"The query is no text: {error}.") from None
        if not statements:
            raise ConfigurationError(f"There is no query to answer. {_FOR_EXAMPLE}")
        if len(statements) > 1:
            raise ConfigurationError(
                f"These are {len(statements)} statements, and none was carried out: "
                "ask one at a time."
            )
        [statement] = statements
        if statement.type not in _READS:
            raise ConfigurationError(
                f"This statement ({statement.type.name.lower()}) is none that only "
                f"reads, and it was not carried out. {_FOR_EXAMPLE}"
            )
        return _answer(connection.execute(statement))


def _answer(result: duckdb.DuckDBPyConnection) -> Rows:
    described = result.description or []
    return Rows(
        tuple(column[0] for column in described),
        result.fetchall(),
        frozenset(
            column[0]
            for column in described
            if column[0] in JSON_COLUMNS or str(column[1]) == "JSON"
        ),
    )


@contextmanager
def _published(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    path = home.inspection
    if not path.exists():
        raise ConfigurationError(
            f"There is no {path} yet. Run `lenke plan` or `lenke sync` first."
        )
    try:
        with connect_to_look(path) as connection:
            try:
                yield connection
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                if connection.execute(_HAS_REACH).fetchone():
                    raise
                raise ConfigurationError(
                    f"{path} was published by an older Lenke. Run `lenke plan` or "
                    "`lenke sync` first."
                ) from error
    except duckdb.Error as error:
        raise _cannot_be_told(path, error) from error


def _cannot_be_told(path: Path, error: duckdb.Error) -> LenkeError:
    said = first_line(error).rstrip(".!")
    match meaning_of(error):
        case "locked":
            return AnotherRun(
                f"Somebody has {path} open for writing. Close it there, and ask again. "
                f"({said})"
            )
        case "newer":
            return StopRun(
                f"{path} was written by a newer DuckDB ({said}). Update Lenke, or run "
                "`lenke plan`, which makes this file anew: it is a copy."
            )
        case "damaged":
            return Damaged(
                f"{path} is damaged ({said}). Nothing is lost, it is a copy: `lenke "
                "plan` makes it anew, and so does the next sync."
            )
        case "full" | "forbidden":
            return trouble_in(error) or StopRun(said)
    return ConfigurationError(f"The query can't be answered: {error}")
