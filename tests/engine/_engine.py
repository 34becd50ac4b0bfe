"""Six systems, people, and Lenke turning between them: one world of many stars.

A *schedule* is what happens to one star: edits of its members, and the faults, kills
and runs around them. The stars of a world share its runs, so that one turn of the
circle takes all their schedules a step further.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import httpx

from lenke import _circle, _dbt, _stages
from lenke._circle import RunOptions
from lenke._home import Home
from lenke._report import RunReport
from lenke._surroundings import Surroundings
from loaders import _dlt as through_dlt
from reverse_etl import _points
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._http import Refused
from simulators._stage import open_simulators, without_rate_limits
from simulators._store import Store
from tests import _compiled
from tests.engine._seeds import Member, flows, held, members, nested
from tests.engine._typing import canonical, typed_value
from tests.engine._wire import Killed, Mischief, Wire
from tests.engine._world import fill

START = datetime(2026, 2, 2, 6, tzinfo=UTC)
SYSTEM_MEMBERS = {
    "SistEndretDato",
    "SistEndretAvId",
    "modifiedAt",
    "LastChangedDateTimeOffset",
    "version",
    "updatedAt",
    "lastChange",
    "name",  # Membercare: what it shows of companyName
}


@dataclass
class Edit:
    """What a person typed: where, when (the number of runs before it), and what."""

    star: str
    member_key: str
    property: str
    canonical: str | None
    after_runs: int
    is_in_window: bool = False


@dataclass
class Engine:
    """A world and its LENKE_HOME, between two runs or in one."""

    home: Home
    systems: dict[str, Simulator]
    clock: VirtualClock
    mischief: Mischief = field(default_factory=Mischief)
    edits: list[Edit] = field(default_factory=list)
    typed: dict[tuple[str, str], set[str | None]] = field(default_factory=dict)
    by_people: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    unmapped: dict[str, dict[str, Any]] = field(default_factory=dict)
    runs: int = 0
    clean_runs: set[int] = field(default_factory=set)
    reports: list[RunReport] = field(default_factory=list)
    wires: dict[str, Wire] = field(default_factory=dict)
    _token: int = 0
    _links: list[tuple[Any, ...]] | None = None

    def __post_init__(self) -> None:
        self.wires = {
            name: Wire(system, self.mischief, lambda: self.clock.advance(0.02))
            for name, system in self.systems.items()
        }

    # -- people ---------------------------------------------------------------

    def token(self) -> int:
        """Give a number that no other edit of this world has."""
        self._token += 1
        return self._token

    def links(self) -> list[tuple[str, str, str]]:
        """Give the open links: flow, source key, target key."""
        if not self.home.ledger.exists():
            return []
        if self._links is None:
            self._links = self.ledger(
                "select flow, source_key, target_key from ledger.links "
                "where ended_at is null order by all"
            )
        return self._links  # type: ignore[return-value] # three texts each

    def ledger(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the ledger."""
        with duckdb.connect() as connection:
            connection.execute(
                f"attach '{self.home.ledger}' as ledger_file (read_only)"
            )
            connection.execute("use ledger_file.main")
            rows: list[tuple[Any, ...]] = connection.execute(
                sql.replace("ledger.", "ledger_file.ledger.")
            ).fetchall()
            return rows

    def keys(self, system: str, entity: str) -> list[str]:
        """Give the record keys of an entity, in the order in which they were made."""
        return [
            f"{system}:{entity}:{key}"
            for key in _ids(self.systems[system], entity)
            if f"{system}:{entity}:{key}" not in self.removed
        ]

    def record(self, key: str) -> dict[str, Any] | None:
        """Give a record as its system holds it."""
        system, entity, record_id = key.split(":", 2)
        found = self.systems[system].get(entity, record_id)
        return dict(found) if found is not None else None

    def star_of(self, key: str) -> str | None:
        """Give the source record of the star that a record belongs to."""
        system, entity, _ = key.split(":", 2)
        if any(flow.source == (system, entity) for flow in flows().values()):
            return key
        for _flow, source_key, target_key in self.links():
            if target_key == key:
                return source_key
        return None

    def edit(self, key: str, member: Member, style: int) -> bool:
        """Let a person type something new; False when the system refuses it."""
        record = self.record(key)
        star = self.star_of(key)
        if record is None or star is None or key in self.removed:
            return False
        value = typed_value(self, member, style, key)
        if value is NotImplemented:
            return False
        system, entity, record_id = key.split(":", 2)
        try:
            self.systems[system].edit(
                entity, record_id, nested(member.json_path, value, record)
            )
        except Refused:
            return False
        stored = held(self.record(key), member.json_path)
        if canonical(self, member, stored) == canonical(
            self, member, held(record, member.json_path)
        ):
            return False
        self.note_typed(star, key, member, stored)
        return True

    def note_typed(self, star: str, key: str, member: Member, stored: Any) -> None:
        """Remember that a person wants this value."""
        value = canonical(self, member, stored)
        self.typed.setdefault((star, member.property), set()).add(value)
        self.edits.append(Edit(star, key, member.property, value, self.runs))
        self.note_unmapped(key)

    def note_unmapped(self, key: str) -> None:
        """Remember what nobody asked us to touch in a record."""
        self.unmapped[key] = unmapped_of(key, self.record(key))

    def note_person_made(self, key: str) -> None:
        """Remember a record that a person made, with all its values."""
        self.by_people.add(key)
        self.note_unmapped(key)
        system, entity, _ = key.split(":", 2)
        record = self.record(key)
        for member in members().get((system, entity), []):
            self.typed.setdefault((key, member.property), set()).add(
                canonical(self, member, held(record, member.json_path))
            )

    # -- Lenke ----------------------------------------------------------------

    def run(self, command: str = "sync", **options: bool) -> RunReport | None:
        """Turn the circle once; None when it was killed."""
        self.clock.advance(61)
        for late in self.mischief.late:
            late()
        self.mischief.late.clear()
        for wire in self.wires.values():
            wire.begin()
        for system in self.systems.values():
            system.requests.clear()
        around = Surroundings(
            transport_for=lambda name: self.wires[name],
            clock=self.clock,
            sleep=self.clock.advance,
        )
        try:
            report = getattr(_circle, command)(
                self.home, RunOptions(**options), around
            )
        except Killed:
            report = None
        finally:
            self.mischief.clear()
        self.runs += 1
        self._links = None
        if report is not None:
            self.reports.append(report)
        return report

    def seen_between(self, one: int, other: int) -> bool:
        """Tell whether a run that went well came between two moments."""
        return any(one < run <= other for run in self.clean_runs)

    def writes(self) -> int:
        """Give the number of requests of the last run that changed a system."""
        return sum(system.requests.writes for system in self.systems.values())


