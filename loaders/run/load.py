"""Load: read all systems side by side, then write them into raw one after the other.

Reading is what takes time, and it is over before anything is written: a system that
stops half-way leaves raw as it was.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
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
from loaders.run.read import Bounds, OnProgress, SystemRead, bounds_of, read_system
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
        read = _read_side_by_side(
            connections,
            cursors_of=lambda source, http: _cursors(
                warehouse,
                source,
                http,
                full=full
                or source.system in resting
                or holds_another(warehouse, source.system, whose),
                settings=settings,
                key=hash_key,
            ),
            run_id=run_id,
            folder=folder,
            key=hash_key,
            on_progress=on_progress or _ignore,
            bounds=bounds_of(settings),
            failures=failures,
        )
        records = _write_one_by_one(warehouse, read, folder, whose, failures)
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
            if name in records
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


def _read_side_by_side(
    connections: Mapping[str, Http],
    *,
    cursors_of: Callable[[Source, Http], Mapping[str, str | None]],
    run_id: str,
    folder: Path,
    key: bytes,
    on_progress: OnProgress,
    bounds: Bounds,
    failures: dict[str, str],
) -> dict[str, SystemRead]:
    """Give what each system listed; note in `failures` the ones that stopped."""
    reading: dict[str, Future[SystemRead]] = {}
    read: dict[str, SystemRead] = {}
    with ThreadPoolExecutor(max_workers=max(len(connections), 1)) as pool:
        try:
            for name, http in connections.items():
                source = source_of(name)
                reading[name] = pool.submit(
                    read_system,
                    source,
                    http,
                    cursors=cursors_of(source, http),
                    run_id=run_id,
                    folder=folder,
                    key=key,
                    on_progress=on_progress,
                    bounds=bounds,
                )
            for name, future in reading.items():
                try:
                    read[name] = future.result()
                except SystemStopped as error:
                    failures[name] = str(error)
                except (LenkeError, OSError):  # the disk is everybody's
                    raise
                except Exception as error:
                    failures[name] = unforeseen(name, "reading it", error)
        except BaseException:
            for http in connections.values():
                http.close()  # or the pool would wait for pauses and retries
            raise
    return read


def _write_one_by_one(
    warehouse: duckdb.DuckDBPyConnection,
    read: Mapping[str, SystemRead],
    folder: Path,
    tenants: Mapping[str, str],
    failures: dict[str, str],
) -> dict[str, dict[str, int]]:
    """Write what was read; give the number of records by system and entity.

    A system whose records nobody can write down is noted in `failures`; its listings
    stay incomplete then, as if the load had been killed.
    """
    records: dict[str, dict[str, int]] = {}
    for name, each in read.items():
        try:
            take_over(
                warehouse, name, [one.entity.name for one in each.fetched], tenants
            )
            listings = write_system(warehouse, name, each.fetched, folder)
        except _EVERYBODYS:
            raise
        except Exception as error:
            failures[name] = unforeseen(name, "writing down what it listed", error)
        else:
            records[name] = {one.entity: one.records for one in listings}
    return records


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
