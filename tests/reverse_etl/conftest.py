"""Any system, freshly installed and signed in to."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from connections.http.runtime import Runtime
from simulators.kit.clock import VirtualClock
from simulators.kit.store import Store
from simulators.kit.wire import InProcess
from tests.reverse_etl.meeting import START, Meeting


@pytest.fixture
def meet(tmp_path: Path) -> Iterator[Callable[..., Meeting]]:
    """Give `meet(system, **knobs)`; waiting takes no time."""
    with ExitStack() as ended:

        def meeting(system: str, **knobs: Any) -> Meeting:
            clock = VirtualClock(START)
            store = Store()
            simulators = importlib.import_module(f"simulators.{system}")
            simulator = simulators.simulate(store, simulators.Knobs(**knobs), clock)
            connections = importlib.import_module(f"connections.{system}")
            runtime = Runtime(
                home=tmp_path,
                transport_for=lambda _: InProcess(simulator.wsgi, sleep=clock.advance),
                clock=clock,
                ticks=lambda: clock.now.timestamp(),
                sleep=clock.advance,
            )
            settings = simulator.settings("https://simulated.example")
            http = connections.connect(connections.Settings(**settings), runtime)
            ended.callback(store.close)
            ended.callback(http.close)
            return Meeting(simulator, http, clock)

        yield meeting
