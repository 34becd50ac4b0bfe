"""Repeating: as long as it is harmless, and never a write that may be done."""

from collections.abc import Callable

import httpx2
import pytest

from connections.http.end import End
from connections.http.errors import (
    ContractChanged,
    SystemStopped,
    Unreachable,
    Unsure,
)
from connections.http.receive import TooMuch
from connections.http.repeat import Repeating
from connections.http.sending import Terms, with_terms
from connections.private.secrets import Secrets
from tests.connections.http.scripted import NOON, Clock, Server

FOUND = httpx2.Response(200)


def above(answer: Callable[[httpx2.Request], httpx2.Response], end: End) -> Repeating:
    below, secrets = httpx2.MockTransport(answer), Secrets(["s3cret-key"])
    return Repeating(below, "crmoffice", end, secrets, clock=lambda: NOON)


def request_for(*, may_repeat: bool) -> httpx2.Request:
    return httpx2.Request(
        "GET" if may_repeat else "POST",
        "https://api.example/contacts",
        extensions=with_terms(Terms(may_repeat=may_repeat, most_bytes=1000)),
    )


def sent(server: Server, *, may_repeat: bool) -> int:
    """Send one request through the layer, and give the status of its answer."""
    layer = above(server, End("crmoffice", Clock().sleep))
    return layer.handle_request(request_for(may_repeat=may_repeat)).status_code


@pytest.mark.parametrize(
    "trouble", [httpx2.ReadTimeout("slow"), httpx2.Response(500), httpx2.Response(408)]
)
def test_what_may_be_repeated_is_and_what_may_be_done_is_not(
    trouble: httpx2.Response | Exception,
) -> None:
    read, written = Server(trouble, FOUND), Server(trouble, FOUND)

    assert sent(read, may_repeat=True) == 200
    with pytest.raises(Unsure, match="POST /contacts"):
        sent(written, may_repeat=False)

    assert [len(read.seen), len(written.seen)] == [2, 1]


def test_what_never_left_this_machine_is_repeated_also_for_a_write() -> None:
    server = Server(httpx2.ConnectError("refused"), FOUND)

    assert sent(server, may_repeat=False) == 200


def test_an_answer_out_of_bounds_is_asked_for_once() -> None:
    read, written = Server(TooMuch("was too much")), Server(TooMuch("was too much"))

    with pytest.raises(Unreachable, match="was too much"):
        sent(read, may_repeat=True)
    with pytest.raises(Unsure, match="was too much"):
        sent(written, may_repeat=False)

    assert [len(read.seen), len(written.seen)] == [1, 1]


def test_a_redirect_is_no_answer() -> None:
    server = Server(httpx2.Response(307, headers={"Location": "https://evil.example"}))

    with pytest.raises(ContractChanged, match=r"to https://evil\.example:443"):
        sent(server, may_repeat=True)


def test_a_header_that_is_not_allowed_stops_the_system() -> None:
    server = Server(httpx2.LocalProtocolError("illegal header"))

    with pytest.raises(SystemStopped, match="stray characters"):
        sent(server, may_repeat=False)


def test_what_the_way_there_says_is_told_without_keys() -> None:
    server = Server(httpx2.ReadError("s3cret-key was reset"))

    with pytest.raises(Unreachable, match="ReadError") as caught:
        sent(server, may_repeat=True)

    assert "s3cret-key" not in str(caught.value)
    assert len(server.seen) == 4


def test_an_ended_session_waits_for_no_retry() -> None:
    end = End("crmoffice", None)
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        end.come("crmoffice: it was ended")
        raise httpx2.ReadTimeout("slow")

    with pytest.raises(SystemStopped, match="it was ended"):
        above(answer, end).handle_request(request_for(may_repeat=True))

    assert len(asked) == 1
