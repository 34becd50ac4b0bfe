"""How a load went: `raw.systems` for every system, `raw.entities` for those read."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Literal

import duckdb

from loaders._listings import transaction


@dataclass(frozen=True)
class SystemOutcome:
    """One row of `raw.systems`: whether a system was read, and why not."""

    system_name: str
    configured: bool
    outcome: Literal["ok", "failed", "absent", "another_tenant"]
    error: str | None


@dataclass(frozen=True)
class EntityOutcome:
    """One row of `raw.entities`: whether a read system let us read this entity."""

    system_name: str
    entity: str
    outcome: Literal["ok", "refused"]
    error: str | None


def replace_outcomes(
    warehouse: duckdb.DuckDBPyConnection,
    systems: Iterable[SystemOutcome],
    entities: Iterable[EntityOutcome],
    *,
    run_id: str,
    read_at: datetime,
) -> None:
    """Say of every system, and of the entities of those read, how this load went."""
    with transaction(warehouse):
        warehouse.execute("delete from raw.systems")
        warehouse.executemany(
            "insert into raw.systems values (?, ?, ?, ?, ?, ?)",
            [[*astuple(outcome), run_id, read_at] for outcome in systems],
        )
        warehouse.execute("delete from raw.entities")
        of_entities = [[*astuple(outcome), run_id, read_at] for outcome in entities]
        if of_entities:
            warehouse.executemany(
                "insert into raw.entities values (?, ?, ?, ?, ?, ?)", of_entities
            )
