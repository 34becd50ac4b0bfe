"""Receiving one answer to its end, within bounds of time and size."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest

from connections.http import receive
from connections.http.end import End
from connections.http.errors import SystemStopped, Unreachable, Unsure
from connections.http.receive import MOST_BYTES, Receiving, TooMuch
from connections.http.sending import Terms, with_terms
from tests.connections.http.scripted import Clock, session_with


def received(answer: Callable[[httpx2.Request], httpx2.Response]) -> httpx2.Response:
    """Receive an answer of a hundred bytes at most."""
    clock = Clock()
    layer = Receiving(
        httpx2.MockTransport(answer),
        "crmoffice",
        End("crmoffice", clock.sleep),
        silence=30,
        ticks=lambda: clock.seconds,
    )
    terms = Terms(may_repeat=True, most_bytes=100)
    return layer.handle_request(
        httpx2.Request("GET", "https://api.example/x", extensions=with_terms(terms))
    )


@pytest.mark.parametrize("length", [0, 1, 100])
def test_an_answer_within_its_bound_comes_whole_and_unpacked(length: int) -> None:
    text = b" " * length
    headers = {"Content-Encoding": "gzip", "Content-Length": "7"}

    plain = received(lambda _: httpx2.Response(200, content=text))
    packed = received(
        lambda _: httpx2.Response(200, headers=headers, content=gzip.compress(text))
    )

    assert plain.content == packed.content == text
    assert "Content-Encoding" not in packed.headers


def test_an_answer_beyond_its_bound_is_too_much_packed_or_not() -> None:
    text, headers = b" " * 101, {"Content-Encoding": "gzip"}

    with pytest.raises(TooMuch, match="more than 100 bytes"):
        received(lambda _: httpx2.Response(200, content=text))
    with pytest.raises(TooMuch, match="more than 100 bytes"):
        received(
            lambda _: httpx2.Response(200, headers=headers, content=gzip.compress(text))
        )


def test_a_packing_that_breaks_off_is_no_answer() -> None:
    headers, half = {"Content-Encoding": "gzip"}, gzip.compress(b"whole")[:-9]

    with pytest.raises(httpx2.DecodingError, match="can't be unpacked to its end"):
        received(lambda _: httpx2.Response(200, headers=headers, content=half))


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_read_to_its_end() -> None:
    packed = gzip.compress(b" " * (MOST_BYTES + 1))

    def answer(request: httpx2.Request) -> httpx2.Response:
        headers = {"Content-Encoding": "gzip"}
        return httpx2.Response(200, headers=headers, content=packed)

    with pytest.raises(Unreachable, match="bytes"):
        session_with(answer).get("/projects")


def test_a_packed_answer_is_read() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        headers = {"Content-Encoding": "gzip"}
        return httpx2.Response(200, headers=headers, content=gzip.compress(b"[1]"))

    assert session_with(answer).get("/projects").json() == [1]


def test_an_answer_to_a_sign_in_is_small() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b'"' + b"k" * 70_000 + b'"')

    with pytest.raises(Unreachable, match="more than 65,536 bytes"):
        session_with(answer).ask_for_token(
            "https://api.example/token", form={}, may_repeat=True
        )


@contextmanager
def drip(text: bytes, every: float) -> Iterator[str]:
    """Serve one connection, a byte at a time; give its origin."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                for byte in text:
                    if stop.wait(every):
                        return
                    try:
                        connection.send(bytes([byte]))
                    except OSError:
                        return

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        thread.join()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_chunk_that_never_begins_ends_the_session_after_some_silences(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "TIMES_A_SILENCE", 1.5)
    began = time.monotonic()
    text = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * 500

    with drip(text, every=0.01) as origin:
        http = session_with(None, origin, timeout_seconds=0.4)
        with pytest.raises(SystemStopped if method == "GET" else Unsure):
            http.request(method, "/projects", json={} if method == "POST" else None)

    assert 0.6 <= time.monotonic() - began < 4


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_headers_byte_by_byte_end_the_session_after_some_silences(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "TIMES_A_SILENCE", 1.5)
    began = time.monotonic()

    with drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500, every=0.01) as origin:
        http = session_with(None, origin, timeout_seconds=0.4)
        with pytest.raises(SystemStopped if method == "GET" else Unsure) as caught:
            http.request(method, "/projects", json={} if method == "POST" else None)
        with pytest.raises(SystemStopped, match="not answered to the end"):
            http.get("/projects")

    assert isinstance(caught.value, Unsure) or "not answered" in str(caught.value)
    assert 0.6 <= time.monotonic() - began < 3
