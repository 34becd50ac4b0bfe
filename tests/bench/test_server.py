"""The prepared server answers as the simulators do, with a small world in both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bench.server.contracts import answering
from bench.server.systems import KINDS, SETTINGS
from bench.server.table import Table
from bench.server.wire import COUNTS, Port
from bench.server.wire import Request as Asked
from bench.stage import Stage, prepared
from bench.worlds import write
from connections.http.client import Http
from connections.http.runtime import Runtime
from connections.settings.read import system_module
from loaders.listing.entity import Entity
from reverse_etl.wire.system import Change
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.stage import open_world, without_rate_limits
from simulators.kit.store import Store
from simulators.kit.wire import InProcess
from simulators.world.size import Size

NOW = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
ORIGIN = "http://localhost"
SIZE = Size(employees=20, customers=20, projects=20, companies=8)

Connect = Callable[[str], Http]
LISTS = [
    (system, entity)
    for system in sorted(KINDS)
    for entity in import_module(f"loaders.{system}").SOURCE.entities
]


@pytest.fixture(scope="module")
def simulators() -> Iterator[dict[str, Simulator]]:
    """A small world of the simulators."""
    store = Store()
    clock = VirtualClock(NOW)
    world = open_world(
        store, seed=3, size=SIZE, clock=clock, knobs=without_rate_limits()
    )
    yield dict(world.simulators)
    store.close()


@pytest.fixture(scope="module")
def theirs(
    simulators: dict[str, Simulator], tmp_path_factory: pytest.TempPathFactory
) -> Connect:
    """Sessions with the simulators."""

    def connect(system: str) -> Http:
        simulator = simulators[system]
        return session(
            system,
            simulator.settings(ORIGIN),
            tmp_path_factory.mktemp("home"),
            InProcess(simulator.wsgi, sleep=lambda _: None),
        )

    return connect


@pytest.fixture(scope="module")
def stage(theirs: Connect, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The same records, prepared and served."""
    folder = tmp_path_factory.mktemp("world")
    for system, entity in LISTS:
        write(folder, system, entity.name, rows(theirs(system), entity, None))
    with prepared(folder, tuple(KINDS)) as stage:
        yield stage


@pytest.fixture
def ours(stage: Stage, tmp_path: Path) -> Connect:
    """Sessions with the prepared server."""

    def connect(system: str) -> Http:
        begins = f"SOURCES__{system}__".upper()
        settings = {
            name.removeprefix(begins).lower(): value
            for name, value in stage.environment.items()
            if name.startswith(begins)
        }
        del settings["requests_per_second"]
        return session(system, settings, tmp_path / "home", None)

    return connect


def session(
    system: str,
    settings: dict[str, str],
    home: Path,
    transport: httpx2.BaseTransport | None,
) -> Http:
    """Give a session of Lenke's own."""
    module = system_module(system)
    runtime = Runtime(home=home, transport_for=lambda _: transport)
    http: Http = module.connect(
        module.Settings(**settings, requests_per_second=10_000), runtime
    )
    return http


def rows(http: Http, entity: Entity, cursor: str | None) -> list[Any]:
    """Give what the loader reads; it may read a row twice, and so may both."""
    found = [row for page in entity.read(http, cursor) for row in page]
    return [row for place, row in enumerate(found) if row not in found[:place]]


@pytest.mark.parametrize(
    ("system", "entity"), LISTS, ids=[f"{one}-{two.name}" for one, two in LISTS]
)
def test_a_list_reads_as_that_of_the_simulator(
    system: str, entity: Entity, theirs: Connect, ours: Connect
) -> None:
    expected = rows(theirs(system), entity, None)

    found = rows(ours(system), entity, None)

    assert found == expected
    assert len(found) >= 3


@pytest.mark.parametrize(
    ("system", "entity"),
    [(one, two) for one, two in LISTS if two.stamp],
    ids=[f"{one}-{two.name}" for one, two in LISTS if two.stamp],
)
def test_a_list_of_changes_reads_as_that_of_the_simulator(
    system: str, entity: Entity, theirs: Connect, ours: Connect
) -> None:
    stamps = sorted(row[entity.stamp] for row in rows(theirs(system), entity, None))
    cursor = stamps[len(stamps) // 2]
    expected = rows(theirs(system), entity, cursor)

    found = rows(ours(system), entity, cursor)

    assert found == expected
    assert 0 < len(found) < len(stamps)


@pytest.mark.parametrize(
    ("system", "entity", "member", "value"),
    [
        ("tidsbanken", "kunde", "Navn", "Nytt navn"),
        ("tidsbanken", "ansatt", "Fornavn", "Nytt"),
        ("tidsbanken", "avdeling", "Navn", "Nytt navn"),
        ("powerofficego", "customers", "Name", "Nytt navn"),
        ("powerofficego", "contactperson", "FirstName", "Nytt"),
        ("crmoffice", "contacts", "givenName", "Nytt"),
        ("customwebshop", "customer", "name", "Nytt navn"),
    ],
)
def test_what_is_written_is_read_and_comes_with_the_changes(
    system: str, entity: str, member: str, value: str, ours: Connect
) -> None:
    http, writer = ours(system), import_module(f"reverse_etl.{system}")
    listed = next(one for two, one in LISTS if two == system and one.name == entity)
    before = rows(http, listed, None)
    newest = max(row[listed.stamp] for row in before)
    record_id = "/".join(str(before[0][name]) for name in listed.key)
    change = Change(f"$.{member}", before[0][member], True, value)
    version = before[0].get("version")

    stored = writer.update(
        http, entity, record_id, version and str(version), None, [change]
    )

    assert stored.record[member] == value
    assert writer.read(http, entity, record_id).record[member] == value
    changed = [row[member] for row in rows(http, listed, newest)]
    assert value in changed
    assert len(rows(http, listed, None)) == len(before)


@pytest.mark.parametrize(
    ("system", "entity", "member"),
    [
        ("custompms", "customer", "name"),
        ("customwebshop", "product", "name"),
        ("crmoffice", "contacts", "familyName"),
    ],
)
def test_what_is_created_is_listed(
    system: str, entity: str, member: str, ours: Connect
) -> None:
    http, writer = ours(system), import_module(f"reverse_etl.{system}")
    listed = next(one for two, one in LISTS if two == system and one.name == entity)
    change = Change(f"$.{member}", None, True, "Ny")

    stored = writer.create(
        http, entity, [change], write_id="w1", source_key="tidsbanken:kunde:K1"
    )

    assert stored.record[member] == "Ny"
    assert "Ny" in [row[member] for row in rows(http, listed, None)]


def test_calls_beyond_the_limit_are_refused_and_counted(tmp_path: Path) -> None:
    tables = {
        path: Table(tmp_path, kind) for path, kind in KINDS["customwebshop"].items()
    }
    port = Port(answering("customwebshop", tables), limit=2)
    create = Asked("POST", "/api/v1/products", {}, {}, b'{"name":"A"}')

    answers = [port.handle(create, now).status for now in (1.0, 1.5, 1.9, 2.1)]

    assert answers == [201, 201, 429, 201]
    counted = port.counts()
    assert (counted["writes"], counted["refused"]) == (3, 1)
    assert counted["seconds_of_writing"] == pytest.approx(1.1)
    asked = port.handle(Asked("GET", COUNTS, {}, {}, b""), 2.1)
    assert b'"refused":1' in asked.body


def test_every_setting_of_a_system_is_told() -> None:
    for system, settings in SETTINGS.items():
        told = {*settings, "requests_per_second"}
        known = system_module(system).Settings.__dataclass_fields__

        assert told == set(known), system
