"""A world as a run finds it: raw tables in the warehouse, and the ledger."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from ledger.ledger import ensure_ledger
from lenke.build.nodes import make_room, renew_seeds
from lenke.home.places import Home
from loaders.raw.tables import create_tables, table_of
from tests import compiled
from tests.planner import seeds
from tests.planner.records import fingerprint, text_of_record
from tests.planner.world import FAR_AHEAD, LISTED, STARTED, Record, World


def put(world: World, home: Home) -> None:
    """Fill a home's warehouse and ledger with a world."""
    with duckdb.connect(str(home.warehouse)) as warehouse:
        _put_raw(world, warehouse)
    models = compiled.in_force()
    with duckdb.connect(str(home.warehouse)) as warehouse:
        make_room(warehouse, models)
        renew_seeds(warehouse, models)
        versions = {
            f"{system}:{entity}": version
            for system, entity, version in warehouse.execute(
                next(n.sql for n in models.nodes if n.name == "stg_seeds__versions")
            ).fetchall()
        }
    ensure_ledger(home.ledger)
    with duckdb.connect() as ledger:
        ledger.execute(f"attach '{home.ledger}' as ledger_file")
        ledger.execute("use ledger_file")
        _put_ledger(world, ledger, versions)


def _put_raw(world: World, warehouse: duckdb.DuckDBPyConnection) -> None:
    create_tables(warehouse)
    systems = sorted({end.split(":")[0] for end in seeds.doubts()})
    _insert(
        warehouse,
        "raw.systems",
        ("system_name", "configured", "outcome", "error", "run_id", "read_at"),
        [
            (
                name,
                True,
                "failed" if name == world.absent_system else "ok",
                None,
                "r",
                _utc(LISTED),
            )
            for name in systems
        ],
    )
    _insert(
        warehouse,
        "raw.listings",
        (
            "listing_id",
            "run_id",
            "system_name",
            "entity",
            "kind",
            "started_at",
            "records",
            "complete",
        ),
        [
            (end, "r", *end.split(":"), "full", _utc(LISTED), 1, True)
            for end in seeds.doubts()
        ],
    )
    _insert(
        warehouse,
        "raw.single_reads",
        (
            "record_key",
            "system_name",
            "entity",
            "record_id",
            "run_id",
            "outcome",
            "read_at",
        ),
        [
            (one.key, *one.key.split(":", 2), "r", "found", _utc(LISTED))
            for one in world.records.values()
            if one.proof == "read" and one.presence == "listed"
        ],
    )
    rows: dict[str, list[Sequence[Any]]] = {end: [] for end in seeds.doubts()}
    for record in world.records.values():
        if record.presence != "never_read":
            loaded_at = _utc(STARTED if record.presence == "missing" else LISTED)
            record_id = record.key.split(":", 2)[2]
            row = (record_id, text_of_record(record), "now", record.end, loaded_at)
            rows[record.end].append(row)
    for end, of_end in rows.items():
        system, entity = end.split(":")
        columns = ("record_id", "record", "content_hash", "listing_id", "loaded_at")
        _insert(warehouse, table_of(system, entity), columns, of_end)