def unmapped_of(key: str, record: dict[str, Any] | None) -> dict[str, Any]:
    """Give the members of a record that no mapping names and no system keeps."""
    system, entity, _ = key.split(":", 2)
    mapped = {
        member.json_path.removeprefix("$.").split(".")[0]
        for member in members().get((system, entity), [])
    }
    return {
        name: value
        for name, value in (record or {}).items()
        if name not in mapped and name not in SYSTEM_MEMBERS
    }


def _ids(system: Simulator, entity: str) -> list[str]:
    table = system.database[entity]
    rows = table._database.fetch(f"select key from {table._name} order by rowid", ())
    return [row[0] for row in rows]


@contextmanager
def engine(*, synced: bool = True) -> Iterator[Engine]:
    """Give a world whose first sync is done (or not), in a LENKE_HOME of its own."""
    with ExitStack() as stack:
        stack.enter_context(_in_one_thread())
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="lenke-", dir=_FAST))
        )
        before = dict(os.environ)
        stack.callback(lambda: (os.environ.clear(), os.environ.update(before)))
        template = _template() if synced else None
        made = _opened(folder)
        if template is None:
            fill(made)
        else:
            _restore(template, made)
        yield made


_FAST = "/dev/shm" if os.path.isdir("/dev/shm") else None
_templates: list[dict[str, Any]] = []


def _opened(folder: Path) -> Engine:
    clock = VirtualClock(START)
    systems = open_simulators(Store(None), clock=clock, knobs=without_rate_limits())
    for name, system in systems.items():
        for setting, value in system.settings("http://127.0.0.1:1").items():
            os.environ[f"SOURCES__{name}__{setting}".upper()] = str(value)
        os.environ[f"SOURCES__{name}__REQUESTS_PER_SECOND".upper()] = "100000"
    os.environ["LENKE_HASH_KEY"] = "a key for tests"
    os.environ["LENKE_HOME"] = str(folder)
    return Engine(Home(folder), systems, clock)


def _template() -> dict[str, Any]:
    """Make a world and sync it once for this process; keep everything of it."""
    if not _templates:
        folder = Path(tempfile.mkdtemp(prefix="lenke-template-", dir=_FAST))
        made = _opened(folder)
        fill(made)
        for _ in range(3):
            report = made.run()
            assert report is not None
            assert report.exit_code == 0, report.warnings
        assert made.writes() == 0
        _templates.append(
            {
                "folder": folder,
                "now": made.clock.now,
                "databases": {
                    name: system.database._connection.serialize()
                    for name, system in made.systems.items()
                },
                "state": (
                    dict(made.typed),
                    set(made.by_people),
                    dict(made.unmapped),
                    made._token,
                ),
            }
        )
        import atexit

        atexit.register(shutil.rmtree, folder, True)
    return _templates[0]


