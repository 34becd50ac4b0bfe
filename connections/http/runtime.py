"""What a session takes from its surroundings."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _over_the_network(_system: str) -> httpx2.BaseTransport | None:
    return None


@dataclass(frozen=True)
class Runtime:
    """Home, time and network; tests replace all but the first.

    `home` is LENKE_HOME. `transport_for` gives a system's transport (None: the
    network). `clock` is the wall clock in UTC; `ticks` are seconds that never go back.
    A `sleep` of None waits in a way that `Http.close` ends at once.
    """

    home: Path
    timeout_seconds: float = 30.0
    transport_for: Callable[[str], httpx2.BaseTransport | None] = _over_the_network
    clock: Callable[[], datetime] = _utc_now
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] | None = None
