"""Reading CRM-Office, with its bad habits. Tests carry the quirk's id."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators import crmoffice
from simulators.crmoffice import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, clock=clock)


def people(crm: Simulator, count: int) -> list[str]:
    return [
        str(crm.insert("contacts", {"familyName": f"Prøvesen {number}"})["id"])
        for number in range(count)
    ]


def ids(query: Query, entity: str = "contacts") -> set[str]:
    return {row[0] for row in query(f"select record_id from raw_crmoffice.{entity}")}


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 650])
def test_page_until_short__every_contact_is_read(
    crm: Simulator, connect: Connect, load_now: Load, query: Query, count: int
) -> None:
    expected = people(crm, count)

    load_now(connect(crm))

    assert ids(query) == set(expected)


def test_page_until_short__a_server_that_cuts_pages_further_is_noticed(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    crm = crmoffice.simulate(store, Knobs(max_page_size=7), clock)
    expected = people(crm, 40)

    load_now(connect(crm))

    assert ids(query) == set(expected)


def test_order_by_id__a_deletion_while_paging_hides_no_other_contact(
    crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    expected = people(crm, 450)

    def delete_the_first(request: Request, response: Response) -> Response:
        left = crm.records("contacts")
        if request.path == "/contacts" and len(left) > 448:
            crm.remove("contacts", str(left[0]["id"]))
        return response

    crm.after.append(delete_the_first)
    load_now(connect(crm))

    assert set(expected[2:]) <= ids(query)


def test_modified_since_contacts_only__an_edit_is_found_without_reading_all(
    crm: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    edited, *_ = people(crm, 150)
    http = connect(crm)
    load_now(http)

    clock.advance(60)
    crm.edit("contacts", edited, {"givenName": "Ola"})
    load_now(http)
    crm.requests.clear()
    result = load_now(http)

    assert result.records["crmoffice"]["contacts"] == 1
    assert query(
        "select json_extract_string(record, '$.givenName') "
        f"from raw_crmoffice.contacts where record_id = '{edited}'"
    ) == [("Ola",)]
    asked = [call.query for call in crm.requests if call.path == "/contacts"]
    assert all("modifiedSince=2025-03-03T08:17:00Z" in query for query in asked)


def test_modified_since_contacts_only__activities_are_read_in_full_each_time(
    crm: Simulator, connect: Connect, load_now: Load
) -> None:
    people(crm, 1)
    crm.insert("activities", {"subject": "Befaring"})
    http = connect(crm)
    load_now(http)

    result = load_now(http)

    assert result.full["crmoffice"] == {"activities"}
    assert result.records["crmoffice"]["activities"] == 1


def test_stamp_second_precision__two_edits_in_one_second_are_both_read(
    crm: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    one, other = people(crm, 2)
    http = connect(crm)
    load_now(http)

    crm.edit("contacts", one, {"givenName": "Ola"})
    load_now(http)
    crm.edit("contacts", other, {"givenName": "Kari"})
    load_now(http)

    names = query(
        "select json_extract_string(record, '$.givenName') from raw_crmoffice.contacts "
        "order by all"
    )
    assert names == [("Kari",), ("Ola",)]


def test_an_edit_behind_the_reader_is_read_next_time(
    crm: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    first, *_, last = people(crm, 300)
    changes = iter([(first, "Early"), (last, "Late")])

    def edit_behind_and_ahead(request: Request, response: Response) -> Response:
        for contact, name in changes if request.path == "/contacts" else ():
            crm.edit("contacts", contact, {"givenName": name})
            clock.advance(5)
        return response

    http = connect(crm)
    crm.after.append(edit_behind_and_ahead)
    load_now(http)
    load_now(http)

    assert query(
        "select json_extract_string(record, '$.givenName') from raw_crmoffice.contacts "
        f"where record_id = '{first}'"
    ) == [("Early",)]


def test_throttle_without_retry_after__the_limit_is_kept(
    store: Store, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    crm = crmoffice.simulate(
        store, Knobs(rate_limit_per_minute=5, max_page_size=10), clock
    )
    expected = people(crm, 100)

    load_now(connect(crm))

    assert ids(query) == set(expected)
    assert any(call.status == 429 for call in crm.requests)