def _restore(template: dict[str, Any], made: Engine) -> None:
    shutil.copytree(template["folder"], made.home.folder, dirs_exist_ok=True)
    made.clock.now = template["now"]
    for name, content in template["databases"].items():
        made.systems[name].database._connection.deserialize(content)
    typed, by_people, unmapped, token = template["state"]
    made.typed = {key: set(values) for key, values in typed.items()}
    made.by_people, made.unmapped = set(by_people), dict(unmapped)
    made._token = token


# -- without threads, without dlt, without dbt ----------------------------------


class _Inline:
    """A pool whose tasks are done when they are handed in."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take what a pool takes."""

    def __enter__(self) -> "_Inline":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, task: Callable[..., Any], *args: Any, **named: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(task(*args, **named))
        except Exception as error:
            future.set_exception(error)
        return future

    def map(self, task: Callable[..., Any], *lists: Any) -> list[Any]:
        return [task(*each) for each in zip(*lists, strict=False)]


@contextmanager
def _in_one_thread() -> Iterator[None]:
    from loaders import _load
    from reverse_etl import _push, _settle

    with ExitStack() as stack:
        for module in (_load, _push, _settle):
            stack.enter_context(
                mock.patch.object(module, "ThreadPoolExecutor", _Inline)
            )
        stack.enter_context(mock.patch.object(_dbt, "build", _build))
        stack.enter_context(mock.patch.object(_stages, "publish", lambda home: None))
        stack.enter_context(
            mock.patch.object(_stages, "look_again", lambda *_: None)
        )
        stack.enter_context(
            mock.patch.object(
                through_dlt,
                "dlt_source",
                lambda system, batches, first: (system, batches),
            )
        )
        stack.enter_context(mock.patch.object(through_dlt, "run", _upsert))
        yield


_compiled_for: dict[str, _compiled.Compiled] = {}


def _build(home: Home, options: _dbt.BuildOptions) -> None:
    """Build what a push needs; what people look at is built at the end."""
    variables = options.variables("")
    with duckdb.connect(str(home.warehouse)) as warehouse:
        is_new = not warehouse.execute(
            "select 1 from duckdb_views() where view_name = 'stg_records'"
        ).fetchall()
    if is_new:
        _compiled.build(home, options)
        _compiled_for[variables] = _compiled.compiled_for(home, options)
        return
    if variables not in _compiled_for:
        _compiled_for[variables] = _compiled.compiled_for(home, options)
    build_models(home, options, needed)


def needed(node: _compiled.Node) -> bool:
    """Tell whether a push looks at a model, or at what is made of it."""
    return node.kind == "table" and (
        '"inspection"' not in node.relation or node.name.startswith("inspect_held")
    )


def build_models(
    home: Home,
    options: _dbt.BuildOptions,
    chosen: Callable[[_compiled.Node], bool],
) -> None:
    """Build the chosen models in a warehouse that has its views already."""
    nodes = _compiled_for[options.variables("")].nodes
    with duckdb.connect(str(home.warehouse)) as warehouse:
        _compiled.prepare(warehouse, home)
        _compiled.run(warehouse, [node for node in nodes if chosen(node)])


_RAW = (
    "record_id text, record text, content_hash text, listing_id text, "
    "loaded_at timestamptz"
)


def _upsert(source: Any, warehouse: duckdb.DuckDBPyConnection, _folder: Path) -> None:
    """Do what dlt does with new and changed records."""
    system, batches = source
    warehouse.execute(f"create schema if not exists raw_{system}")
    for entity, tables in batches.items():
        name = f'raw_{system}."{entity}"'
        warehouse.execute(f"create table if not exists {name} ({_RAW})")
        for rows in list(tables):
            if rows.num_rows == 0:
                continue
            warehouse.register("rows_now", rows)
            warehouse.execute(
                f"delete from {name} "
                "where record_id in (select record_id from rows_now)"
            )
            warehouse.execute(f"insert into {name} select * from rows_now")
            warehouse.unregister("rows_now")


@contextmanager
def killed_at(engine: Engine, point: str, occurrence: int) -> Iterator[None]:
    """Kill the next run when it comes to a point for the n-th time."""
    seen = 0

    def reached(name: str) -> None:
        nonlocal seen
        if engine.mischief.is_dead:
            raise Killed
        if name == point:
            seen += 1
            if seen == occurrence:
                engine.mischief.reached[f"killed at {point}"] += 1
                engine.mischief.is_dead = True
                raise Killed

    with mock.patch.object(_points, "reached", reached):
        yield


__all__ = ["Edit", "Engine", "engine", "httpx", "killed_at", "unmapped_of"]
