"""Simulators in process, with a clock that a test moves."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

ORIGIN = "http://simulator.test"


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that stands at a quarter past eight on a Monday in March."""
    return VirtualClock(datetime(2025, 3, 3, 8, 15, tzinfo=UTC))


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory."""
    store = Store()
    yield store
    store.close()


@pytest.fixture
def client() -> Iterator[Callable[[Simulator], httpx2.Client]]:
    """Give a signed-in HTTP client of a simulator, as the system's contract has it."""
    with ExitStack() as clients:

        def connect(simulator: Simulator) -> httpx2.Client:
            settings = simulator.settings(ORIGIN)
            http = httpx2.Client(
                transport=httpx2.WSGITransport(app=simulator.wsgi),
                base_url=settings["base_url"],
            )
            clients.enter_context(http)
            token = settings.get("token") or _access_token(http, settings)
            http.headers["Authorization"] = f"Bearer {token}"
            return http

        yield connect


def _access_token(http: httpx2.Client, settings: dict[str, str]) -> str:
    form = {
        "grant_type": "refresh_token",
        "client_id": settings["client_id"],
        "client_secret": settings["client_secret"],
        "refresh_token": settings["refresh_token"],
    }
    answer = http.post(settings["token_url"], data=form)
    return str(answer.json()["access_token"])
