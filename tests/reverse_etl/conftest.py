"""Any system, freshly installed and signed in to."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from connections._runtime import Runtime
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._store import Store
from tests.reverse_etl._meeting import START, Meeting


def _served(simulator: Simulator) -> Callable[..., Iterable[bytes]]:
    """Hand paths over as PEP 3333 has them, which httpx does for ASCII only."""

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return simulator.wsgi(environ, start_response)

    return app


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
                transport_for=lambda _: httpx.WSGITransport(app=_served(simulator)),
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