def _put_ledger(
    world: World, ledger: duckdb.DuckDBPyConnection, versions: dict[str, str]
) -> None:
    before = STARTED - timedelta(days=1)
    flow_of_target = {pair.target: pair.flow for pair in world.pairs}
    sources = {
        key
        for key, record in world.records.items()
        if record.end in {flow.source for flow in seeds.flows().values()}
    }
    lasting = [pair for pair in world.pairs if pair.fate in ("kept", "unlinked")]
    _insert(
        ledger,
        "ledger.links",
        (
            "flow",
            "source_key",
            "target_key",
            "matched_by",
            "established_at",
            "established_run_id",
        ),
        [(p.flow, p.source, p.target, "created", before, "old") for p in lasting],
    )
    _insert(
        ledger,
        "ledger.decisions",
        ("decision_id", "kind", "flow", "source_key", "target_key", "decided_at"),
        [
            (p.target, kind, p.flow, p.source, p.target, before)
            for p in world.pairs
            for kind in [{"person": "link", "unlinked": "unlink"}.get(p.fate)]
            if kind is not None
        ],
    )
    _insert(
        ledger,
        "ledger.decisions",
        ("decision_id", "kind", "flow", "source_key", "target_key", "decided_at"),
        [
            (
                f"pause {name}",
                "pause",
                name if name in seeds.flows() else None,
                name if name in sources else None,
                name if name in world.records and name not in sources else None,
                before,
            )
            for name in sorted(world.paused)
        ],
    )
    _insert(
        ledger,
        "ledger.agreed_values",
        (
            "source_key",
            "property",
            "agreed_value",
            "won_by",
            "won_at",
            "rule",
            "run_id",
            "agreed_at",
        ),
        [
            (*key, one.value, one.won_by, one.won_at, one.rule, "old", LISTED)
            for key, one in world.agreed.items()
        ],
    )
    _insert(
        ledger,
        "ledger.observations",
        (
            "record_key",
            "property",
            "observed",
            "delivered",
            "is_delivered",
            "awaits_answer",
            "name",
            "run_id",
            "observed_at",
        ),
        [
            (
                *key,
                one.observed,
                one.delivered,
                one.is_delivered,
                False,
                name,
                "old",
                before,
            )
            for key, one in world.memories.items()
            for name in [_own_name(flow_of_target.get(key[0]), key[1])]
        ],
    )
    _insert(
        ledger,
        "ledger.resting_properties",
        ("system_name", "entity", "name", "run_id", "noted_at"),
        [(*end.split(":"), name, "old", before) for end, name in sorted(world.rested)],
    )
    stars = {pair.target: pair.source for pair in world.pairs}
    _insert(
        ledger,
        "ledger.record_states",
        (
            "record_key",
            "content_hash",
            "change_stamp",
            "stamp_is_ours",
            "record_version",
            "seeds_version",
            "waits",
            "written_at",
            "run_id",
        ),
        [
            (
                record.key,
                fingerprint(record)
                if record.state in ("same", "old_seeds")
                else "then",
                _stamp_before(record),
                record.stamp_is_ours,
                "4" if record.proof == "version" else None,
                versions[":".join(stars.get(record.key, record.key).split(":")[:2])]
                if record.state != "old_seeds"
                else "old",
                record.waits,
                record.written_at,
                "old",
            )
            for record in world.records.values()
            if record.state != "none"
        ],
    )
    flow_of = {
        end: flow.name
        for flow in seeds.flows().values()
        for end in (flow.source, flow.target)
    }
    _insert(
        ledger,
        "ledger.writes",
        (
            "write_id",
            "event",
            "run_id",
            "event_at",
            "operation",
            "flow",
            "system_name",
            "entity",
            "record_id",
            "source_key",
        ),
        [
            (
                record.key,
                "intent",
                "old",
                before,
                "update",
                flow_of[record.end],
                *record.key.split(":", 2),
                stars.get(record.key, record.key),
            )
            for record in world.records.values()
            if record.presence == "open"
        ],
    )


def _insert(
    database: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Insert rows in one statement."""
    by_column = zip(*rows, strict=True) if rows else [()] * len(columns)
    given = pa.table(
        {
            name: pa.array(
                values, pa.string() if all(one is None for one in values) else None
            )
            for name, values in zip(columns, by_column, strict=True)
        }
    )
    database.register("given", given)
    names = ", ".join(columns)
    database.execute(f"insert into {table} ({names}) select {names} from given")
    database.unregister("given")


def _own_name(flow: str | None, name: str) -> str:
    """Give a system's own name for a property of the star; no flow: the source's."""
    return name if flow is None else seeds.spellings_of_target(flow)[name].name


def _stamp_before(record: Record) -> datetime | None:
    if record.was_ahead:
        return FAR_AHEAD
    if record.proof != "stamp" or record.stamp is None:
        return record.stamp
    return record.stamp - timedelta(seconds=seeds.doubts()[record.end] + 0.5)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
