"""How long a session may read for one purpose, and how much.

Each answer has its bounds, but a listing may have thousands of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from connections.http.errors import Unreachable


@dataclass(frozen=True)
class Bound:
    """So many seconds and so many bytes at most."""

    seconds: float
    most_bytes: float


@dataclass
class _Allowance:
    what: str
    setting: str
    bound: Bound
    until: float
    received: int = 0


class Allowances:
    """What one session may still read; one inside the other, as they were begun."""

    def __init__(self, system: str, ticks: Callable[[], float]) -> None:
        self._system = system
        self._ticks = ticks
        self._open: list[_Allowance] = []

    @contextmanager
    def within(self, what: str, setting: str, bound: Bound) -> Iterator[None]:
        """Let no more be read inside than the bound allows, for `what`.

        `setting` is how the settings that raise it begin (`listing_most`). What is
        asked for beyond it raises Unreachable.
        """
        until = self._ticks() + bound.seconds
        allowance = _Allowance(what, setting, bound, until)
        self._open.append(allowance)
        try:
            yield
        finally:
            self._open.remove(allowance)

    def check(self) -> None:
        """Return when one more request is allowed."""
        for each in self._open:
            if self._ticks() > each.until:
                raise self._spent(each, "hours", each.bound.seconds / 3600)
            if each.received > each.bound.most_bytes:
                raise self._spent(each, "gigabytes", each.bound.most_bytes / 2**30)

    def spend(self, received: int) -> None:
        """Take note of what an answer held."""
        for each in self._open:
            each.received += received

    def _spent(self, each: _Allowance, unit: str, number: float) -> Unreachable:
        return Unreachable(
            f"{self._system}: {each.what} takes more than {number:g} {unit}, so it was "
            "not read to its end. Look what it has there; if there is really so much, "
            f"raise {each.setting}_{unit} under [lenke]."
        )


class Counting(httpx2.BaseTransport):
    """Sends what is still allowed, and counts what its answers hold."""

    def __init__(self, below: httpx2.BaseTransport, allowances: Allowances) -> None:
        self._below = below
        self._allowances = allowances

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; Unreachable when its purpose has had what it may have."""
        self._allowances.check()
        response = self._below.handle_request(request)
        self._allowances.spend(len(response.content))
        return response

    def close(self) -> None:
        """Close what is below."""
        self._below.close()
