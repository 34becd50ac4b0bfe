"""Keep to a system's limit, so that 429 stays rare."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import httpx2
from pyrate_limiter import InMemoryBucket, Rate, RateItem

# A request may arrive a little early, because its predecessor arrived late. So our
# window is longer than the system's, by a share of it but by this at most.
_SLACK_SHARE = 0.05
_MOST_SLACK_MS = 250


@dataclass(frozen=True)
class Limit:
    """At most `requests` in any window of `seconds`; a burst within it is allowed."""

    requests: int
    seconds: float


def per_second(requests: float) -> Limit:
    """Give the limit for a number of requests per second, which may be below one."""
    if requests >= 1:
        return Limit(requests=round(requests), seconds=1.0)
    return Limit(requests=1, seconds=1.0 / requests)


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
        window_ms = limit.seconds * 1000
        slack_ms = min(window_ms * _SLACK_SHARE, _MOST_SLACK_MS)
        self._below = below
        self._bucket = InMemoryBucket([Rate(limit.requests, int(window_ms + slack_ms))])
        self._ticks = ticks
        self._sleep = sleep
        self._lock = threading.Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request when its turn has come; sleep until then."""
        while (seconds := self._seconds_until_room()) > 0:
            self._sleep(seconds)
        return self._below.handle_request(request)

    def close(self) -> None:
        """Close what is below."""
        self._below.close()

    def _seconds_until_room(self) -> float:
        with self._lock:
            now_ms = int(self._ticks() * 1000)
            self._bucket.leak(now_ms)
            item = RateItem("request", now_ms)
            if self._bucket.put(item):
                return 0.0
            waiting = self._bucket.waiting(item)
            if not isinstance(waiting, int):
                raise TypeError("an in-memory bucket answers at once")
            return max(waiting, 1) / 1000
