"""Reading PowerOffice Go, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections._http import Http
from loaders._load import LoadResult
from simulators import powerofficego
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._store import Store
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


def test_bare_array_and_header_paging__a_link_to_elsewhere_is_not_followed(
    go: Simulator, connect: Connect, load_now: Load
) -> None:
    customers(go, 1)

    def lead_away(request: Request, response: Response) -> Response:
        if request.path.endswith("/Customers"):
            link = "https://evil.example/v2/Customers"
            response.headers["X-Pagination"] = f'{{"nextPageLink": "{link}"}}'
        return response

    go.after.append(lead_away)
    result = load_now(connect(go))

    assert "evil.example" in result.failures["powerofficego"]


def test_bare_array_and_header_paging__a_link_that_leads_back_stops_the_system(
    go: Simulator, connect: Connect, load_now: Load
) -> None:
    customers(go, 1)

    def lead_back(request: Request, response: Response) -> Response:
        if request.path.endswith("/Customers"):
            response.headers["X-Pagination"] = f'{{"nextPageLink": "{request.url}"}}'
        return response

    go.after.append(lead_back)
    result = load_now(connect(go))

    assert "same page twice" in result.failures["powerofficego"]


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


def test_a_missing_privilege_stops_the_system_with_what_to_do(
    go: Simulator, connect: Connect, load_now: Load
) -> None:
    def forbid(request: Request) -> Response | None:
        return Response(status=403) if request.path.endswith("/Employees") else None

    go.before.append(forbid)
    result = load_now(connect(go))

    assert "grant" in result.failures["powerofficego"]
