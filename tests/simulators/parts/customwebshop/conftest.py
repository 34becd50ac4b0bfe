"""The simulated web shop."""

from collections.abc import Callable

import httpx2
import pytest

from simulators import customwebshop
from simulators.customwebshop import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    return customwebshop.simulate(store, Knobs(rate_limit_per_minute=0), clock)


@pytest.fixture
def http(
    shop: Simulator, client: Callable[[Simulator], httpx2.Client]
) -> httpx2.Client:
    return client(shop)
