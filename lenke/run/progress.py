"""How far a long stage has come, in words: how much, how fast, how long still."""

import threading
import time
from collections.abc import Callable

# Whoever looks on is told so often at most, and of a speed when there was time for one.
_SECONDS_BETWEEN = 0.25
_SECONDS_UNTIL_A_RATE = 2.0


class Counter:
    """Counts what is done, from several threads, and tells it to whoever looks on.

    `what` is counted (`writes`), up to `total` where that is known. `ticks` are seconds
    that never go back.
    """

    def __init__(
        self,
        what: str,
        total: int | None,
        tell: Callable[[str], None],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what = what
        self._total = total
        self._tell = tell
        self._ticks = ticks
        self._lock = threading.Lock()
        self._done = 0
        self._began = ticks()
        self._tells_again = self._began

    def __call__(self, more: int) -> None:
        """Count on."""
        with self._lock:
            self._done += more
            now = self._ticks()
            if now < self._tells_again and self._done != self._total:
                return
            self._tells_again = now + _SECONDS_BETWEEN
            seconds = now - self._began
            self._tell(in_words(self._what, self._done, self._total, seconds))


def in_words(what: str, done: int, total: int | None, seconds: float) -> str:
    """Say how far it is: `12,345 of 101,000 writes (480/s, 3 min left)`.

    The speed is the mean since the beginning: limits let through a burst, then little.
    """
    counted = f"{done:,} {what}" if total is None else f"{done:,} of {total:,} {what}"
    if seconds < _SECONDS_UNTIL_A_RATE or not done:
        return counted
    rate = done / seconds
    speed = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if total is None or done >= total:
        return f"{counted} ({speed})"
    return f"{counted} ({speed}, {_time((total - done) / rate)} left)"


def _time(seconds: float) -> str:
    """Give a time as people say it, to two digits or so."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
