"""Watch the clocks of many requests from one thread, and ring when one runs out."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(eq=False)
class Clock:
    """Until when somebody may wait, and what is called from then on, once."""

    until: float
    ring: Callable[[], None]


class Watch:
    """The clocks of one session; its thread lives while there are any to look at.

    A clock that begins later mostly runs out later, so the thread sleeps through
    thousands of requests: it looks again when the earliest one that it saw is due.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._running: set[Clock] = set()
        self._looks_at: float | None = None  # None: no thread looks

    def begin(self, seconds: float, ring: Callable[[], None]) -> Clock:
        """Start a clock; `ring` is called from another thread when it runs out."""
        clock = Clock(time.monotonic() + seconds, ring)
        with self._changed:
            self._running.add(clock)
            if self._looks_at is None:
                self._looks_at = clock.until
                threading.Thread(target=self._look, name="watch", daemon=True).start()
            elif clock.until < self._looks_at:
                self._changed.notify()
        return clock

    def end(self, clock: Clock) -> None:
        """Stop a clock, so that it does not ring any more."""
        with self._changed:
            self._running.discard(clock)

    def close(self) -> None:
        """Let the thread end, if no clock is running."""
        with self._changed:
            self._changed.notify()

    def _look(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                due = [clock for clock in self._running if clock.until <= now]
                self._running.difference_update(due)
                if not due and not self._running:
                    self._looks_at = None
                    return
                if not due:
                    self._looks_at = min(clock.until for clock in self._running)
                    self._changed.wait(self._looks_at - now)
            for clock in due:
                clock.ring()
