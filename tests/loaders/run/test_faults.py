"""What a load does when a system's lists lie, repeat or never end: docs/faults.md."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connections.http.allowance import Bound
from connections.http.errors import ContractChanged, SystemStopped
from loaders.listing import paging
from loaders.listing.entity import source_of
from loaders.run.read import Bounds, read_system
from simulators.faults.plan import Fault, Faults
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.loaders.run.loading import Connect, Load, Query

Open = Callable[[str], Simulator]
Befall = Callable[..., Faults]
Read = Callable[[Simulator], list[str]]

# Each system with pages of two, and one of its entities with a text member.
HOUR = Bound(seconds=3600, most_bytes=2**30)
KNOBS = {
    "crmoffice": {"max_page_size": 2},
    "tidsbanken": {"max_top": 2},
    "membercare": {"max_page_size": 2},
    "powerofficego": {"default_page_size": 2},
    "customwebshop": {},
}
ENTITIES = {
    "crmoffice": ("contacts", "familyName", {}),
    "tidsbanken": ("kunde", "Navn", {}),
    "membercare": ("organizations", "name", {}),
    "powerofficego": ("customers", "Name", {"IsPerson": False}),
    "customwebshop": ("product", "name", {}),
}
KEYS = {
    "tidsbanken": "Id",
    "powerofficego": "Id",
    "membercare": "identificationNumber",
}
NUMBERED = "powerofficego"  # its keys are numbers
COUNTED = "powerofficego"  # its pages are counted, and no link is followed
WITH_PAGES_OF_TWO = [name for name, knobs in KNOBS.items() if knobs]


@pytest.fixture
def opened(store: Store, clock: VirtualClock) -> Open:
    """Give `opened(system)`: with seven records, and a listing of several pages."""

    def opened(system: str) -> Simulator:
        module = importlib.import_module(f"simulators.{system}")
        made: Simulator = module.simulate(store, module.Knobs(**KNOBS[system]), clock)
        add(made, 7)
        return made

    return opened


@pytest.fixture
def befall(clock: VirtualClock) -> Iterator[Befall]:
    """Give `befall(simulator, kind, ...)`; a fault that does not happen is an error."""
    declared: list[Faults] = []

    def befall(simulator: Simulator, kind: str, **more: Any) -> Faults:
        name = simulator.system
        faults = Faults({name: simulator}, clock=clock, sleep=clock.advance)
        more = {"entity": ENTITIES[name][0], "operation": "list", **more}
        faults.add(Fault(kind, name, **more))
        declared.append(faults)
        return faults

    yield befall
    assert [faults.missed for faults in declared] == [[]] * len(declared)


def add(simulator: Simulator, count: int) -> list[str]:
    """Add records as a person does; give their keys."""
    entity, name, more = ENTITIES[simulator.system]
    known = len(simulator.records(entity))
    for number in range(known + 1, known + count + 1):
        ours = {"tidsbanken": "Id", "membercare": "identificationNumber"}
        key = {ours[simulator.system]: f"K{number}"} if simulator.system in ours else {}
        simulator.insert(entity, {**key, name: f"Nordlys {number}", **more})
    return keys(simulator)


def keys(simulator: Simulator) -> list[str]:
    """Give the keys of the records that a system holds."""
    rows = simulator.records(ENTITIES[simulator.system][0])
    return [str(row[KEYS.get(simulator.system, "id")]) for row in rows]


@pytest.fixture
def read(connect: Connect, tmp_path: Path, clock: VirtualClock) -> Read:
    """Give `read(simulator)`: ids in the listings of the entity, read to their end."""

    def read(simulator: Simulator) -> list[str]:
        source = source_of(simulator.system)
        warehouse = duckdb.connect()
        listed = read_system(
            source,
            connect(simulator),
            cursors={entity.name: None for entity in source.entities},
            run_id="run1",
            warehouse=warehouse,
            folder=tmp_path,
            key=b"a key for tests",
            on_progress=lambda *_: None,
            bounds=Bounds(of_listing=HOUR, of_system=HOUR),
        )
        [one] = [
            each
            for each in listed.fetched
            if each.entity.name == ENTITIES[simulator.system][0]
        ]
        rows = warehouse.execute(
            "select record_id from read_parquet(?) order by position",
            [str(one.spooled.files)],
        ).fetchall()
        return [str(key) for (key,) in rows]

    return read


def listed(query: Query, system: str) -> dict[str, str]:
    """Give the name of each record in raw, by its id."""
    entity, name, _ = ENTITIES[system]
    return dict(
        query(f"select record_id, record ->> '{name}' from raw_{system}.{entity}")
    )


def complete(query: Query, system: str) -> list[tuple[Any, ...]]:
    """Give kind, records and run of the entity's listings."""
    return query(
        "select kind, records, run_id from raw.listings "
        f"where system_name = '{system}' and entity = '{ENTITIES[system][0]}' "
        "order by started_at"
    )


