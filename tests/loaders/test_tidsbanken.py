"""Reading Tidsbanken, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.tidsbanken import Knobs

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


@pytest.fixture
def tb(store: Store, clock: VirtualClock) -> Simulator:
    return tidsbanken.simulate(store, clock=clock)


def employees(tb: Simulator, count: int) -> set[str]:
    for number in range(1, count + 1):
        names = {"Fornavn": "Kari", "Etternavn": f"Prøvesen {number}"}
        tb.insert("ansatt", {"Id": number, **names})
    return {str(number) for number in range(1, count + 1)}


def ids(query: Query, entity: str = "ansatt") -> set[str]:
    return {row[0] for row in query(f"select record_id from raw_tidsbanken.{entity}")}


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_paging_by_skip__every_employee_is_read(
    tb: Simulator, connect: Connect, load_now: Load, query: Query, count: int
) -> None:
    expected = employees(tb, count)

    load_now(connect(tb))

    assert ids(query) == expected


def test_paging_by_skip__a_lower_limit_of_the_server_is_noticed(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    tb = tidsbanken.simulate(store, Knobs(max_top=7), clock)
    expected = employees(tb, 40)

    load_now(connect(tb))

    assert ids(query) == expected


def test_paging_by_skip__an_edit_while_paging_hides_nobody_and_is_read(
    tb: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    expected = employees(tb, 2500)
    edited = iter(range(1, 4))

    def edit(request: Request, response: Response) -> Response:
        if request.path.endswith("/ansatt/ansatt"):
            for number in edited:
                clock.advance(1)
                tb.edit("ansatt", str(number), {"Tittel": "Edited"})
                break
        return response

    tb.after.append(edit)
    load_now(connect(tb))

    assert ids(query) == expected
    titles = query(
        "select count(*) from raw_tidsbanken.ansatt "
        "where json_extract_string(record, '$.Tittel') = 'Edited'"
    )
    assert titles == [(3,)]


def test_filter_literals__two_records_with_one_stamp_are_both_read(
    tb: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    employees(tb, 2)
    http = connect(tb)
    load_now(http)

    tb.edit("ansatt", "1", {"Tittel": "Montør"})
    load_now(http)
    clock_stands_still = tb.edit("ansatt", "2", {"Tittel": "Montør"})
    load_now(http)

    assert clock_stands_still["Tittel"] == "Montør"
    titles = query(
        "select count(*) from raw_tidsbanken.ansatt "
        "where json_extract_string(record, '$.Tittel') = 'Montør'"
    )
    assert titles == [(2,)]


@pytest.mark.parametrize("entity", ["kunde", "prosjekt"])
def test_cursor_stays_raw__a_stamp_one_hour_early_is_the_cursor_as_it_was_served(
    tb: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
    entity: str,
) -> None:
    tb.insert(entity, {"Id": "K1", "Navn": "Nordlys"})
    clock.advance(60)
    tb.insert(entity, {"Id": "K2", "Navn": "Sørlys"})
    http = connect(tb)
    load_now(http)

    result = load_now(http)

    assert result.records["tidsbanken"][entity] == 1
    assert entity not in result.full["tidsbanken"]
    ((cursor, served),) = query(
        "select cursor_value, json_extract_string(record, '$.SistEndretDato') "
        f"from raw.listings, raw_tidsbanken.{entity} as raw "
        f"where run_id = 'run2' and entity = '{entity}' and raw.record_id = 'K2'"
    )
    assert cursor == served
    assert "+01:00" in cursor


def test_personnummer_reaches_no_file(
    tb: Simulator, home: Path, connect: Connect, load_now: Load, query: Query
) -> None:
    names = {"Fornavn": "Kari", "Etternavn": "Prøvesen"}
    tb.insert("ansatt", {"Id": 1, "Personnummer": "01828012327", **names})
    tb.insert("ansatt", {"Id": 2, "Personnummer": "", **names})

    load_now(connect(tb))

    numbers = query(
        "select json_extract_string(record, '$.Personnummer') "
        "from raw_tidsbanken.ansatt order by record_id"
    )
    assert numbers[0][0].startswith("hmac:")
    assert numbers[1][0] is None
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"01828012327" not in content


def test_key_types__a_number_and_a_text_both_become_the_record_id(
    tb: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    employees(tb, 1)
    tb.insert("avdeling", {"Id": "010", "Navn": "Montasje"})

    load_now(connect(tb))

    assert ids(query) == {"1"}
    assert ids(query, "avdeling") == {"010"}
