"""A create that is sent twice: by key and by reference."""

import threading
from collections.abc import Iterator

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.own_contract.api import Knobs
from tests.simulators.own_contract.talk import (
    SIMULATE,
    UNLIMITED,
    Connect,
    create,
    delete,
    kind,
    names,
    patch,
    pointers,
    post_bit_by_bit,
)

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
