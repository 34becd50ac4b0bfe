"""A limit: a burst within it goes at once, and the rest waits for its turn."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import httpx2
import pytest

from connections.http.pace import Limit, Pacing, per_second
from tests.connections.http.scripted import Clock, Server, session


def test_a_layer_lets_as_many_through_as_the_limit_has_room_for() -> None:
    clock, server = Clock(), Server(httpx2.Response(200))
    layer = Pacing(
        httpx2.MockTransport(server),
        per_second(2),
        ticks=lambda: clock.seconds,
        sleep=clock.sleep,
    )

    for _ in range(5):
        layer.handle_request(httpx2.Request("GET", "https://api.example/x"))

    assert len(server.seen) == 5
    assert 2 <= sum(clock.slept) < 2.2


def test_a_burst_within_the_limit_goes_at_once_and_the_rest_waits() -> None:
    clock = Clock()
    http = session(
        Server(httpx2.Response(200, json=[])), clock, limit=Limit(3, seconds=60.0)
    )

    for _ in range(4):
        http.get("/contacts")

    assert 60 <= sum(clock.slept) < 61


@pytest.mark.parametrize(
    ("takes", "seconds"), [(0.0, 1.0), (0.02, 1.02), (0.05, 1.05), (0.5, 1.1)]
)
def test_a_window_begins_with_an_answer_or_a_little_after_its_request(
    takes: float, seconds: float
) -> None:
    clock, sent = Clock(), []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(clock.seconds)
        clock.seconds += takes
        return httpx2.Response(200)

    layer = Pacing(
        httpx2.MockTransport(answer),
        per_second(1),
        ticks=lambda: clock.seconds,
        sleep=clock.sleep,
    )

    for _ in range(3):
        layer.handle_request(httpx2.Request("GET", "https://api.example/x"))

    gaps = [later - earlier for earlier, later in pairwise(sent)]
    assert gaps == pytest.approx([seconds] * 2)


def test_many_threads_share_one_limit() -> None:
    limit, server = Limit(20, seconds=0.1), Server(httpx2.Response(200))
    layer = Pacing(
        httpx2.MockTransport(server), limit, ticks=time.monotonic, sleep=time.sleep
    )
    request = httpx2.Request("GET", "https://api.example/x")
    began = time.monotonic()

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda _: layer.handle_request(request), range(100)))

    assert len(server.seen) == 100
    assert time.monotonic() - began >= 4 * limit.seconds


@pytest.mark.parametrize(
    ("limit", "at_once"),
    [(Limit(600, 60.0), 8), (per_second(0.1), 8), (per_second(200), 20),
     (per_second(500), 48), (per_second(9999), 48)],
)  # fmt: skip
def test_as_many_are_under_way_as_a_limit_needs(limit: Limit, at_once: int) -> None:
    assert limit.at_once == at_once
