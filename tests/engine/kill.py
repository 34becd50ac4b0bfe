"""Kill a run in this process at one of its points."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from connections.machine import crash_points
from tests.engine.wire import Killed, Mischief


@contextmanager
def killed_at(mischief: Mischief, point: str, occurrence: int) -> Iterator[None]:
    """Kill the next run when it comes to a point for the n-th time."""
    seen = 0

    def reached(name: str) -> None:
        nonlocal seen
        if mischief.is_dead:
            raise Killed
        if name == point:
            seen += 1
            if seen == occurrence:
                mischief.reached[f"killed at {point}"] += 1
                mischief.is_dead = True
                raise Killed

    with mock.patch.object(crash_points, "reached", reached):
        yield
