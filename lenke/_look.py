"""Look into inspection.duckdb: what people ask for, as plain rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from connections._database import connect_to_look, first_line, meaning_of
from connections._errors import ConfigurationError, LenkeError, StopRun
from connections._trouble import Damaged, trouble_in
from lenke._home import Home
from lenke._lock import AnotherRun


@dataclass(frozen=True)
class Rows:
    """The answer to a question: column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_json(self) -> list[dict[str, Any]]:
        """Give one object per row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


# DuckDB calls a pivot, which reads, `multi`.
_READS = tuple(
    getattr(duckdb.StatementType, name) for name in ("SELECT", "EXPLAIN", "MULTI")
)
_FOR_EXAMPLE = 'Ask for example `lenke sql "select * from inspection.links limit 5"`.'

# Characters of a conflict's id that are shown: enough to tell it apart.
SHORT_ID = 8

COVERAGE = """
select flow, mode, source_records, linked, to_create, unmatched, ambiguous, held
from inspection.coverage
order by seed_order
"""

LINKS = """
select
    flow, source_system, source_entity, source_id, target_system, target_entity,
    target_id, matched_by, established_at, ended_at, ended_because
from inspection.links
where
    ($flow is null or flow = $flow)
    and (
        $record is null
        or source_id = $record or target_id = $record
        or source_key = $record or target_key = $record
    )
    and ($past or ended_at is null)
order by flow, source_id
limit $most
"""

FINDINGS = """
select kind, record_key, property, message, next_step
from inspection.findings
where $kind is null or kind = $kind
order by kind, record_key, property
limit $most
"""

CONFLICTS = """
select
    left(conflict_id, $short) as id, source_key, property, winning_system,
    winning_value, losing_system, losing_value, rule, run_id, status
from inspection.conflicts
where
    ($rule is null or rule = $rule)
    and ($record is null or source_key = $record or losing_key = $record)
    and ($past or status in ('open', 'noted'))
order by status = 'open' desc, noted_at desc nulls first, source_key, property
limit $most
"""

DECISIONS = """
select
    left(decision_id, $short) as id, kind, flow, source_key, target_key, property,
    decided_value, reason, decided_by, decided_at, status, details, run_id, settled_at
from inspection.decisions
where
    ($kind is null or kind = $kind)
    and (not $waiting or status = 'waits')
order by status = 'waits' desc, decided_at desc, id
limit $most
"""

PLAN = """
select
    flow, operation, system, entity, record_id, properties_before, properties_after,
    reason
from inspection.plan
order by flow, operation, record_id
limit $most
"""

RUNS = """
select run_id, command, started_at, finished_at, outcome, exit_code
from inspection.runs
order by started_at desc
limit $most
"""


def ask(home: Home, question: str, **parameters: Any) -> Rows:
    """Ask the published tables; ConfigurationError when nothing is published yet."""
    with _published(home) as connection:
        return _answer(connection.execute(question, parameters or None))


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
    columns = tuple(column[0] for column in result.description or ())
    return Rows(columns, result.fetchall())


@contextmanager
def _published(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    path = home.inspection
    if not path.exists():
        raise ConfigurationError(
            f"There is no {path} yet. Run `lenke plan` or `lenke sync` first."
        )
    try:
        with connect_to_look(path) as connection:
            yield connection
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