@pytest.mark.parametrize("kind", ["page_loop", "page_cycle", "page_endless"])
@pytest.mark.parametrize("system", WITH_PAGES_OF_TWO)
def test_a_listing_without_an_end_stops_the_system_soon(
    kind: str,
    system: str,
    opened: Open,
    befall: Befall,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if kind == "page_endless":  # new rows for ever: only the bound ends that
        monkeypatch.setattr(paging, "_MOST_PAGES", 50)
    simulator = opened(system)
    befall(simulator, kind, count=None)

    if system == COUNTED and kind != "page_endless":  # only says that there is more
        assert read(simulator) == keys(simulator)
        return
    with pytest.raises(ContractChanged, match="would never end"):
        read(simulator)

    assert len(simulator.requests) < 100


@pytest.mark.parametrize("kind", ["page_loop", "page_cycle", "page_endless"])
def test_a_cursor_without_an_end_stops_the_system_soon(
    kind: str, opened: Open, befall: Befall, read: Read
) -> None:
    shop = opened("customwebshop")
    add(shop, 1500)
    befall(shop, kind, count=None)

    with pytest.raises(ContractChanged, match="would never end"):
        read(shop)

    assert len(shop.requests) < 20


def test_a_next_link_to_another_origin_is_refused_before_anything_is_sent(
    opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened("membercare")
    befall(simulator, "link_elsewhere")

    with pytest.raises(ContractChanged, match=r"elsewhere.*Nothing was sent there"):
        read(simulator)


def test_a_next_link_is_not_followed_where_pages_are_counted(
    opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(COUNTED)
    befall(simulator, "link_elsewhere", count=None)

    assert read(simulator) == keys(simulator)


@pytest.mark.parametrize("system", KNOBS)
def test_a_record_that_is_listed_twice_is_no_error(
    system: str, opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(system)
    twice = keys(simulator)[2]
    befall(simulator, "list_row_twice", record_id=twice, count=None)

    seen = read(simulator)

    assert set(seen) == set(keys(simulator))
    assert seen.count(twice) > 1


def test_a_record_that_is_listed_twice_is_one_record(
    opened: Open, befall: Befall, connect: Connect, load_now: Load, query: Query
) -> None:
    simulator = opened("crmoffice")
    befall(simulator, "list_row_twice", record_id=keys(simulator)[2])

    load_now(connect(simulator))

    assert sorted(listed(query, "crmoffice")) == sorted(keys(simulator))
    assert complete(query, "crmoffice") == [("full", 7, "run1")]


def test_the_later_sight_of_a_record_counts(
    opened: Open, befall: Befall, connect: Connect, load_now: Load, query: Query
) -> None:
    simulator = opened("membercare")
    first = keys(simulator)[0]
    add(simulator, 200)

    def edit() -> None:
        simulator.edit("organizations", first, {"name": "Edited"})

    befall(simulator, "list_row_twice", record_id=first)
    befall(simulator, "person_edits", skip=1, action=edit)

    load_now(connect(simulator))
    before = listed(query, "membercare")[first]
    load_now(connect(simulator))

    assert (before, listed(query, "membercare")[first]) == ("Nordlys 1", "Edited")


@pytest.mark.parametrize("system", KNOBS)
def test_a_gap_in_a_page_does_not_hide_the_rest_of_the_list(
    system: str, opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(system)
    lacking = keys(simulator)[4]
    befall(simulator, "list_row_missing", record_id=lacking, count=None)

    seen = read(simulator)

    assert set(seen) == set(keys(simulator)) - {lacking}


def test_a_record_that_a_listing_lacks_stays_in_raw_with_an_older_listing(
    opened: Open, befall: Befall, connect: Connect, load_now: Load, query: Query
) -> None:
    simulator = opened("tidsbanken")
    http = connect(simulator)
    load_now(http)
    lacking = keys(simulator)[4]
    befall(simulator, "list_row_missing", record_id=lacking, count=None)

    load_now(http, full=True)

    older = "select record_id from raw_tidsbanken.kunde where listing_id like 'run1.%'"
    assert query(older) == [(lacking,)]
    assert complete(query, "tidsbanken")[-1] == ("full", 6, "run2")


@pytest.mark.parametrize(("kind", "records"), [("list_empty", 0), ("list_half", 3)])
@pytest.mark.parametrize("system", KNOBS)
def test_an_empty_or_half_listing_ends(
    kind: str, records: int, system: str, opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(system)
    befall(simulator, kind, count=None)

    assert len(set(read(simulator))) == records


def test_an_empty_listing_says_so_and_takes_nothing_out_of_raw(
    opened: Open, befall: Befall, connect: Connect, load_now: Load, query: Query
) -> None:
    simulator = opened("crmoffice")
    http = connect(simulator)
    load_now(http)
    befall(simulator, "list_empty", count=None)

    result = load_now(http, full=True)

    assert result.failures == {}
    assert complete(query, "crmoffice") == [("full", 7, "run1"), ("full", 0, "run2")]
    assert len(listed(query, "crmoffice")) == 7


def test_a_stale_list_is_kept_as_it_is_served_until_it_catches_up(
    opened: Open, befall: Befall, connect: Connect, load_now: Load, query: Query
) -> None:
    simulator = opened("crmoffice")
    http = connect(simulator)
    first = keys(simulator)[0]
    befall(simulator, "list_stale", record_id=first)
    load_now(http)
    simulator.edit("contacts", first, {"familyName": "Edited"})

    names = []
    for _ in range(2):
        load_now(http, full=True)
        names.append(listed(query, "crmoffice")[first])

    assert names == ["Nordlys 1", "Edited"]


@pytest.mark.parametrize(
    ("kind", "system"),
    [
        *(("member_missing", system) for system in KNOBS),
        *(("member_text_as_object", system) for system in KNOBS if system != NUMBERED),
    ],
)
def test_a_page_whose_records_have_no_key_stops_the_system(
    kind: str, system: str, opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(system)
    befall(simulator, kind, member=KEYS.get(system, "id"), count=None)

    with pytest.raises(ContractChanged, match="without its key"):
        read(simulator)


def test_a_key_that_becomes_text_is_the_same_key(
    opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened("powerofficego")
    befall(simulator, "member_number_as_text", member="Id", count=None)

    assert set(read(simulator)) == set(keys(simulator))


@pytest.mark.parametrize(
    "kind", ["truncated_json", "html_before", "redirect_elsewhere"]
)
@pytest.mark.parametrize("system", WITH_PAGES_OF_TWO)
def test_a_page_that_is_none_stops_the_system(
    kind: str, system: str, opened: Open, befall: Befall, read: Read
) -> None:
    simulator = opened(system)
    befall(simulator, kind, skip=1)

    with pytest.raises(SystemStopped):
        read(simulator)


@pytest.mark.parametrize("kind", ["forbidden", "privilege_missing"])
@pytest.mark.parametrize("system", KNOBS)
def test_a_list_that_may_not_be_read_rests_alone_and_says_what_to_do(
    system: str,
    kind: str,
    opened: Open,
    befall: Befall,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    simulator = opened(system)
    entity, *_ = ENTITIES[system]
    befall(simulator, kind, count=None)

    result = load_now(connect(simulator))

    assert result.failures == {}
    assert entity not in result.records[system]
    assert "grant the integration its privileges" in result.refused[system][entity]
    noted: dict[str, str] = dict(query("select entity, outcome from raw.entities"))
    assert noted.pop(entity) == "refused"
    assert noted == dict.fromkeys(result.records[system], "ok")
    assert complete(query, system) == []
