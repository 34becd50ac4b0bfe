"""A limit: a burst within it goes at once, and the rest waits for its turn."""

import httpx2

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
