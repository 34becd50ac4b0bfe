"""The way between a caller and a simulator, on which an answer may get lost.

A simulator raises `Lost` instead of answering, or while it answers. In process that
becomes the error that httpx2 raises on a real network; over a socket the connection is
closed, after the time that the loss takes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import httpx2
from waitress.channel import ClientDisconnected

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Sleep = Callable[[float], object]


class Lost(Exception):  # noqa: N818 - what becomes of an answer, not our failure
    """No answer, or no more of it; after `seconds` of silence, or at once (0)."""

    def __init__(self, seconds: float = 0.0) -> None:
        """Lose the answer after so many seconds."""
        super().__init__(f"lost after {seconds:g} seconds")
        self.seconds = seconds


class InProcess(httpx2.BaseTransport):
    """Reaches a simulator in this process; `sleep` passes the time that is lost."""

    def __init__(
        self, app: "WSGIApplication", *, sleep: Sleep = lambda _seconds: None
    ) -> None:
        """Reach `app`."""
        self._inner = httpx2.WSGITransport(app=_with_path_as_bytes(app))
        self._sleep = sleep

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request, or raise what httpx2 raises when no answer comes."""
        try:
            answer = self._inner.handle_request(request)
        except Lost as lost:
            raise self._error(lost, request, begun=False) from lost
        return httpx2.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Chunks(self._chunks(answer, request)),
        )

    def _chunks(
        self, answer: httpx2.Response, request: httpx2.Request
    ) -> Iterator[bytes]:
        try:
            yield from answer.iter_raw()
        except Lost as lost:
            raise self._error(lost, request, begun=True) from lost

    def _error(
        self, lost: Lost, request: httpx2.Request, *, begun: bool
    ) -> httpx2.RequestError:
        patience: Any = request.extensions.get("timeout", {})
        allowed = patience.get("read")
        if lost.seconds and (allowed is None or lost.seconds >= allowed):
            self._sleep(lost.seconds if allowed is None else allowed)
            return httpx2.ReadTimeout("timed out", request=request)
        self._sleep(lost.seconds)
        if begun:
            words = "peer closed connection without sending complete message body"
            return httpx2.RemoteProtocolError(words, request=request)
        return httpx2.ReadError("Connection reset by peer", request=request)


def over_sockets(app: "WSGIApplication", *, sleep: Sleep) -> "WSGIApplication":
    """Have the server close the connection when an answer gets lost."""

    def chunks(answer: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from answer
        except Lost as lost:
            sleep(lost.seconds)
            raise ClientDisconnected from lost
        finally:
            getattr(answer, "close", lambda: None)()

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            return chunks(app(environ, start_response))
        except Lost as lost:
            sleep(lost.seconds)
            raise ClientDisconnected from lost

    return answer


class _Chunks(httpx2.SyncByteStream):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks


def _with_path_as_bytes(app: "WSGIApplication") -> "WSGIApplication":
    """Hand paths over as PEP 3333 has them, which httpx2 does for ASCII only."""

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return app(environ, start_response)

    return answer
