"""The wire between Lenke and a simulator: people edit between two requests, kills come.

Everything happens in the caller's thread, so a schedule is the same each time. What
goes wrong with answers is declared as faults of the simulators (`_harm`).
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from simulators.kit.core import Simulator
from simulators.kit.wire import InProcess

KILLS = ("killed before a request", "killed after a request")


class Killed(BaseException):
    """The process is gone: nothing more is sent or written down."""


@dataclass
class Mischief:
    """What happens at which request, and what did: (system, number of it).

    Numbers count the requests to one system in a run, without those that sign in.
    """

    kills: dict[tuple[str, int], str] = field(default_factory=dict)
    between: dict[tuple[str, int], Callable[[httpx2.Request], None]] = field(
        default_factory=dict
    )
    reached: Counter[str] = field(default_factory=Counter)
    is_dead: bool = False

    def clear(self) -> None:
        """Plan nothing more, and let the process live again."""
        self.kills.clear()
        self.between.clear()
        self.is_dead = False


@dataclass(frozen=True)
class Veil:
    """What a system shows in place of a member, in all answers."""

    member: str
    shown: str | None

    def over(self, answer: httpx2.Response) -> httpx2.Response:
        """Give an answer as it looks through the veil."""
        body = answer.read()
        if answer.status_code == 200 and body[:1] in (b"[", b"{"):
            body = json.dumps(self._hidden(json.loads(body))).encode()
        headers = [(k, v) for k, v in answer.headers.raw if k != b"content-length"]
        return httpx2.Response(answer.status_code, headers=headers, content=body)

    def _hidden(self, told: Any) -> Any:
        if isinstance(told, list):
            return [self._hidden(each) for each in told]
        if isinstance(told, dict):
            return {
                name: self.shown if name == self.member else self._hidden(value)
                for name, value in told.items()
            }
        return told


class Wire(httpx2.BaseTransport):
    """A transport to one simulator; `pass_time` lets so many seconds pass."""

    def __init__(
        self,
        simulator: Simulator,
        mischief: Mischief,
        pass_time: Callable[[float], object],
    ) -> None:
        self._simulator = simulator
        self._inner = InProcess(simulator.wsgi, sleep=pass_time)
        self._mischief = mischief
        self._pass_time = pass_time
        self._number = 0
        self.veil: Veil | None = None

    def begin(self) -> None:
        """Count the requests of a run anew."""
        self._number = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass a request on, or not, as planned."""
        mischief = self._mischief
        if mischief.is_dead:
            raise Killed
        self._pass_time(0.02)
        if request.url.path.lower().endswith("/token"):
            return self._inner.handle_request(request)
        self._number += 1
        place = (self._simulator.system, self._number)
        if place in mischief.between:
            mischief.between.pop(place)(request)
            mischief.reached["an edit between two requests"] += 1
        kill = mischief.kills.pop(place, None)
        if kill is not None:
            mischief.reached[kill] += 1
            if kill == KILLS[1]:
                self._inner.handle_request(request)
            mischief.is_dead = True
            raise Killed
        answer = self._inner.handle_request(request)
        return answer if self.veil is None else self.veil.over(answer)
