"""The wire between Lenke and a simulator, which does harm at the request it is told.

Everything happens in the caller's thread, so a schedule is the same each time.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from simulators._core import Simulator

READS = (
    "read_timeout",
    "reset",
    "error_500",
    "error_503",
    "error_429",
    "error_401",
    "html",
    "cut_json",
    "stale_page",
    "twice",
    "left_out",
    "empty",
)
WRITES = (
    "timeout_before",
    "timeout_after",
    "applied_late",
    "reset_after",
    "error_500_after",
    "error_503",
    "error_429",
    "error_401",
    "html_after",
    "cut_json_after",
    "ignored",
    "refused",
)
KILLS = ("killed_before", "killed_after")


class Killed(BaseException):
    """The process is gone: nothing more is sent or written down."""


@dataclass
class Mischief:
    """What goes wrong, and what did: (system, number of the request) -> kind.

    Numbers count the requests to one system in a run, without those that sign in.
    A kind that does not fit the request (a stale page of a write) is put off to the
    next one that it fits.
    """

    planned: dict[tuple[str, int], str] = field(default_factory=dict)
    between: dict[tuple[str, int], Callable[[httpx.Request], None]] = field(
        default_factory=dict
    )
    reached: Counter[str] = field(default_factory=Counter)
    is_dead: bool = False
    late: list[Callable[[], None]] = field(default_factory=list)

    def clear(self) -> None:
        """Plan nothing more, and let the process live again."""
        self.planned.clear()
        self.between.clear()
        self.is_dead = False


class Wire(httpx.BaseTransport):
    """A transport to one simulator."""

    def __init__(
        self, simulator: Simulator, mischief: Mischief, tick: Callable[[], None]
    ) -> None:
        self._simulator = simulator
        self._inner = httpx.WSGITransport(app=_with_whole_paths(simulator.wsgi))
        self._mischief = mischief
        self._tick = tick
        self._number = 0
        self._pages: dict[str, bytes] = {}

    def begin(self) -> None:
        """Count the requests of a run anew."""
        self._number = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on, or not, as planned."""
        mischief = self._mischief
        if mischief.is_dead:
            raise Killed
        self._tick()
        if request.url.path.lower().endswith("/token"):
            return self._passed(request)
        self._number += 1
        place = (self._simulator.system, self._number)
        if place in mischief.between:
            mischief.between.pop(place)(request)
            mischief.reached["edit_between"] += 1
        kind = mischief.planned.pop(place, None)
        if kind is None:
            return self._noted(request, self._passed(request))
        fits = KILLS + (READS if request.method == "GET" else WRITES)
        if kind not in fits:
            mischief.planned.setdefault((place[0], self._number + 1), kind)
            return self._noted(request, self._passed(request))
        return self._harmed(kind, request)

    def _harmed(self, kind: str, request: httpx.Request) -> httpx.Response:
        reached = self._mischief.reached
        if kind in ("stale_page", "twice", "left_out", "empty"):
            answer = self._noted(request, self._passed(request))
            changed = _other_list(kind, answer, self._pages.get(f"old {request.url}"))
            if changed is not None:
                reached[kind] += 1
                return httpx.Response(200, content=changed, headers=_JSON)
            return answer
        reached[kind] += 1
        if kind.startswith("killed"):
            if kind == "killed_after":
                self._passed(request)
            self._mischief.is_dead = True
            raise Killed
        if kind == "applied_late":
            self._mischief.late.append(lambda: _drop(self._passed(_again(request))))
            raise httpx.ReadTimeout("no answer in time", request=request)
        if kind == "ignored":
            return self._ignored(request)
        if kind in _AFTER:
            answer = self._passed(request)
            if not answer.is_success:
                return answer
            return _AFTER[kind](answer, request)
        return _BEFORE[kind](request)

    def _ignored(self, request: httpx.Request) -> httpx.Response:
        """Let the system say that all is well, and store nothing."""
        answers = []
        try:
            with self._simulator.database.transaction():
                answers.append(self._passed(request))
                raise _TakenBack
        except _TakenBack:
            return answers[0]

    def _passed(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        answer.read()
        return answer

    def _noted(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        """Keep what a list said, to say it again when it is no longer true."""
        if request.method == "GET" and answer.is_success:
            key = str(request.url)
            if key in self._pages:
                self._pages[f"old {key}"] = self._pages[key]
            self._pages[key] = answer.content
        return answer


class _TakenBack(Exception):  # noqa: N818 - not an error
    """What was done is undone."""


_JSON = {"Content-Type": "application/json"}
_HTML = "<html><body>Logg inn</body></html>"


def _timeout(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("no answer in time", request=request)


def _reset(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("connection reset", request=request)


def _answered(status: int, **headers: str) -> Callable[..., httpx.Response]:
    def answer(*_: object) -> httpx.Response:
        return httpx.Response(status, json={"message": "no"}, headers=headers)

    return answer


def _html(*_: object) -> httpx.Response:
    return httpx.Response(200, html=_HTML)


def _cut(answer: httpx.Response, *_: object) -> httpx.Response:
    return httpx.Response(200, content=answer.content[:-7] or b"{", headers=_JSON)


_BEFORE: dict[str, Callable[..., httpx.Response]] = {
    "read_timeout": _timeout,
    "timeout_before": _timeout,
    "reset": _reset,
    "error_500": _answered(500),
    "error_503": _answered(503),
    "error_429": _answered(429, **{"Retry-After": "2"}),
    "error_401": _answered(401),
    "html": _html,
    "cut_json": lambda _request: httpx.Response(
        200, content=b'{"data": [{"id"', headers=_JSON
    ),
    "refused": _answered(400),
}
_AFTER: dict[str, Callable[..., httpx.Response]] = {
    "timeout_after": lambda _answer, request: _timeout(request),
    "reset_after": lambda _answer, request: _reset(request),
    "error_500_after": _answered(500),
    "html_after": _html,
    "cut_json_after": _cut,
}


def _other_list(kind: str, answer: httpx.Response, old: bytes | None) -> bytes | None:
    if not answer.is_success:
        return None
    if kind == "stale_page":
        return old if old != answer.content else None
    try:
        body = json.loads(answer.content)
    except ValueError:
        return None
    records = _records_in(body)
    if not records:
        return None
    if kind == "twice":
        records.append(records[0])
    elif kind == "left_out":
        del records[len(records) // 2]
    else:
        records.clear()
    return json.dumps(body).encode()


def _records_in(body: Any) -> list[Any] | None:
    if isinstance(body, list):
        return body if body and isinstance(body[0], dict) else None
    if isinstance(body, dict):
        for inside in body.values():
            if isinstance(inside, list) and inside and isinstance(inside[0], dict):
                return inside
    return None


def _again(request: httpx.Request) -> httpx.Request:
    return httpx.Request(
        request.method, request.url, headers=request.headers, content=request.content
    )


def _drop(_answer: httpx.Response) -> None:
    """Nobody listens any more."""


def _with_whole_paths(app: Any) -> Any:
    """httpx decodes paths as latin-1 for WSGI; give them as WSGI wants them."""

    def answer(environ: Any, start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        environ["PATH_INFO"] = path.encode("utf-8").decode("latin-1")
        return app(environ, start_response)

    return answer
