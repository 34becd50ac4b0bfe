"""Keep to a system's limit, so that 429 stays rare, and yet use nearly all of it."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

# A request may arrive a little early, because its predecessor arrived late. So our
# window is longer than the system's, by a share of it but by this at most. An answer
# that comes before that proves more: its request had arrived by then.
_SLACK_SHARE = 0.1
_MOST_SLACK = 0.25

# Seconds after which a turn is looked at again that should have begun by now.
_A_LITTLE = 0.001

# Requests that are under way at once: those of a tenth of a second, within bounds. A
# write takes so long with its commit and its answer, on a machine that is busy.
FEWEST_AT_ONCE = 8
MOST_AT_ONCE = 48
_PARTS_OF_A_SECOND = 10


@dataclass(frozen=True)
class Limit:
    """At most `requests` in any window of `seconds`; a burst within it is allowed."""

    requests: int
    seconds: float

    @property
    def at_once(self) -> int:
        """How many requests should be under way, so that the limit is made use of."""
        wanted = round(self.requests / self.seconds / _PARTS_OF_A_SECOND)
        return min(max(wanted, FEWEST_AT_ONCE), MOST_AT_ONCE)


def per_second(requests: float) -> Limit:
    """Give the limit for a number of requests per second, which may be below one."""
    if requests >= 1:
        return Limit(requests=round(requests), seconds=1.0)
    return Limit(requests=1, seconds=1.0 / requests)


@dataclass(eq=False)
class _Turn:
    """One request's place in the window; `over` is when the next can have it.

    Before it `has_begun`, that is what it will be at the earliest.
    """

    over: float
    has_begun: bool = False


class Pacing(httpx2.BaseTransport):
    """Lets a request through when the limit has room; shared by several threads.

    `ticks` gives seconds on a clock that never goes back.
    """

    def __init__(
        self,
        below: httpx2.BaseTransport,
        limit: Limit,
        *,
        ticks: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._below = below
        self._most = limit.requests
        self._window = limit.seconds
        self._slack = min(limit.seconds * _SLACK_SHARE, _MOST_SLACK)
        self._ticks = ticks
        self._sleep = sleep
        self._lock = threading.Lock()
        self._turns: deque[_Turn] = deque()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request when its turn has come; sleep until then."""
        turn = self._turn()
        try:
            return self._below.handle_request(request)
        finally:
            turn.over = min(turn.over, self._ticks() + self._window)

    def close(self) -> None:
        """Close what is below."""
        self._below.close()

    def _turn(self) -> _Turn:
        """Give a turn that has come, after that of the request a whole limit before."""
        before = None
        with self._lock:
            if len(self._turns) == self._most:
                before = self._turns.popleft()
            from_now = self._ticks() if before is None else before.over
            turn = _Turn(from_now + self._window + self._slack)
            self._turns.append(turn)
        try:
            while before is not None and (seconds := self._seconds_until(before)) > 0:
                self._sleep(seconds)
        finally:
            turn.over = self._ticks() + self._window + self._slack
            turn.has_begun = True
        return turn

    def _seconds_until(self, before: _Turn) -> float:
        seconds = before.over - self._ticks()
        return seconds if before.has_begun else max(seconds, _A_LITTLE)
