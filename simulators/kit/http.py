"""What every simulator does with a request: find its operation, sign in, throttle.

A handler takes a request and gives a response. Handlers are put around one another,
so that a simulator reads from the outside in:

    signed_in(throttled(in_one_commit(database, routed(routes, ...))))
"""

import math
import re
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.clock import Clock as Clock
from simulators.kit.clock import system_clock as system_clock
from simulators.kit.exact_json import dumps, loads
from simulators.kit.store import Database

Handler = Callable[[Request], Response]
Operation = Callable[..., Response]


class Refused(Exception):  # noqa: N818 - an answer of the system, not our failure
    """The system's own rules say no; `response` says so in the system's words."""

    def __init__(self, response: Response) -> None:
        """Keep the answer that a caller over HTTP gets."""
        super().__init__(f"{response.status_code}: {response.get_data(as_text=True)}")
        self.response = response


@dataclass(frozen=True)
class Route:
    """One operation: a method, a pattern for the whole path, and what answers it.

    Named groups of the pattern become keyword arguments of `operation`.
    """

    method: str
    path: str
    operation: Operation


def routed(
    routes: Sequence[Route],
    *,
    not_found: Callable[[Request], Response],
    ignore_case: bool = False,
) -> Handler:
    """Answer each request by its route.

    An unknown path is answered by `not_found`; a known path with another method
    by 405 and an empty body.
    """
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    by_path: dict[str, dict[str, Operation]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = route.operation
    compiled = [(re.compile(path, flags), way) for path, way in by_path.items()]

    def answer(request: Request) -> Response:
        allowed: list[str] = []
        for pattern, operations in compiled:
            found = pattern.fullmatch(request.path)
            if found is None:
                continue
            if request.method in operations:
                return operations[request.method](request, **found.groupdict())
            allowed.extend(operations)
        if allowed:
            return Response(status=405, headers={"Allow": ", ".join(allowed)})
        return not_found(request)

    return answer


def in_one_commit(database: Database, handler: Handler) -> Handler:
    """Answer each request in one transaction; a refused one changes nothing."""

    def answer(request: Request) -> Response:
        with database.transaction():
            return handler(request)

    return answer


def json_response(
    value: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    content_type: str = "application/json; charset=utf-8",
) -> Response:
    """Answer with a JSON body."""
    return text_response(dumps(value), status, headers, content_type)


def text_response(
    text: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    content_type: str = "application/json; charset=utf-8",
) -> Response:
    """Answer with a body that is text already, such as joined stored records."""
    return Response(
        text.encode(), status=status, headers=headers, content_type=content_type
    )


def read_json(request: Request, *, or_refuse: Callable[[str], Refused]) -> object:
    """Give the body as JSON; raises what `or_refuse` makes of the reader's words."""
    data = request.get_data()
    try:
        value: object = loads(data)
        if b"\\u" in data:
            dumps(value).encode()  # half a surrogate pair cannot be stored
        return value
    except ValueError as error:
        raise or_refuse(str(error)) from error


class SlidingWindow:
    """At most `limit` calls in any `seconds`, counted apart for each caller."""

    def __init__(self, limit: int, seconds: float, clock: Clock) -> None:
        """Count by `clock`; a limit of 0 lets everything through."""
        self._limit = limit
        self._span = timedelta(seconds=seconds)
        self._clock = clock
        self._calls: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def seconds_to_wait(self, caller: str) -> int:
        """Count this call and give 0, or give the whole seconds until one may come."""
        if not self._limit:
            return 0
        with self._lock:
            now = self._clock()
            calls = self._calls.setdefault(caller, deque())
            while calls and calls[0] <= now - self._span:
                calls.popleft()
            if len(calls) < self._limit:
                calls.append(now)
                return 0
            return max(1, math.ceil((calls[0] + self._span - now).total_seconds()))


def throttled(
    window: SlidingWindow,
    handler: Handler,
    *,
    caller: Callable[[Request], str],
    too_many: Callable[[Request, int], Response],
) -> Handler:
    """Answer calls beyond the limit with `too_many(request, seconds to wait)`."""

    def answer(request: Request) -> Response:
        wait = window.seconds_to_wait(caller(request))
        return too_many(request, wait) if wait else handler(request)

    return answer
