"""What a session does when a system or the way to it fails: docs/faults.md."""

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.wrappers import Response

from connections.http.client import Http
from connections.http.errors import (
    ContractChanged,
    SignInRefused,
    Unreachable,
    Unsure,
)
from connections.http.receive import MOST_BYTES
from simulators import crmoffice, customwebshop, membercare
from simulators.faults.plan import Fault, Faults
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Session = Callable[..., Http]
Befall = Callable[..., Faults]


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    made = customwebshop.simulate(store, clock=clock)
    made.insert("customer", {"name": "Nordlys"})
    return made


@pytest.fixture
def befall(clock: VirtualClock) -> Iterator[Befall]:
    """Give `befall(simulator, kind, ...)`; a fault that does not happen is an error."""
    declared: list[Faults] = []

    def befall(simulator: Simulator, kind: str, *place: Any, **more: Any) -> Faults:
        name = simulator.system
        faults = Faults({name: simulator}, clock=clock, sleep=clock.advance)
        faults.add(Fault(kind, name, *place, **more))
        declared.append(faults)
        return faults

    yield befall
    assert [faults.missed for faults in declared] == [[]] * len(declared)


def create(http: Http) -> int:
    """Create a customer, and give the status."""
    headers = {"Idempotency-Key": "one"}
    return http.request(
        "POST", "/customers", json={"name": "Ny"}, headers=headers
    ).status


@pytest.mark.parametrize(
    "kind",
    ["timeout_before", "reset_before", "reset_halfway", "error_before", "unavailable"],
)
def test_a_read_that_gets_no_whole_answer_is_repeated(
    kind: str, shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, kind, count=3)

    answer = session(shop).get("/customers")

    assert len(answer.json()["data"]) == 1


@pytest.mark.parametrize("kind", ["timeout_before", "reset_before", "error_before"])
def test_a_system_without_an_answer_is_unreachable_after_four_tries(
    kind: str, shop: Simulator, session: Session, befall: Befall
) -> None:
    faults = befall(shop, kind, count=None)

    with pytest.raises(Unreachable, match=r"\(4 tries\)"):
        session(shop).get("/customers")

    assert faults.reached.total() == 4


@pytest.mark.parametrize(
    ("kind", "applied"),
    [
        ("timeout_before", 0),
        ("timeout_after", 1),
        ("timeout_applied_late", 0),
        ("reset_before", 0),
        ("reset_after", 1),
        ("reset_halfway", 1),
        ("error_before", 0),
        ("error_after", 1),
        ("unavailable", 0),
        ("html_before", 0),
        ("html_after", 1),
        ("slow", 1),
        ("huge", 1),
        ("gzip_twice", 1),
        ("gzip_bomb", 1),
        ("gzip_drip", 1),
    ],
)
def test_a_write_without_a_clear_answer_is_unsure_and_sent_once(
    kind: str, applied: int, shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, kind, "create", count=None, seconds=60)

    with pytest.raises(Unsure, match="look before sending it again"):
        create(session(shop))

    assert shop.requests.count("POST") == 1
    assert len(shop.records("customer")) == 1 + applied


@pytest.mark.parametrize("kind", ["truncated_json", "html_before", "html_after"])
def test_a_page_that_is_no_json_is_a_changed_contract(
    kind: str, shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, kind, "list")

    with pytest.raises(ContractChanged, match="not JSON"):
        session(shop).get("/customers").json()


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("too_many_seconds", 7),
        ("too_many_date", 5),
        ("unavailable_seconds", 7),
        ("too_many_silent", 1),
        ("too_many_garbage", 1),
        ("too_many_negative", 1),
    ],
)
def test_a_busy_system_is_asked_again_after_the_time_that_it_names_or_a_second(
    kind: str,
    seconds: float,
    shop: Simulator,
    clock: VirtualClock,
    session: Session,
    befall: Befall,
) -> None:
    befall(shop, kind, "create")
    before = clock()

    assert create(session(shop)) == 201
    assert seconds <= (clock() - before).total_seconds() < seconds + 1


