"""Lists: in pages by id, and since a change."""

import httpx2
import pytest

from simulators import crmoffice
from simulators.crmoffice import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.parts.crmoffice.talk import (
    Connect,
    create,
    ids,
    items,
    read,
    refusal,
)

# items-envelope-but-not-users


def test_items_envelope_but_not_users__users_are_a_bare_array(
    http: httpx2.Client, crm: Simulator
) -> None:
    crm.insert("users", {"userName": "kari.eksempel", "displayName": "Kari Eksempel"})
    crm.insert("users", {"userName": "ola.eksempel"})

    users = http.get("/users").json()

    kari = {
        "userName": "kari.eksempel",
        "displayName": "Kari Eksempel",
        "active": True,
    }
    assert users == [kari, {**kari, "userName": "ola.eksempel", "displayName": None}]
    assert http.get("/contacts").json() == {"items": []}
    assert http.get("/activities").json() == {"items": []}


# page-until-short, order-by-id


def test_page_until_short__pages_count_from_one_and_end_empty(
    http: httpx2.Client,
) -> None:
    keys = [create(http, "/contacts") for _ in range(5)]

    pages = [ids(http, "/contacts", page=str(n), pageSize="2") for n in (1, 2, 3, 4)]

    assert pages == [keys[:2], keys[2:4], keys[4:], []]
    assert set(http.get("/contacts").json()) == {"items"}


@pytest.mark.parametrize("path", ["/contacts", "/activities"])
def test_page_until_short__the_page_size_is_cut_without_a_word(
    http: httpx2.Client, crm: Simulator, path: str
) -> None:
    with crm.database.transaction():
        for _ in range(201):
            crm.insert(path[1:], {"familyName": "x", "subject": "x"})

    assert len(items(http, path)) == 100
    assert len(items(http, path, pageSize="1000")) == 200
    assert len(items(http, path, pageSize="1000", page="2")) == 1


def test_page_until_short__both_sizes_are_knobs(store: Store, client: Connect) -> None:
    http = client(
        crmoffice.simulate(store, Knobs(default_page_size=2, max_page_size=3))
    )
    for _ in range(4):
        create(http, "/contacts")

    assert len(items(http, "/contacts")) == 2
    assert len(items(http, "/contacts", pageSize="9")) == 3


@pytest.mark.parametrize("query", ["page=0", "page=x", "pageSize=0", "pageSize=-1"])
def test_page_until_short__a_bad_page_is_refused(
    http: httpx2.Client, query: str
) -> None:
    name = query.partition("=")[0]

    assert refusal(http.get(f"/contacts?{query}")) == (400, "validation", name)


def test_order_by_id__ids_grow_and_a_deleted_row_pulls_the_next_one_over_the_edge(
    http: httpx2.Client,
) -> None:
    keys = [create(http, "/contacts") for _ in range(4)]
    http.patch(f"/contacts/{keys[0]}", json={"givenName": "Ola"})
    first = ids(http, "/contacts", pageSize="2")

    http.delete(f"/contacts/{keys[0]}")
    second = ids(http, "/contacts", pageSize="2", page="2")

    assert keys == sorted(keys, key=int)
    assert first == keys[:2]
    assert second == keys[3:]  # keys[2] was missed


def test_order_by_id__ids_are_counted_not_spelt(
    http: httpx2.Client, crm: Simulator
) -> None:
    crm.database.next_number("contacts", 99_998)

    keys = [create(http, "/contacts") for _ in range(2)]

    assert keys == ["99999", "100000"]
    assert ids(http, "/contacts") == keys


def test_order_by_id__the_id_of_a_deleted_record_is_never_used_again(
    http: httpx2.Client,
) -> None:
    first = create(http, "/contacts")
    http.delete(f"/contacts/{first}")

    assert int(create(http, "/contacts")) > int(first)


# modified-since-contacts-only, stamp-second-precision


def test_modified_since_contacts_only__it_is_inclusive_in_whole_seconds(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    create(http, "/contacts")
    clock.advance(1.7)
    late = create(http, "/contacts")

    assert read(http, "/contacts", late)["modifiedAt"] == "2025-03-03T08:15:01Z"
    for since in (
        "2025-03-03T08:15:01Z",
        "2025-03-03T08:15:01.900Z",
        "2025-03-03T08:15:01",
        "2025-03-03T09:15:01+01:00",
    ):
        assert ids(http, "/contacts", modifiedSince=since) == [late]
    assert ids(http, "/contacts", modifiedSince="2025-03-03T08:15:02Z") == []
    assert len(ids(http, "/contacts", modifiedSince="2025-03-03T08:15:00Z")) == 2


def test_modified_since_contacts_only__activities_ignore_it_as_any_unknown_parameter(
    http: httpx2.Client,
) -> None:
    key = create(http, "/activities")
    query = {"modifiedSince": "2030-01-01T00:00:00Z", "search": "y", "colour": "red"}

    assert ids(http, "/activities", **query) == [key]
    assert ids(http, "/activities", modifiedSince="nonsense") == [key]


@pytest.mark.parametrize("since", ["yesterday", "2025-03-03", "2025-02-30T00:00:00Z"])
def test_modified_since_contacts_only__nonsense_is_refused(
    http: httpx2.Client, since: str
) -> None:
    answer = http.get("/contacts", params={"modifiedSince": since})

    assert refusal(answer) == (400, "validation", "modifiedSince")


def test_stamp_second_precision__two_writes_in_a_second_share_a_stamp(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    key = create(http, "/contacts")
    before = read(http, "/contacts", key)
    clock.advance(0.9)

    http.patch(f"/contacts/{key}", json={"givenName": "Ola"})

    after = read(http, "/contacts", key)
    assert after["createdAt"] == after["modifiedAt"] == "2025-03-03T08:15:00Z"
    assert after != before
