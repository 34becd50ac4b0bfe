"""What may be read for one purpose: so many bytes, and for so long."""

import httpx2
import pytest

from connections.http.allowance import Allowances, Bound, Counting
from connections.http.errors import Unreachable
from tests.connections.http.scripted import Clock, Server, session_with

REQUEST = httpx2.Request("GET", "https://api.example/x")


def test_what_is_read_inside_counts_and_no_more_is_asked_for_than_is_allowed() -> None:
    clock, server = Clock(), Server(httpx2.Response(200, content=b" " * 600))
    allowances = Allowances("crmoffice", lambda: clock.seconds)
    layer = Counting(httpx2.MockTransport(server), allowances)

    with allowances.within("the listing", "listing_most", Bound(60, 1000)):
        layer.handle_request(REQUEST)
        layer.handle_request(REQUEST)
        with pytest.raises(Unreachable, match="raise listing_most_gigabytes"):
            layer.handle_request(REQUEST)

    assert layer.handle_request(REQUEST).status_code == 200
    assert len(server.seen) == 3


def test_time_that_is_spent_inside_counts() -> None:
    clock, server = Clock(), Server(httpx2.Response(200))
    allowances = Allowances("crmoffice", lambda: clock.seconds)
    layer = Counting(httpx2.MockTransport(server), allowances)

    with allowances.within("the listing", "listing_most", Bound(60, 1000)):
        layer.handle_request(REQUEST)
        clock.sleep(61)
        with pytest.raises(Unreachable, match="raise listing_most_hours"):
            layer.handle_request(REQUEST)

    assert len(server.seen) == 1


def test_what_is_read_for_one_purpose_has_bounds_of_time_and_size() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b"[" + b" " * 600 + b"]")

    http = session_with(answer)
    with http.allowances.within("the listing of x", "listing_most", Bound(60, 1000)):
        http.get("/projects")
        http.get("/projects")
        with pytest.raises(Unreachable, match="raise listing_most_gigabytes"):
            http.get("/projects")
    with (
        http.allowances.within("the listing of x", "listing_most", Bound(-1, 1000)),
        pytest.raises(Unreachable, match="raise listing_most_hours"),
    ):
        http.get("/projects")
    assert http.get("/projects").status == 200
