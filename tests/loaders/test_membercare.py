"""Reading Membercare, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections._http import Http
from loaders._load import LoadResult
from simulators import membercare
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


@pytest.fixture
def mc(store: Store, clock: VirtualClock) -> Simulator:
    return membercare.simulate(store, clock=clock)


def companies(mc: Simulator, count: int) -> list[str]:
    return [
        str(mc.insert("companies", {"companyName": f"Nordlys {number}"})[KEY])
        for number in range(count)
    ]


KEY = "debtorAccountNumber"


def ids(query: Query, entity: str = "companies") -> set[str]:
    return {row[0] for row in query(f"select record_id from raw_membercare.{entity}")}


@pytest.mark.parametrize("count", [0, 1, 200, 201, 450])
def test_paging_envelope__every_page_is_followed(
    mc: Simulator, connect: Connect, load_now: Load, query: Query, count: int
) -> None:
    expected = companies(mc, count)

    load_now(connect(mc))

    assert ids(query) == set(expected)


def test_lists_leave_out_contacts__companies_come_with_contacts_and_addresses(
    mc: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    companies(mc, 1)

    load_now(connect(mc))

    (call,) = [call for call in mc.requests if call.path.endswith("/companies")]
    assert "includeAddressAndContactInfo=true" in call.query


def test_incremental_only_on_debtors__every_list_is_read_in_full_each_time(
    mc: Simulator, connect: Connect, load_now: Load
) -> None:
    companies(mc, 3)
    http = connect(mc)
    load_now(http)

    result = load_now(http)

    assert result.full["membercare"] == {
        "companies",
        "organizations",
        "invoices",
        "products",
    }
    assert result.records["membercare"]["companies"] == 3


def test_identification_number_is_the_path_key__it_is_an_organizations_record_id(
    mc: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    mc.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})

    load_now(connect(mc))

    assert ids(query, "organizations") == {"5501"}


def test_paging_envelope__a_link_that_leads_back_stops_the_system(
    mc: Simulator, connect: Connect, load_now: Load
) -> None:
    def lead_back(request: Request, response: Response) -> Response:
        if request.path.endswith("/products"):
            response.set_data(f'{{"result": [], "nextPageUrl": "{request.url}"}}')
        return response

    mc.after.append(lead_back)
    result = load_now(connect(mc))

    assert "same page twice" in result.failures["membercare"]


def test_token_expiry_local__an_expired_token_is_renewed_while_listing(
    mc: Simulator, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    expected = companies(mc, 450)
    pauses = iter([3700])

    def linger(request: Request, response: Response) -> Response:
        if request.path.endswith("/companies"):
            clock.advance(next(pauses, 0))
        return response

    mc.after.append(linger)
    load_now(connect(mc))

    assert ids(query) == set(expected)
    assert any(call.status == 401 for call in mc.requests)
