"""The quirks that customwebshop and custompms share, each told for both of them.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import threading
from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from typing import Any

import httpx2
import pytest
from werkzeug.test import create_environ
from werkzeug.wrappers import Request

from simulators import custompms, customwebshop
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.problems import refusals
from simulators.kit.store import Store
from simulators.own_contract.api import Knobs, down_for_maintenance

Connect = Callable[[Simulator], httpx2.Client]
Json = dict[str, Any]

SIMULATE = {"customwebshop": customwebshop.simulate, "custompms": custompms.simulate}
UNLIMITED = Knobs(rate_limit_per_minute=0)


@pytest.fixture(params=list(SIMULATE))
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def simulator(system: str, store: Store, clock: VirtualClock) -> Simulator:
    return SIMULATE[system](store, UNLIMITED, clock)


@pytest.fixture
def http(simulator: Simulator, client: Connect) -> httpx2.Client:
    return client(simulator)


def create(http: httpx2.Client, name: str = "Nordlys", **members: Any) -> Json:
    answer = http.post("/customers", json={"name": name, **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def patch(
    http: httpx2.Client, key: str, changes: object, if_match: str = "*"
) -> httpx2.Response:
    headers = {
        "If-Match": if_match,
        "Content-Type": "application/merge-patch+json",
    }
    return http.patch(f"/customers/{key}", json=changes, headers=headers)


def delete(http: httpx2.Client, key: str, if_match: str = "*") -> httpx2.Response:
    return http.delete(f"/customers/{key}", headers={"If-Match": if_match})


def post_bit_by_bit(
    simulator: Simulator, body: Iterator[bytes], key: str
) -> httpx2.Response:
    """Post a body that arrives bit by bit, while the simulator is reading it."""
    token = simulator.settings("")["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    environ = create_environ(
        "/api/v1/customers",
        method="POST",
        headers=headers,
        content_length=len('{"name":"Nordlys"}'),
    )
    environ["wsgi.input"] = BufferedReader(Bits(body))
    response = simulator.answer(Request(environ))
    return httpx2.Response(response.status_code, content=response.get_data())


class Bits(RawIOBase):
    """A stream that gives what an iterator gives, when it gives it."""

    def __init__(self, bits: Iterator[bytes]) -> None:
        self._bits = bits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        bit = next(self._bits, b"")
        buffer[: len(bit)] = bit
        return len(bit)


def names(answer: httpx2.Response) -> list[str]:
    return [record["name"] for record in answer.json()["data"]]


def kind(answer: httpx2.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    return answer.status_code, problem["type"].rpartition("/")[2]


def pointers(answer: httpx2.Response) -> list[str]:
    assert kind(answer) == (422, "validation")
    return [error["pointer"] for error in answer.json()["errors"]]


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


# soft-delete-tombstone


def test_soft_delete_tombstone__it_shows_only_where_deleted_ones_are_asked_for(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    gone, stays = create(http, "gone"), create(http, "stays")
    clock.advance(1)

    answer = delete(http, gone["id"], '"1"')

    tombstone = http.get(f"/customers/{gone['id']}")
    assert answer.status_code == 204
    assert names(http.get("/customers")) == ["stays"]
    assert names(http.get("/customers?includeDeleted=true")) == ["stays", "gone"]
    assert names(http.get("/customers?includeDeleted=false")) == [stays["name"]]
    assert tombstone.status_code == 200
    assert tombstone.headers["ETag"] == '"2"'
    assert tombstone.json()["deletedAt"] == "2025-03-03T08:15:01.000Z"
    assert tombstone.json()["updatedAt"] == "2025-03-03T08:15:01.000Z"
    assert tombstone.json()["version"] == 2


def test_soft_delete_tombstone__it_takes_no_patch_but_the_one_that_revives(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key)

    renamed = patch(http, key, {"name": "other"})
    both = patch(http, key, {"deletedAt": None, "name": "other"})
    empty = patch(http, key, {})
    revived = patch(http, key, {"deletedAt": None}, '"2"')

    assert [kind(answer) for answer in (renamed, both, empty)] == [(409, "deleted")] * 3
    assert revived.status_code == 200
    assert (revived.json()["deletedAt"], revived.json()["version"]) == (None, 3)
    assert names(http.get("/customers")) == ["Nordlys"]


def test_soft_delete_tombstone__a_retried_delete_is_stale_and_a_second_one_is_204(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key, '"1"')

    retried = delete(http, key, '"1"')
    second = delete(http, key, '"2"')

    assert kind(retried) == (412, "stale")
    assert second.status_code == 204
    assert http.get(f"/customers/{key}").json()["version"] == 2


# hard-delete-invisible (in use: see each system's own file)


def test_hard_delete_invisible__it_is_gone_from_every_answer(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": '"1"'}

    answer = http.delete(f"/customers/{key}?mode=hard", headers=headers)

    assert answer.status_code == 204
    assert kind(http.get(f"/customers/{key}")) == (404, "not-found")
    assert kind(delete(http, key)) == (404, "not-found")
    assert kind(patch(http, key, {"name": "x"})) == (404, "not-found")
    assert names(http.get("/customers?includeDeleted=true")) == []


def test_hard_delete_invisible__a_tombstone_can_be_removed_for_good_too(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key)

    answer = http.delete(f"/customers/{key}?mode=hard", headers={"If-Match": '"2"'})

    assert answer.status_code == 204
    assert http.get(f"/customers/{key}").status_code == 404


def test_hard_delete_invisible__another_mode_is_refused(http: httpx2.Client) -> None:
    key = create(http)["id"]

    answer = http.delete(f"/customers/{key}?mode=both", headers={"If-Match": "*"})

    assert kind(answer) == (400, "invalid-parameter")


# etag-is-version, if-match-required


def test_etag_is_version__every_single_record_answer_carries_it(
    http: httpx2.Client,
) -> None:
    created = http.post("/customers", json={"name": "Nordlys"})
    key = created.json()["id"]

    read = http.get(f"/customers/{key}")
    changed = patch(http, key, {"name": "Nordlys II"}, '"1"')
    row = http.get("/customers").json()["data"][0]

    tags = [answer.headers["ETag"] for answer in (created, read, changed)]
    assert tags == ['"1"', '"1"', '"2"']
    assert row["version"] == 2
    assert created.headers["Location"].endswith(f"/api/v1/customers/{key}")


def test_if_match_required__a_write_without_it_is_428(http: httpx2.Client) -> None:
    key = create(http)["id"]
    patch_headers = {"Content-Type": "application/merge-patch+json"}

    patched = http.patch(f"/customers/{key}", content="{}", headers=patch_headers)
    deleted = http.delete(f"/customers/{key}")

    assert kind(patched) == kind(deleted) == (428, "if-match-missing")


@pytest.mark.parametrize("tag", ['"2"', "1", 'W/"1"', '"1', "nonsense", ""])
def test_if_match_required__a_stale_or_weak_tag_is_412_with_the_current_one(
    http: httpx2.Client, tag: str
) -> None:
    key = create(http)["id"]

    answer = patch(http, key, {"name": "other"}, tag)

    assert kind(answer) == (412, "stale")
    assert answer.headers["ETag"] == '"1"'
    assert http.get(f"/customers/{key}").json()["name"] == "Nordlys"


@pytest.mark.parametrize("tag", ['"1"', "*", '"7", "1"'])
def test_if_match_required__the_current_tag_or_a_star_goes_through(
    http: httpx2.Client, tag: str
) -> None:
    key = create(http)["id"]

    assert patch(http, key, {"name": "other"}, tag).status_code == 200


# idempotency-key


def test_idempotency_key__the_same_call_again_replays_the_first_answer(
    http: httpx2.Client, simulator: Simulator
) -> None:
    headers = {"Idempotency-Key": "intent-1"}

    first = http.post("/customers", json={"name": "Nordlys"}, headers=headers)
    again = http.post("/customers", json={"name": "Nordlys"}, headers=headers)

    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("ETag", "Location", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert len(simulator.records("customer")) == 1


def test_idempotency_key__it_replays_even_when_the_record_has_changed_since(
    http: httpx2.Client,
) -> None:
    headers = {"Idempotency-Key": "intent-1"}
    first = http.post("/customers", json={"name": "Nordlys"}, headers=headers)
    patch(http, first.json()["id"], {"name": "other"})

    again = http.post("/customers", json={"name": "Nordlys"}, headers=headers)

    assert again.content == first.content


def test_idempotency_key__another_body_or_path_is_a_mismatch(
    http: httpx2.Client, system: str
) -> None:
    headers = {"Idempotency-Key": "intent-1"}
    http.post("/customers", json={"name": "Nordlys"}, headers=headers)
    other_path = {"customwebshop": "/products", "custompms": "/projects"}[system]

    other_body = http.post("/customers", json={"name": "other"}, headers=headers)
    other_place = http.post(other_path, json={"name": "Nordlys"}, headers=headers)

    assert kind(other_body) == kind(other_place) == (422, "idempotency-mismatch")


def test_idempotency_key__a_refusal_is_replayed_too(http: httpx2.Client) -> None:
    headers = {"Idempotency-Key": "intent-1"}

    first = http.post("/customers", json={"name": ""}, headers=headers)
    again = http.post("/customers", json={"name": ""}, headers=headers)

    assert pointers(first) == pointers(again) == ["/name"]
    assert again.headers["Idempotency-Replayed"] == "true"


def test_idempotency_key__it_is_forgotten_after_24_hours(
    http: httpx2.Client, clock: VirtualClock, simulator: Simulator
) -> None:
    headers = {"Idempotency-Key": "intent-1"}

    for _ in range(3):
        http.post("/customers", json={"name": "Nordlys"}, headers=headers)
        clock.advance(12 * 3600)

    assert len(simulator.records("customer")) == 2


def test_idempotency_key__it_outlives_a_restart(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    headers = {"Idempotency-Key": "intent-1"}
    before = client(SIMULATE[system](store, UNLIMITED, clock))
    before.post("/customers", json={"name": "Nordlys"}, headers=headers)

    after = client(SIMULATE[system](store, UNLIMITED, clock))
    again = after.post("/customers", json={"name": "Nordlys"}, headers=headers)

    assert again.headers["Idempotency-Replayed"] == "true"


def test_idempotency_key__a_second_call_is_busy_while_the_first_is_running(
    http: httpx2.Client, simulator: Simulator
) -> None:
    arrived, go_on = threading.Event(), threading.Event()
    answers: list[httpx2.Response] = []

    def slow_body() -> Iterator[bytes]:
        yield b'{"name":'
        arrived.set()
        go_on.wait(10)
        yield b'"Nordlys"}'

    def call() -> None:
        answers.append(post_bit_by_bit(simulator, slow_body(), "intent-1"))

    first = threading.Thread(target=call)
    first.start()
    arrived.wait(10)
    headers = {"Idempotency-Key": "intent-1"}
    second = http.post("/customers", content=b'{"name":"Nordlys"}', headers=headers)
    go_on.set()
    first.join()
    third = http.post("/customers", content=b'{"name":"Nordlys"}', headers=headers)

    assert kind(second) == (409, "idempotency-busy")
    assert answers[0].status_code == 201
    assert third.headers["Idempotency-Replayed"] == "true"
    assert third.content == answers[0].content


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_idempotency_key__it_has_1_to_255_characters(
    http: httpx2.Client, key: str
) -> None:
    headers = {"Idempotency-Key": key}

    answer = http.post("/customers", json={"name": "Nordlys"}, headers=headers)

    assert kind(answer) == (400, "invalid-parameter")


def test_idempotency_key__a_429_is_not_stored(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(SIMULATE[system](store, Knobs(rate_limit_per_minute=1), clock))
    headers = {"Idempotency-Key": "intent-1"}
    http.get("/customers")

    early = http.post("/customers", json={"name": "Nordlys"}, headers=headers)
    clock.advance(60)
    late = http.post("/customers", json={"name": "Nordlys"}, headers=headers)

    assert (early.status_code, late.status_code) == (429, 201)


# external-reference-unique


def test_external_reference_unique__a_taken_one_is_409_with_its_holder(
    http: httpx2.Client,
) -> None:
    holder = create(http, externalReference="tidsbanken:kunde:K1")
    other = create(http, "other")
    taken = {"externalReference": " tidsbanken:kunde:K1 "}

    created = http.post("/customers", json={"name": "x", **taken})
    patched = patch(http, other["id"], taken)

    for answer in (created, patched):
        assert kind(answer) == (409, "external-reference-taken")
        assert answer.json()["existingId"] == holder["id"]


def test_external_reference_unique__a_deleted_record_still_holds_its_own(
    http: httpx2.Client,
) -> None:
    holder = create(http, externalReference="ref")
    delete(http, holder["id"])

    answer = http.post("/customers", json={"name": "x", "externalReference": "ref"})

    assert answer.json()["existingId"] == holder["id"]
    assert names(http.get("/customers?externalReference=ref")) == []
    found = http.get("/customers?externalReference=ref&includeDeleted=true")
    assert names(found) == ["Nordlys"]


def test_external_reference_unique__it_can_be_looked_up_kept_and_given_up(
    http: httpx2.Client,
) -> None:
    holder = create(http, externalReference="ref")
    create(http, "without")
    create(http, "without either")

    kept = patch(http, holder["id"], {"externalReference": "ref", "name": "new"})
    found = http.get("/customers", params={"externalReference": "ref"})
    patch(http, holder["id"], {"externalReference": None})
    again = http.post("/customers", json={"name": "x", "externalReference": "ref"})

    assert kept.status_code == 200
    assert names(found) == ["new"]
    assert again.status_code == 201


def test_external_reference_unique__each_entity_has_its_own(
    http: httpx2.Client, system: str
) -> None:
    create(http, externalReference="ref")
    other = {"customwebshop": "/products", "custompms": "/projects"}[system]

    answer = http.post(other, json={"name": "x", "externalReference": "ref"})

    assert answer.status_code == 201


# merge-patch


def test_merge_patch__null_clears_and_what_is_left_out_stays(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http, email="post@nordlys.example", phone="+4770000001")
    clock.advance(1)

    changed = patch(http, created["id"], {"phone": None}).json()

    moved = {"version": 2, "updatedAt": "2025-03-03T08:15:01.000Z"}
    assert changed == {**created, "phone": None, **moved}
    assert http.get(f"/customers/{created['id']}").json() == changed


def test_merge_patch__it_reaches_into_an_address(
    http: httpx2.Client, system: str
) -> None:
    name = {"customwebshop": "billingAddress", "custompms": "address"}[system]
    whole = {"line1": "Testgata 1", "postalCode": "7010", "city": "Trondheim"}
    members: Json = {name: whole}
    key = create(http, **members)["id"]

    moved = patch(http, key, {name: {"line1": "Testgata 2", "city": None}}).json()
    cleared = patch(http, key, {name: None}).json()
    again = patch(http, key, {name: {"city": "Oslo"}}).json()

    blank = dict.fromkeys(("line1", "line2", "postalCode", "city", "country"))
    assert moved[name] == {**blank, "line1": "Testgata 2", "postalCode": "7010"}
    assert cleared[name] is None
    assert again[name] == {**blank, "city": "Oslo"}


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
def test_merge_patch__another_content_type_is_415(
    http: httpx2.Client, content_type: str
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": "*", "Content-Type": content_type}

    answer = http.patch(f"/customers/{key}", content="{}", headers=headers)

    assert kind(answer) == (415, "unsupported-media-type")


def test_merge_patch__its_content_type_may_name_a_charset(http: httpx2.Client) -> None:
    key = create(http)["id"]
    kinds = "application/merge-patch+json; charset=utf-8"
    headers = {"If-Match": "*", "Content-Type": kinds}

    answer = http.patch(f"/customers/{key}", content="{}", headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("body", ["", "{", "NaN", b"\xff", r'{"name":"\ud800"}'])
def test_merge_patch__a_body_that_is_no_json_is_400(
    http: httpx2.Client, body: str | bytes
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}

    patched = http.patch(f"/customers/{key}", content=body, headers=headers)
    posted = http.post("/customers", content=body)

    assert kind(patched) == kind(posted) == (400, "malformed")


@pytest.mark.parametrize("body", ["[]", "null", "7", '"name"'])
def test_merge_patch__a_body_that_is_no_object_is_422(
    http: httpx2.Client, body: str
) -> None:
    assert pointers(http.post("/customers", content=body)) == [""]


# noop-patch-is-silent


def test_noop_patch_is_silent__nothing_moves(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http, email="post@nordlys.example", phone="+4770000001")
    clock.advance(1)

    for changes in (
        {},
        {"name": "Nordlys"},
        {"name": " Nordlys ", "email": "POST@Nordlys.example", "phone": "70 00 00 01"},
        {"organizationNumber": ""},
        created,
    ):
        answer = patch(http, created["id"], changes)
        assert answer.json() == created
        assert answer.headers["ETag"] == '"1"'


# unknown-and-read-only-members


def test_unknown_and_read_only_members__unknown_ones_are_refused(
    http: httpx2.Client, system: str
) -> None:
    key = create(http)["id"]
    place = {"customwebshop": "billingAddress", "custompms": "address"}[system]

    created = http.post("/customers", json={"name": "x", "fax": "1", "Name": None})
    patched = patch(http, key, {"fax": None})
    inner = patch(http, key, {place: {"street": "Testgata 1"}})

    assert pointers(created) == ["/fax", "/Name"]
    assert pointers(patched) == ["/fax"]
    assert pointers(inner) == [f"/{place}/street"]


def test_unknown_and_read_only_members__a_record_that_was_read_may_be_sent_back(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http)
    clock.advance(1)

    changed = patch(http, created["id"], {**created, "name": "other"}).json()
    forged = {"id": "x", "version": 99, "createdAt": "x", "updatedAt": 7}
    after_forged = patch(http, created["id"], {**forged, "name": "third"}).json()
    copied = http.post("/customers", json={**forged, "name": "copy"}).json()

    assert changed["version"] == 2
    assert after_forged["version"] == 3
    assert after_forged["createdAt"] == created["createdAt"]
    assert after_forged["id"] == created["id"]
    assert copied["id"] not in ("x", created["id"])
    assert copied["version"] == 1


def test_unknown_and_read_only_members__deleted_at_is_only_writable_as_null(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    gone = {"deletedAt": "2025-03-03T08:15:00.000Z"}

    assert pointers(patch(http, key, gone)) == ["/deletedAt"]
    assert pointers(http.post("/customers", json={"name": "x", **gone})) == [
        "/deletedAt"
    ]


# normalised-on-store


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("email", " Post@Nordlys.EXAMPLE ", "post@nordlys.example"),
        ("email", "", None),
        ("phone", "70 00 00 01", "+4770000001"),
        ("phone", "0047 70.00.00-01", "+4770000001"),
        ("phone", "+46 (70) 123 45 67", "+46701234567"),
        ("phone", "  ", None),
        ("organizationNumber", " 999 999 999 ", "999999999"),
        ("organizationNumber", "", None),
        ("name", "  Nordlys Prøvebygg  AS ", "Nordlys Prøvebygg  AS"),
        ("externalReference", " ref ", "ref"),
        ("externalReference", "", None),
    ],
)
def test_normalised_on_store__the_answer_echoes_what_was_stored(
    http: httpx2.Client, name: str, sent: str, stored: str | None
) -> None:
    created = http.post("/customers", json={"name": "Nordlys", name: sent}).json()
    other = create(http, "other")
    patch(http, created["id"], {"externalReference": None})
    changed = patch(http, other["id"], {name: sent}).json()

    assert created[name] == stored
    assert changed[name] == stored
    assert http.get(f"/customers/{other['id']}").json()[name] == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", None),
        ("name", " "),
        ("name", 7),
        ("name", "x" * 121),
        ("email", "post"),
        ("email", "a b@nordlys.example"),
        ("email", "a@" + "x" * 250 + ".example"),
        ("phone", "ring me"),
        ("phone", "12345"),
        ("phone", "+4712345678901234"),
        ("organizationNumber", "9" * 21),
        ("organizationNumber", 999999999),
        ("kind", "robot"),
        ("kind", None),
        ("externalReference", "x" * 101),
        ("externalReference", ["ref"]),
    ],
)
def test_normalised_on_store__what_is_not_valid_is_422_with_a_pointer(
    http: httpx2.Client, name: str, value: object
) -> None:
    key = create(http)["id"]

    assert pointers(patch(http, key, {name: value})) == [f"/{name}"]
    posted = http.post("/customers", json={"name": "Nordlys", name: value})
    assert pointers(posted) == [f"/{name}"]


def test_normalised_on_store__every_error_is_told_at_once(
    http: httpx2.Client, system: str
) -> None:
    place = {"customwebshop": "billingAddress", "custompms": "address"}[system]
    bad = {"email": "x", "phone": "x", place: {"country": "Norge", "city": 7}}

    answer = http.post("/customers", json=bad)

    expected = {"/name", "/email", "/phone", f"/{place}/country", f"/{place}/city"}
    assert set(pointers(answer)) == expected


# throttle, stamps, sign-in


def test_throttle__429_says_when_to_come_back(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(SIMULATE[system](store, Knobs(rate_limit_per_minute=2), clock))
    http.get("/customers")
    clock.advance(20.5)
    http.get("/customers")

    refused = http.get("/customers")
    clock.advance(int(refused.headers["Retry-After"]))
    later = http.get("/customers")

    assert kind(refused) == (429, "too-many-requests")
    assert refused.headers["Retry-After"] == "40"
    assert later.status_code == 200
    assert Knobs().rate_limit_per_minute == 600


def test_throttle__maintenance_is_a_503_with_retry_after(
    http: httpx2.Client, simulator: Simulator
) -> None:
    refuse = refusals("https://problems.example/")
    simulator.before.append(down_for_maintenance(refuse, 30))

    answer = http.get("/customers")

    assert kind(answer) == (503, "maintenance")
    assert answer.headers["Retry-After"] == "30"


def test_stamps__are_utc_with_z_and_three_digits(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    clock.advance(0.0079)

    created = create(http)

    assert created["createdAt"] == created["updatedAt"] == "2025-03-03T08:15:00.007Z"


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic eDp5", "Bearer"])
def test_sign_in__a_missing_or_wrong_token_is_401(
    http: httpx2.Client, header: str | None
) -> None:
    http.headers.pop("Authorization")
    headers = {"Authorization": header} if header else {}

    answer = http.get("/customers", headers=headers)

    assert kind(answer) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_settings__name_the_base_url_with_its_path_and_the_token(
    simulator: Simulator,
) -> None:
    settings = simulator.settings("http://localhost:1")

    assert settings["base_url"] == "http://localhost:1/api/v1"
    assert set(settings) == {"base_url", "token"}


def test_unknown_path_is_404(http: httpx2.Client) -> None:
    assert kind(http.get("/suppliers")) == (404, "not-found")


def test_people_delete_softly_and_revive(simulator: Simulator) -> None:
    key = simulator.insert("customer", {"name": "Nordlys"})["id"]

    simulator.remove("customer", key)
    deleted = simulator.get("customer", key)
    revived = simulator.edit("customer", key, {"deletedAt": None})

    assert deleted is not None
    assert deleted["deletedAt"] == deleted["updatedAt"]
    assert (revived["deletedAt"], revived["version"]) == (None, 3)
