"""What a kill is, what a run was, and what time it is meanwhile."""

import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Kill:
    """Where a run dies.

    At the n-th time that it reaches `point`, `after_seconds`, or when its n-th request
    arrives: `before` or `after` that was applied (`request`).
    """

    point: str | None = None
    request: str | None = None
    number: int = 1
    after_seconds: float | None = None

    def __str__(self) -> str:
        """Say it in a way that a report can hold."""
        if self.after_seconds is not None:
            return f"after {self.after_seconds:.2f} s"
        if self.point is not None:
            return f"{self.point} #{self.number}"
        return f"request #{self.number}, {self.request} it is applied"


@dataclass(frozen=True)
class Ran:
    """How a run went; `points` are those that it reached, `words` its output."""

    code: int
    words: str
    points: list[str]
    requests: int
    writes: int
    seconds: float

    @property
    def was_killed(self) -> bool:
        """Say whether SIGKILL ended it."""
        return self.code == -signal.SIGKILL


@dataclass
class Clock:
    """The real time, some seconds off."""

    offset: float = 0.0

    def __call__(self) -> datetime:
        """Give the time in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.offset += seconds