def test_a_system_that_wants_a_year_of_patience_is_left_to_the_next_run(
    shop: Simulator, clock: VirtualClock, session: Session, befall: Befall
) -> None:
    befall(shop, "too_many_year", count=None)
    before = clock()

    with pytest.raises(Unreachable, match=r"after 31,536,000 seconds \(1 tries\)"):
        session(shop).get("/customers")

    assert clock() == before


@pytest.mark.parametrize(
    "wait",
    [
        "9" * 400,
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    ],
)
def test_no_retry_after_is_too_absurd_to_be_read(
    wait: str, shop: Simulator, session: Session
) -> None:
    headers = {"Retry-After": wait}
    shop.before.append(lambda _: Response(status=429, headers=headers))

    with pytest.raises(Unreachable):
        session(shop).get("/customers")


def test_a_token_that_is_revoked_in_mid_run_is_renewed_once(
    store: Store, clock: VirtualClock, session: Session, befall: Befall
) -> None:
    members = membercare.simulate(store, clock=clock)
    http = session(members)
    http.get("/products")
    befall(members, "token_revoked", count=None)
    clock.advance(1)

    answers = [http.get("/products").status for _ in range(3)]

    assert answers == [200, 200, 200]
    assert [call.status for call in members.requests].count(401) == 1


def test_a_refresh_token_survives_a_revoked_access_token(
    store: Store, clock: VirtualClock, session: Session, befall: Befall
) -> None:
    crm = crmoffice.simulate(store, clock=clock)
    http = session(crm)
    http.get("/users")
    befall(crm, "token_revoked", count=None)

    assert http.get("/users").status == 200
    assert http.get("/users").status == 200


def test_a_key_that_is_revoked_and_cannot_be_renewed_ends_the_system(
    shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, "token_revoked", count=None, skip=1)
    http = session(shop)
    http.get("/customers")

    for _ in range(2):
        with pytest.raises(SignInRefused, match="Correct the keys"):
            http.get("/customers")


@pytest.mark.parametrize("operation", ["list", "create"])
def test_a_redirect_to_another_origin_is_not_followed(
    operation: str, shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, "redirect_elsewhere", operation)
    http = session(shop)

    with pytest.raises(ContractChanged, match=r"to https://elsewhere\.example:443"):
        http.get("/customers") if operation == "list" else create(http)

    assert len(shop.requests) == 1


def test_an_answer_byte_by_byte_ends_after_ten_silences(
    shop: Simulator, clock: VirtualClock, session: Session, befall: Befall
) -> None:
    befall(shop, "slow", count=None)
    before = clock()

    with pytest.raises(Unreachable, match="not answered to the end after 300 seconds"):
        session(shop).get("/customers")

    assert 300 <= (clock() - before).total_seconds() < 310
    assert len(shop.requests) == 1


def test_an_answer_of_a_hundred_megabytes_is_not_read_to_its_end(
    shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, "huge", count=None)

    with pytest.raises(Unreachable, match=r"more than 67,108,864 bytes"):
        session(shop).get("/customers")

    assert len(shop.requests) == 1


def test_a_packing_that_was_not_asked_for_is_never_unpacked(
    shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, "gzip_twice", count=None)

    with pytest.raises(Unreachable, match=r"packed as 'gzip, gzip'"):
        session(shop).get("/customers")


def test_a_bomb_is_unpacked_no_further_than_the_bound(
    shop: Simulator, session: Session, befall: Befall
) -> None:
    befall(shop, "gzip_bomb", count=None)
    http = session(shop)
    tracemalloc.start()

    with pytest.raises(Unreachable, match="more than 67,108,864 bytes"):
        http.get("/customers")

    # What is unpacked, and a copy while that grows; all of it would be more.
    assert tracemalloc.get_traced_memory()[1] < 2.5 * MOST_BYTES
    tracemalloc.stop()


def test_a_packing_without_an_end_is_timed_as_it_arrives(
    shop: Simulator, clock: VirtualClock, session: Session, befall: Befall
) -> None:
    befall(shop, "gzip_drip", count=None)
    before = clock()

    with pytest.raises(Unreachable, match="not answered to the end after 300 seconds"):
        session(shop).get("/customers")

    assert 300 <= (clock() - before).total_seconds() < 310
