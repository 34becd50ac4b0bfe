"""The machinery that all simulators stand on."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import httpx2
import pytest
from werkzeug.wrappers import Request, Response

from simulators import crmoffice, customwebshop
from simulators.kit.clock import VirtualClock, system_clock
from simulators.kit.core import Simulator
from simulators.kit.exact_json import dumps, loads
from simulators.kit.http import (
    Route,
    SlidingWindow,
    in_one_commit,
    json_response,
    routed,
)
from simulators.kit.server import serve
from simulators.kit.store import Entity, Store

Connect = Callable[[Simulator], httpx2.Client]

THINGS = Entity("order", {"size": lambda thing: thing["size"]}, ("size, key",))


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    return customwebshop.simulate(store, clock=clock)


@pytest.mark.parametrize("text", ["25.0", "25", "1.10", "0.1", "1E+2", '"Ærlig"'])
def test_json_comes_back_as_it_was_written(text: str) -> None:
    assert dumps(loads(text)) == text


def test_the_system_clock_knows_its_zone() -> None:
    assert system_clock().tzinfo is UTC


def test_records_survive_a_restart(tmp_path: Path) -> None:
    before = Store(tmp_path)
    before.database("shop", [THINGS])["order"].put("a", {"size": 1, "x": loads("25.0")})
    before.close()

    after = Store(tmp_path).database("shop", [THINGS])["order"]

    assert dumps(after.get("a")) == '{"size":1,"x":25.0}'
    assert [path.name for path in tmp_path.glob("*.sqlite")] == ["shop.sqlite"]


def test_records_survive_a_new_column(tmp_path: Path) -> None:
    before = Store(tmp_path)
    before.database("shop", [THINGS])["order"].put("a", {"size": 1, "colour": "red"})
    before.close()
    coloured = Entity("order", {"colour": lambda thing: thing["colour"]}, ("colour",))

    after = Store(tmp_path).database("shop", [coloured])["order"]

    assert after.count("colour = 'red'") == 1


def test_a_sequence_never_gives_a_number_twice(tmp_path: Path) -> None:
    before = Store(tmp_path)
    first = [before.database("shop", []).next_number("id", 7) for _ in range(2)]
    before.close()

    third = Store(tmp_path).database("shop", []).next_number("id", 7)

    assert [*first, third] == [7, 8, 9]


def test_an_unknown_entity_is_an_error_that_names_the_known_ones(store: Store) -> None:
    database = store.database("shop", [THINGS])

    with pytest.raises(KeyError, match="there are: order"):
        database["orders"]


def test_a_failed_transaction_changes_nothing_but_an_outer_one_goes_on(
    store: Store,
) -> None:
    database = store.database("shop", [THINGS])

    def fail() -> None:
        with database.transaction():
            database["order"].put("inner", {"size": 2})
            raise ZeroDivisionError

    with database.transaction():
        database["order"].put("outer", {"size": 1})
        with pytest.raises(ZeroDivisionError):
            fail()

    assert database["order"].select() == [{"size": 1}]


def test_a_request_that_fails_half_way_changes_nothing(store: Store) -> None:
    database = store.database("shop", [THINGS])

    def half(request: Request) -> Response:
        database["order"].put("a", {"size": 1})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_one_commit(database, half)(Request.from_values())

    assert database["order"].select() == []


def test_a_transaction_makes_other_threads_wait(store: Store) -> None:
    table = store.database("shop", [THINGS])["order"]
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(table.count()))

    with store.database("shop", [THINGS]).transaction():
        table.put("a", {"size": 1})
        reader.start()
        reader.join(0.05)
        unseen = list(seen)
    reader.join()

    assert unseen == []
    assert seen == [1]


def test_twenty_thousand_records_are_found_by_column_in_no_time(store: Store) -> None:
    database = store.database("shop", [THINGS])
    table = database["order"]
    with database.transaction():
        for number in range(20_000):
            table.put(f"{number:05}", {"size": number, "text": "x" * 200})

    began = perf_counter()
    for number in range(1_000):
        table.select("size > ?", (number * 20,), order_by="size, key", limit=5)
    took = perf_counter() - began

    assert took < 2  # a scan of the JSON would take minutes


def test_a_sliding_window_lets_calls_in_as_the_old_ones_leave(
    clock: VirtualClock,
) -> None:
    window = SlidingWindow(2, 60, clock)
    first = window.seconds_to_wait("a")
    clock.advance(20)
    second = window.seconds_to_wait("a")
    third = window.seconds_to_wait("a")
    other = window.seconds_to_wait("b")

    clock.advance(40)
    fourth = window.seconds_to_wait("a")

    assert [first, second, third, other, fourth] == [0, 0, 40, 0, 0]


def test_a_window_of_zero_lets_everything_through(clock: VirtualClock) -> None:
    window = SlidingWindow(0, 60, clock)

    assert [window.seconds_to_wait("a") for _ in range(1000)] == [0] * 1000


def test_routes_may_ignore_case_and_tell_which_methods_a_path_has() -> None:
    def show(request: Request, key: str) -> Response:
        return json_response(key)

    def missing(request: Request) -> Response:
        return Response(status=404)

    routes = [Route("GET", "/things/(?P<key>[^/]+)", show)]
    answer = routed(routes, not_found=missing, ignore_case=True)

    found = answer(Request.from_values("/Things/Å"))
    refused = answer(Request.from_values("/things/1", method="PUT"))
    unknown = answer(Request.from_values("/thing"))

    assert found.get_data(as_text=True) == '"Å"'
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert unknown.status_code == 404


def test_requests_are_logged_so_that_writes_can_be_counted(
    shop: Simulator, client: Connect
) -> None:
    http = client(shop)

    http.get("/customers", params={"limit": "7"})
    http.post("/customers", json={"name": "Nordlys"})
    http.post("/customers", json={})

    calls = list(shop.requests)
    assert [(call.method, call.status) for call in calls] == [
        ("GET", 200),
        ("POST", 201),
        ("POST", 422),
    ]
    assert (calls[0].path, calls[0].query) == ("/api/v1/customers", "limit=7")
    assert shop.requests.writes == 2
    assert shop.requests.count("GET") == 1
    assert shop.requests.count() == len(shop.requests) == 3
    shop.requests.clear()
    assert shop.requests.count() == shop.requests.writes == 0


def test_signing_in_is_no_write(store: Store, client: Connect) -> None:
    crm = crmoffice.simulate(store)

    client(crm).get("/contacts")

    assert crm.requests.count("POST") == 1
    assert crm.requests.writes == 0


def test_people_change_records_without_http_but_by_the_same_rules(
    shop: Simulator, clock: VirtualClock
) -> None:
    stored = shop.insert("customer", {"name": " Nordlys ", "email": "POST@n.example"})
    clock.advance(60)

    edited = shop.edit("customer", stored["id"], {"phone": "70 00 00 01"})

    assert (stored["name"], stored["email"]) == ("Nordlys", "post@n.example")
    assert (edited["version"], edited["phone"]) == (2, "+4770000001")
    assert edited["updatedAt"] == "2025-03-03T08:16:00.000Z"
    assert shop.get("customer", stored["id"]) == edited
    assert shop.records("customer") == [edited]
    shop.remove("customer", stored["id"], hard=True)
    assert shop.records("customer") == []
    assert shop.requests.count() == 0


def test_people_see_numbers_as_they_were_typed(shop: Simulator) -> None:
    stored = shop.insert("product", {"name": "Skrue", "unitPrice": 100.0})

    assert '"unitPrice":100.0,' in dumps(stored)


def test_a_before_hook_may_answer_and_an_after_hook_may_replace(
    shop: Simulator, client: Connect
) -> None:
    def closed(request: Request) -> Response | None:
        return Response(status=503) if request.method == "POST" else None

    def marked(request: Request, response: Response) -> Response:
        response.headers["X-Seen"] = "yes"
        return response

    shop.before.append(closed)
    shop.after.append(marked)
    http = client(shop)

    refused = http.post("/customers", json={"name": "Nordlys"})
    listed = http.get("/customers")

    assert (refused.status_code, listed.status_code) == (503, 200)
    assert refused.headers["X-Seen"] == listed.headers["X-Seen"] == "yes"
    assert shop.records("customer") == []


def test_a_hook_that_raises_loses_the_answer_after_the_change_was_made(
    shop: Simulator, client: Connect
) -> None:
    def lost(request: Request, response: Response) -> Response:
        raise httpx2.ReadTimeout("the answer never came")

    shop.after.append(lost)

    with pytest.raises(httpx2.ReadTimeout):
        client(shop).post("/customers", json={"name": "Nordlys"})

    assert len(shop.records("customer")) == 1
    assert [call.status for call in shop.requests] == [0]


@pytest.fixture
def served(shop: Simulator, store: Store) -> Iterator[dict[str, str]]:
    with serve([shop, crmoffice.simulate(store)]) as origins:
        yield origins


def test_simulators_are_served_side_by_side_each_at_its_own_origin(
    served: dict[str, str], shop: Simulator
) -> None:
    settings = shop.settings(served["customwebshop"])
    headers = {"Authorization": f"Bearer {settings['token']}"}

    answer = httpx2.get(settings["base_url"] + "/customers", headers=headers)
    other = httpx2.get(served["crmoffice"] + "/contacts")

    assert answer.json() == {"data": [], "nextCursor": None}
    assert other.status_code == 401


def test_serving_ends_with_its_block(shop: Simulator) -> None:
    with serve([shop]) as origins, httpx2.Client() as http:
        answered = http.get(origins["customwebshop"]).status_code
        running = threading.active_count()

    assert answered == 401
    assert threading.active_count() < running
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(origins["customwebshop"])


def test_a_given_port_is_used_and_a_taken_one_is_an_error(shop: Simulator) -> None:
    with serve([shop]) as origins:
        port = int(origins["customwebshop"].rpartition(":")[2])

        with pytest.raises(OSError, match="in use"), serve([shop], {shop.system: port}):
            pass

    with serve([shop], {shop.system: port}) as again:
        assert again == origins


def test_stamps_follow_the_clock_that_was_given(
    shop: Simulator, clock: VirtualClock
) -> None:
    clock.now = datetime(2030, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)

    stored = shop.insert("customer", {"name": "Nordlys"})

    assert stored["updatedAt"] == "2030-01-02T03:04:05.678Z"
