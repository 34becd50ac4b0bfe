"""Load: read all systems side by side, and write each into raw when it has been read.

A system is written once all of it is there: one that stops half-way leaves raw as it
was. What was written stays when the load is killed, so the next one reads on from it.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from connections.http.client import Http
from connections.http.errors import LenkeError, SystemStopped
from connections.machine import crash_points
from connections.machine.database import connect
from connections.machine.unforeseen import unforeseen
from connections.private.files import private_files
from connections.private.records import key_fingerprint
from connections.settings.read import LenkeSettings, systems
from loaders.listing.entity import Source, source_of
from loaders.raw.listings import usable_cursor
from loaders.raw.outcomes import of_entities, of_system, replace_outcomes
from loaders.raw.tables import create_tables
from loaders.raw.tenant import holds_another, take_over
from loaders.raw.write import write_system
from loaders.run.read import OnProgress, SystemRead, bounds_of, read_system
from loaders.run.work_folder import work_folder

WAREHOUSE = "warehouse.duckdb"
# Trouble with the files themselves is no system's.
_EVERYBODYS = (LenkeError, OSError, duckdb.IOException, duckdb.FatalException)


@dataclass(frozen=True)
class LoadResult:
    """Records read, by system and entity; the words of each system that failed.

    `full` names the entities whose listing was full; `set_aside` are the records, by
    their keys, that nobody can read; `refused` has the words of the entities that a
    system does not grant us.
    """

    records: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    full: Mapping[str, frozenset[str]] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)
    set_aside: tuple[str, ...] = ()
    refused: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load(
    home: Path,
    connections: Mapping[str, Http],
    *,
    run_id: str,
    full: bool,
    settings: LenkeSettings,
    hash_key: bytes,
    resting: Collection[str] = (),
    failed: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
    tenants: Mapping[str, str] | None = None,
    on_progress: OnProgress | None = None,
) -> LoadResult:
    """Bring `home`/warehouse.duckdb up to date with the connected systems.

    `full` reads full listings now; those of the `resting` systems are always full: one
    that was suddenly empty may be whole again. `failed` names systems that are
    configured but could not be connected, with the reason, and `others` those that may
    be another tenant than the ledger's. `tenants` says whose records each system gives:
    those of another one go. `on_progress(system, entity, records)` is called from
    several threads. Raises duckdb.IOException when somebody else has the warehouse
    open, before the first request.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    failures, whose = dict(failed or {}), tenants or {}
    with (
        private_files(),
        connect(home / WAREHOUSE) as warehouse,
        work_folder(home) as folder,
    ):
        create_tables(warehouse)
        cursors = {
            name: _cursors(
                warehouse,
                source_of(name),
                http,
                full=full or name in resting or holds_another(warehouse, name, whose),
                settings=settings,
                key=hash_key,
            )
            for name, http in connections.items()
        }
        landed = _side_by_side(
            connections,
            read=lambda name, http: read_system(
                source_of(name),
                http,
                cursors=cursors[name],
                run_id=run_id,
                warehouse=warehouse,
                folder=folder,
                key=hash_key,
                on_progress=on_progress or _ignore,
                bounds=bounds_of(settings),
            ),
            write=lambda name, each: _written(warehouse, name, each, folder, whose),
            failures=failures,
        )
        read = {name: each for name, (each, _) in landed.items()}
        records = {name: counts for name, (_, counts) in landed.items()}
        refused = {name: each.refused for name, each in read.items() if each.refused}
        replace_outcomes(
            warehouse,
            [of_system(name, records, failures, others or {}) for name in systems()],
            of_entities(records, refused),
            run_id=run_id,
            read_at=max(
                (http.runtime.clock() for http in connections.values()),
                default=datetime.now(UTC),
            ),
        )
        crash_points.reached(crash_points.SYSTEMS_NOTED)
    return LoadResult(
        records=records,
        full={
            name: frozenset(
                one.entity.name for one in each.fetched if one.listing.kind == "full"
            )
            for name, each in read.items()
        },
        failures=failures,
        set_aside=tuple(
            f"{name}:{one.entity.name}:{aside.record_id or '?'}"
            for name, each in read.items()
            for one in each.fetched
            for aside in one.spooled.set_aside
        ),
        refused=refused,
    )


def _side_by_side(
    connections: Mapping[str, Http],
    *,
    read: Callable[[str, Http], SystemRead],
    write: Callable[[str, SystemRead], Mapping[str, int]],
    failures: dict[str, str],
) -> dict[str, tuple[SystemRead, Mapping[str, int]]]:
    """Give what each system listed, and how many records of each entity.

    Each is written as soon as it has been read, here, one at a time. The ones that
    stopped, and those whose records nobody can write down, are noted in `failures`: the
    listings of the latter stay incomplete, as if the load had been killed.
    """
    landed: dict[str, tuple[SystemRead, Mapping[str, int]]] = {}
    stopped: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=max(len(connections), 1)) as pool:
        reading: dict[Future[SystemRead], str] = {
            pool.submit(read, name, http): name for name, http in connections.items()
        }
        try:
            for future in as_completed(reading):
                name, doing = reading[future], "reading it"
                try:
                    each = future.result()
                    doing = "writing down what it listed"
                    landed[name] = each, write(name, each)
                except SystemStopped as error:
                    stopped[name] = str(error)
                except _EVERYBODYS:
                    raise
                except Exception as error:
                    stopped[name] = unforeseen(name, doing, error)
        except BaseException:
            for future, name in reading.items():
                if not future.done():  # the pool would wait for pauses and retries
                    connections[name].close()
            raise
    # In the order of the systems, whichever answered first.
    failures |= {name: stopped[name] for name in connections if name in stopped}
    return {name: landed[name] for name in connections if name in landed}


def _written(
    warehouse: duckdb.DuckDBPyConnection,
    name: str,
    read: SystemRead,
    folder: Path,
    tenants: Mapping[str, str],
) -> Mapping[str, int]:
    """Write what a system listed; give the number of records by entity."""
    take_over(warehouse, name, [one.entity.name for one in read.fetched], tenants)
    listings = write_system(warehouse, name, read.fetched, folder)
    return {one.entity: one.records for one in listings}


def _cursors(
    warehouse: duckdb.DuckDBPyConnection,
    source: Source,
    http: Http,
    *,
    full: bool,
    settings: LenkeSettings,
    key: bytes,
) -> dict[str, str | None]:
    return {
        entity.name: None
        if full
        else usable_cursor(
            warehouse,
            source.system,
            entity,
            now=http.runtime.clock(),
            full_listing_hours=settings.full_listing_hours,
            fingerprint=key_fingerprint(key),
        )
        for entity in source.entities
    }


def _ignore(_system: str, _entity: str, _records: int) -> None:
    """Tell nobody."""
