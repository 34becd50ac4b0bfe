"""Reading PowerOffice Go, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.powerofficego import Knobs

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


@pytest.fixture
def go(store: Store, clock: VirtualClock) -> Simulator:
    return powerofficego.simulate(store, clock=clock)


def customers(go: Simulator, count: int) -> list[str]:
    return [
        str(go.insert("customers", {"Name": f"Nordlys {number}"})["Id"])
        for number in range(count)
    ]


def ids(query: Query, entity: str = "customers") -> set[str]:
    sql = f"select record_id from raw_powerofficego.{entity}"
    return {row[0] for row in query(sql)}


def test_empty_list_is_204__an_empty_entity_gets_its_table(
    go: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    result = load_now(connect(go))

    assert result.failures == {}
    assert ids(query) == set()


def test_bare_array_and_header_paging__every_page_is_followed(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    go = powerofficego.simulate(store, Knobs(default_page_size=10), clock)
    expected = customers(go, 35)

    load_now(connect(go))

    assert ids(query) == set(expected)


@pytest.mark.parametrize("host", ["own", "foreign"])
def test_next_link_is_a_flag__pages_are_counted_and_a_foreign_host_is_not_asked(
    store: Store,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
    host: str,
) -> None:
    knobs = Knobs(default_page_size=10, next_link_host=host)
    go = powerofficego.simulate(store, knobs, clock)
    expected = customers(go, 35)

    result = load_now(connect(go))

    assert result.failures == {}
    assert ids(query) == set(expected)
    asked = [call.query for call in go.requests if call.path.endswith("/Customers")]
    assert all(f"PageNumber={number}" in each for number, each in enumerate(asked, 1))
    assert len(asked) == 4


def test_next_link_is_a_flag__a_page_that_comes_again_and_again_stops_the_system(
    go: Simulator, connect: Connect, load_now: Load
) -> None:
    customers(go, 1)
    link = '{"nextPageLink": "http://backend.example/v2/Customers"}'

    def forget_the_number(request: Request, response: Response) -> Response:
        if request.path.endswith("/Customers"):
            response = Response('[{"Id": 1}]', headers={"X-Pagination": link})
        return response

    go.after.append(forget_the_number)
    result = load_now(connect(go))

    assert "would never end" in result.failures["powerofficego"]


def test_watermark_not_inclusive__two_records_with_one_stamp_are_both_read(
    go: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    one, other = customers(go, 2)
    http = connect(go)
    load_now(http)

    go.edit("customers", one, {"Name": "Edited"})
    load_now(http)
    go.edit("customers", other, {"Name": "Edited"})
    load_now(http)

    names = query(
        "select distinct json_extract_string(record, '$.Name') "
        "from raw_powerofficego.customers"
    )
    assert names == [("Edited",)]


def test_watermark_not_inclusive__only_what_changed_is_asked_for(
    go: Simulator, clock: VirtualClock, connect: Connect, load_now: Load
) -> None:
    edited, *_ = customers(go, 20)
    http = connect(go)
    clock.advance(60)
    go.edit("customers", edited, {"Name": "Edited"})
    load_now(http)

    result = load_now(http)

    assert result.records["powerofficego"]["customers"] == 1


def test_contactperson_belongs_to_contact__its_id_names_both(
    go: Simulator, home: Path, connect: Connect, load_now: Load, query: Query
) -> None:
    (owner,) = customers(go, 1)
    person = go.insert(
        "contactperson",
        {
            "ContactId": int(owner),
            "FirstName": "Ola",
            "LastName": "Prøvesen",
            "SocialSecurityNumber": "01828012327",
        },
    )

    load_now(connect(go))

    assert ids(query, "contactperson") == {f"{owner}/{person['Id']}"}
    ((number,),) = query(
        "select json_extract_string(record, '$.SocialSecurityNumber') "
        "from raw_powerofficego.contactperson"
    )
    assert number.startswith("hmac:")
    content = b"".join(path.read_bytes() for path in home.rglob("*.duckdb"))
    assert b"01828012327" not in content


def test_identity_number_masked__hidden_becomes_null(
    go: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    go.insert(
        "employees",
        {
            "FirstName": "Kari",
            "LastName": "Eksempel",
            "NationalIdNumber": "01828012327",
        },
    )

    load_now(connect(go))

    ((record,),) = query("select record from raw_powerofficego.employees")
    assert '"NationalIdNumber":null' in record


def test_identity_number_masked__in_clear_they_reach_no_file_either(
    store: Store,
    clock: VirtualClock,
    home: Path,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    go = powerofficego.simulate(store, Knobs(masked_identity=False), clock)
    go.insert(
        "employees",
        {
            "FirstName": "Kari",
            "LastName": "Eksempel",
            "NationalIdNumber": "01017012345",
            "InternationalIdNumber": "SE-811228-9874-X",
        },
    )

    load_now(connect(go))

    [(record,)] = query("select record from raw_powerofficego.employees")
    assert "01017012345" not in record
    assert "9874" not in record
    assert '"LastName":"Eksempel"' in record
    content = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"01017012345" not in content
    assert b"811228-9874" not in content


@pytest.mark.parametrize("style", ["silent", "problem", "400"])
def test_two_keys_on_every_call__a_privilege_that_lacks_rests_its_entity_alone(
    store: Store,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
    style: str,
) -> None:
    knobs = Knobs(not_granted=("customers",), not_granted_as=style)
    go = powerofficego.simulate(store, knobs, clock)
    go.insert("employees", {"FirstName": "Kari", "LastName": "Eksempel"})

    result = load_now(connect(go))

    assert result.failures == {}
    assert result.records["powerofficego"] == {"contactperson": 0, "employees": 1}
    assert "grant" in result.refused["powerofficego"]["customers"]


def test_two_keys_on_every_call__without_any_privilege_the_system_stops(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load
) -> None:
    every = ("contactperson", "employees", "customers")
    go = powerofficego.simulate(store, Knobs(not_granted=every), clock)

    result = load_now(connect(go))

    assert "grant" in result.failures["powerofficego"]
    assert result.refused == {}


def test_two_keys_on_every_call__another_400_is_no_missing_privilege(
    go: Simulator, connect: Connect, load_now: Load
) -> None:
    def refuse(request: Request) -> Response | None:
        if request.path.endswith("/Customers"):
            return Response('{"title": "Bad request"}', 400)
        return None

    go.before.append(refuse)
    result = load_now(connect(go))

    assert "answered 400" in result.failures["powerofficego"]
