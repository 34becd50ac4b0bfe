"""A system that answers from a script, and a session with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from connections.http.client import Http
from connections.http.pace import Limit
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials

BASE = "https://api.example/api/v1"
NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


class Server:
    """Answers from a script, one step per request; the last step is repeated."""

    def __init__(self, *steps: httpx2.Response | Exception) -> None:
        self.steps = list(steps)
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return httpx2.Response(
            step.status_code, headers=step.headers, content=step.read()
        )


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def session(
    server: Callable[[httpx2.Request], httpx2.Response],
    clock: Clock | None = None,
    *,
    base_url: str = BASE,
    limit: Limit | None = None,
    sign_in: Callable[[Http], Credentials] | None = None,
) -> Http:
    clock = clock or Clock()
    return Http(
        "crmoffice",
        base_url,
        sign_in=sign_in
        or (lambda _http: Credentials({"Authorization": "Bearer abcd"})),
        limit=limit,
        runtime=Runtime(
            home=Path("unused"),
            transport_for=lambda _system: httpx2.MockTransport(server),
            clock=lambda: NOON,
            ticks=lambda: clock.seconds,
            sleep=clock.sleep,
        ),
        secrets=["s3cret-key"],
    )


def session_with(
    answer: Callable[[httpx2.Request], httpx2.Response] | None,
    base_url: str = "https://api.example",
    timeout_seconds: float = 30,
) -> Http:
    """Give a session with a system that answers so, or with the network."""
    transport = httpx2.MockTransport(answer) if answer else None
    runtime = Runtime(
        home=Path("unused"),
        timeout_seconds=timeout_seconds,
        transport_for=lambda _system: transport,
        sleep=None if transport is None else lambda _seconds: None,
    )
    return Http(
        "custompms",
        base_url,
        sign_in=lambda _http: Credentials({"Authorization": "Bearer abcd"}),
        limit=None,
        runtime=runtime,
    )
