"""Each system of our own contract, simulated."""

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.own_contract.talk import SIMULATE, UNLIMITED, Connect


@pytest.fixture(params=list(SIMULATE))
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def simulator(system: str, store: Store, clock: VirtualClock) -> Simulator:
    return SIMULATE[system](store, UNLIMITED, clock)


@pytest.fixture
def http(simulator: Simulator, client: Connect) -> httpx2.Client:
    return client(simulator)
