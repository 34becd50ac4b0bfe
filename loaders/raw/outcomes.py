"""How a load went: `raw.systems` for every system, `raw.entities` for those read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Literal

import duckdb

from loaders.raw.listings import transaction


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


def of_system(
    name: str,
    read: Mapping[str, object],
    failures: Mapping[str, str],
    others: Mapping[str, str],
) -> SystemOutcome:
    """Give how a system was read: `failures` and `others` have the words why not."""
    if name in others:
        return SystemOutcome(
            name, configured=True, outcome="another_tenant", error=others[name]
        )
    if name in read:
        return SystemOutcome(name, configured=True, outcome="ok", error=None)
    if name in failures:
        return SystemOutcome(
            name, configured=True, outcome="failed", error=failures[name]
        )
    return SystemOutcome(name, configured=False, outcome="absent", error=None)


def of_entities(
    records: Mapping[str, Mapping[str, int]],
    refused: Mapping[str, Mapping[str, str]],
) -> Iterator[EntityOutcome]:
    """Give how the entities of the read systems were: `refused` has the words."""
    for system, counts in records.items():
        for entity in counts:
            yield EntityOutcome(system, entity, outcome="ok", error=None)
    for system, told in refused.items():
        for entity, words in told.items():
            yield EntityOutcome(system, entity, outcome="refused", error=words)


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
        rows = [[*astuple(outcome), run_id, read_at] for outcome in entities]
        if rows:
            warehouse.executemany(
                "insert into raw.entities values (?, ?, ?, ?, ?, ?)", rows
            )
