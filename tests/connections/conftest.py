"""Sessions with simulators in process, with a clock that a test moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connections.http.client import Http
from connections.http.runtime import Runtime
from connections.settings.read import system_module
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.kit.wire import InProcess


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
def session(tmp_path: Path, clock: VirtualClock) -> Callable[..., Http]:
    """Give `session(simulator, **changed settings)`; LENKE_HOME is `tmp_path`."""

    def session(simulator: Simulator, **changed: object) -> Http:
        module = system_module(simulator.system)
        values = {**simulator.settings("http://localhost"), **changed}
        runtime = Runtime(
            home=tmp_path,
            transport_for=lambda _: InProcess(simulator.wsgi, sleep=clock.advance),
            clock=clock,
            ticks=lambda: clock().timestamp(),
            sleep=clock.advance,
        )
        http: Http = module.connect(module.Settings(**values), runtime)
        return http

    return session
