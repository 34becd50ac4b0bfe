"""Look into inspection.duckdb: what people ask for, as plain rows."""

import json
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from connections._errors import ConfigurationError
from lenke._home import Home

# Columns of ours that hold JSON as text.
JSON_COLUMNS = frozenset({"properties_before", "properties_after", "summary"})


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


# Characters of a conflict's id that are shown: enough to tell it apart.
SHORT_ID = 8

COVERAGE = """
select flow, mode, source_records, linked, to_create, unmatched, ambiguous, held
from inspection.coverage
order by seed_order
"""

LINKS = """
select
    links.flow, source_system, source_entity, source_id, target_system, target_entity,
    target_id, matched_by, established_at, ended_at, ended_because,
    source_key, sources.record_name as source_name,
    target_key, targets.record_name as target_name
from inspection.links
left join inspection.records as sources on links.source_key = sources.record_key
left join inspection.records as targets on links.target_key = targets.record_key
where
    ($flow is null or links.flow = $flow)
    and (
        $records is null
        or list_contains($records, source_key)
        or list_contains($records, target_key)
    )
    and ($past or ended_at is null)
order by links.flow, source_id, target_id
"""

FINDINGS = """
select kind, record_key, property, message, next_step, record_name
from inspection.findings
where $kind is null or kind = $kind
order by kind, record_key, property, message
"""

NAMES = """
select record_key, record_name
from inspection.records
where list_contains($keys, record_key)
"""

CONFLICTS = """
select
    left(conflict_id, $short) as id, source_key, property, winning_system,
    winning_value, losing_system, losing_value, rule, run_id, status, losing_key,
    record_name as source_name
from inspection.conflicts
left join inspection.records on conflicts.source_key = records.record_key
where
    ($rule is null or rule = $rule)
    and (
        $records is null
        or list_contains($records, source_key)
        or list_contains($records, losing_key)
    )
    and ($past or status in ('open', 'noted'))
order by
    status = 'open' desc, noted_at desc nulls first, source_key, property, losing_key
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
"""

PLAN = """
select
    flow, operation, plan.system, plan.entity, plan.record_id, properties_before,
    properties_after, reason, source_key, record_name
from inspection.plan
left join inspection.records on records.record_key = coalesce(
    plan.system || ':' || plan.entity || ':' || plan.record_id, plan.source_key
)
order by flow, operation, plan.record_id, source_key
"""

RUNS = """
select run_id, command, started_at, finished_at, outcome, exit_code
from inspection.runs
order by started_at desc
limit $most
"""

_HAS_RECORDS = "select 1 from duckdb_tables() where table_name = 'records'"


def ask_for(home: Home, question: str, most: int | None, **parameters: Any) -> Rows:
    """Ask one of the questions above for at most so many rows, and count the others."""
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
    if not home.inspection.exists():
        raise ConfigurationError(
            f"There is no {home.inspection} yet. Run `lenke plan` or `lenke sync` "
            "first."
        )
    with duckdb.connect(str(home.inspection), read_only=True) as connection:
        try:
            result = connection.execute(question, parameters or None)
        except duckdb.Error as error:
            if not connection.execute(_HAS_RECORDS).fetchone():
                raise ConfigurationError(
                    f"{home.inspection} was published by an older Lenke. Run `lenke "
                    "plan` or `lenke sync` first."
                ) from error
            raise ConfigurationError(f"The query can't be answered: {error}") from error
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
