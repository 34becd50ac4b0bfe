"""Look into inspection.duckdb: what people ask for, as plain rows."""

from dataclasses import dataclass
from typing import Any

import duckdb

from connections._errors import ConfigurationError
from lenke._home import Home


@dataclass(frozen=True)
class Rows:
    """The answer to a question: column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_json(self) -> list[dict[str, Any]]:
        """Give one object per row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


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
    if not home.inspection.exists():
        raise ConfigurationError(
            f"There is no {home.inspection} yet. Run `lenke plan` or `lenke sync` "
            "first."
        )
    with duckdb.connect(str(home.inspection), read_only=True) as connection:
        try:
            result = connection.execute(question, parameters or None)
        except duckdb.Error as error:
            raise ConfigurationError(f"The query can't be answered: {error}") from error
        columns = tuple(column[0] for column in result.description or ())
        return Rows(columns, result.fetchall())
