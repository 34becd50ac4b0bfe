"""Reading Membercare, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.membercare import with_ours
from loaders.run.load import LoadResult
from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

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


@pytest.mark.parametrize("kept", ["pageSize", "all"])
def test_paging_envelope__what_was_asked_for_is_asked_for_on_every_page(
    store: Store,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
    kept: str,
) -> None:
    knobs = membercare.Knobs(max_page_size=10, next_keeps_query=kept)
    mc = membercare.simulate(store, knobs, clock)
    for number in companies(mc, 35):
        mail = {"type": 1, "value": f"post{number}@nordlys.example"}
        mc.edit("companies", number, {"contacts": [mail]})

    load_now(connect(mc))

    shown = query(
        "select json_extract_string(record, '$.contacts[0].value') "
        "from raw_membercare.companies"
    )
    assert len(shown) == 35
    assert all(mail is not None for (mail,) in shown)


@pytest.mark.parametrize(
    ("link", "asked_next"),
    [
        ({"page": "2"}, {"page": "2", "pageSize": 200, "info": True}),
        (
            {"page": "2", "pageSize": "50"},
            {"page": "2", "pageSize": "50", "info": True},
        ),
        (
            {"Page": "2", "PAGESIZE": "50", "INFO": "false", "after": "x"},
            {"Page": "2", "PAGESIZE": "50", "info": True, "after": "x"},
        ),
    ],
)
def test_paging_envelope__a_next_page_keeps_its_place_and_gets_what_we_asked_for(
    link: dict[str, str], asked_next: dict[str, Any]
) -> None:
    assert with_ours(link, {"pageSize": 200, "info": True}) == asked_next


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
