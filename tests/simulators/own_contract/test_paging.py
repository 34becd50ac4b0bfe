"""Lists: by cursor, in the order of change, with tombstones."""

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.store import Store
from simulators.own_contract.api import Knobs
from tests.simulators.own_contract.talk import (
    SIMULATE,
    UNLIMITED,
    Connect,
    create,
    kind,
    names,
    patch,
)

# cursor-paging


def test_cursor_paging__a_cursor_is_followed_until_it_is_null(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    for name in "abcde":
        create(http, name)
        clock.advance(1)

    pages, cursor = [], ""
    while cursor is not None:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        answer = http.get("/customers", params=query)
        pages.append(names(answer))
        cursor = answer.json()["nextCursor"]

    assert pages == [["a", "b"], ["c", "d"], ["e"]]


def test_cursor_paging__a_full_last_page_has_no_cursor(http: httpx2.Client) -> None:
    create(http)
    create(http)

    assert http.get("/customers?limit=2").json()["nextCursor"] is None


def test_cursor_paging__other_filters_sent_with_a_cursor_are_ignored(
    http: httpx2.Client,
) -> None:
    for name in ("a", "b", "c"):
        create(http, name)
    first = http.get("/customers?limit=1&updatedSince=2025-01-01T00:00:00Z").json()

    query = {"cursor": first["nextCursor"], "updatedSince": "2030-01-01T00:00:00Z"}
    second = http.get("/customers", params=query)

    assert names(second) == ["b"]
    assert second.json()["nextCursor"] is not None


def test_cursor_paging__a_cursor_dies_after_an_hour(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    create(http)
    create(http)
    cursor = http.get("/customers?limit=1").json()["nextCursor"]

    clock.advance(3599)
    in_time = http.get("/customers", params={"cursor": cursor})
    clock.advance(1)
    late = http.get("/customers", params={"cursor": cursor})

    assert in_time.status_code == 200
    assert kind(late) == (400, "cursor-expired")


def test_cursor_paging__a_cursor_outlives_a_restart(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    before = client(SIMULATE[system](store, UNLIMITED, clock))
    create(before, "a")
    create(before, "b")
    cursor = before.get("/customers?limit=1").json()["nextCursor"]

    after = client(SIMULATE[system](store, UNLIMITED, clock))

    assert names(after.get("/customers", params={"cursor": cursor})) == ["b"]


@pytest.mark.parametrize("cursor", ["nonsense", "bnVsbA", "e30", "ø"])
def test_cursor_paging__a_foreign_cursor_is_refused(
    http: httpx2.Client, cursor: str
) -> None:
    answer = http.get("/customers", params={"cursor": cursor})

    assert kind(answer) == (400, "cursor-invalid")


def test_cursor_paging__a_cursor_belongs_to_its_list(
    http: httpx2.Client, system: str
) -> None:
    create(http)
    create(http)
    cursor = http.get("/customers?limit=1").json()["nextCursor"]
    other = {"customwebshop": "/orders", "custompms": "/projects"}[system]

    answer = http.get(other, params={"cursor": cursor})

    assert kind(answer) == (400, "cursor-invalid")


def test_cursor_paging__limits_are_knobs_with_the_contracts_defaults(
    system: str, store: Store, client: Connect
) -> None:
    knobs = Knobs(default_limit=2, max_limit=3, rate_limit_per_minute=0)
    http = client(SIMULATE[system](store, knobs))
    for _ in range(5):
        create(http)

    assert len(names(http.get("/customers"))) == 2
    assert len(names(http.get("/customers?limit=3"))) == 3
    assert kind(http.get("/customers?limit=4")) == (400, "invalid-parameter")
    assert (Knobs().default_limit, Knobs().max_limit) == (100, 500)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=ten",
        "includeDeleted=maybe",
        "updatedSince=yesterday",
        "updatedSince=2025-03-03",
        "updatedSince=2025-03-03T08:15:00",
        "updatedSince=2025-03-03T08:15:00+01:00",  # a raw + arrives as a blank
        "updatedSince=2025-13-03T08:15:00Z",
    ],
)
def test_cursor_paging__a_bad_parameter_is_refused(
    http: httpx2.Client, query: str
) -> None:
    assert kind(http.get(f"/customers?{query}")) == (400, "invalid-parameter")


# order-and-watermark


def test_order_and_watermark__lists_are_ordered_by_change_then_id(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    first, second = create(http, "first"), create(http, "second")
    clock.advance(1)
    create(http, "third")
    clock.advance(1)
    patch(http, first["id"], {"phone": "70000001"})

    listed = http.get("/customers").json()["data"]

    assert [record["name"] for record in listed] == ["second", "third", "first"]
    assert second["updatedAt"] == listed[0]["updatedAt"]


def test_order_and_watermark__updated_since_is_inclusive_to_the_millisecond(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    create(http, "early")
    clock.advance(0.42)
    late = create(http, "late")

    def since(moment: str) -> list[str]:
        return names(http.get("/customers", params={"updatedSince": moment}))

    assert late["updatedAt"] == "2025-03-03T08:15:00.420Z"
    assert since("2025-03-03T08:15:00.420Z") == ["late"]
    assert since("2025-03-03T09:15:00.420+01:00") == ["late"]
    assert since("2025-03-03T08:15:00.4195Z") == ["late"]
    assert since("2025-03-03T08:15:00.4205Z") == []
    assert since("2025-03-03T08:15:00Z") == ["early", "late"]


def test_order_and_watermark__a_record_changed_while_paging_comes_twice(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    changed = create(http, "a")
    for name in "bc":
        clock.advance(1)
        create(http, name)
    first = http.get("/customers?limit=2")

    clock.advance(1)
    patch(http, changed["id"], {"phone": "70000001"})
    query = {"cursor": first.json()["nextCursor"], "limit": "9"}
    rest = http.get("/customers", params=query)

    assert [names(first), names(rest)] == [["a", "b"], ["c", "a"]]


# commit-skew


def test_commit_skew__a_record_appears_after_a_later_stamped_one(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    knobs = Knobs(commit_skew_ms=1500)
    http = client(SIMULATE[system](store, knobs, clock))
    watermark = create(http, "first")["updatedAt"]
    clock.advance(1)

    late = create(http, "second")

    missed = http.get("/customers", params={"updatedSince": watermark})
    overlapping = "2025-03-03T08:14:58.500Z"
    found = http.get("/customers", params={"updatedSince": overlapping})
    assert late["updatedAt"] == "2025-03-03T08:14:59.500Z"
    assert names(missed) == ["first"]
    assert names(found) == ["second", "first"]


def test_commit_skew__a_records_own_stamps_never_go_back(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(SIMULATE[system](store, Knobs(commit_skew_ms=1500), clock))
    created = create(http)

    changed = patch(http, created["id"], {"name": "Nordlys II"}).json()

    assert changed["version"] == 2
    assert changed["updatedAt"] == created["updatedAt"]
