"""What time it is for a simulator: the real time, or the time that a test wants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Give the current time, in UTC."""
    return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        """Start at `now`, which has a time zone."""
        self.now = now

    def __call__(self) -> datetime:
        """Give the time that it stands at."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Move on; has the shape of `time.sleep`, so that waiting takes no time."""
        self.now += timedelta(seconds=seconds)
