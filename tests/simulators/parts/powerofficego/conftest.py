"""The simulated PowerOffice Go, without a limit."""

from collections.abc import Iterator

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.parts.powerofficego.talk import UNLIMITED, connect


@pytest.fixture
def office(store: Store, clock: VirtualClock) -> Simulator:
    return powerofficego.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(office: Simulator) -> Iterator[httpx2.Client]:
    with connect(office) as http:
        yield http
