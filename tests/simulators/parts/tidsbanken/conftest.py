"""The simulated Tidsbanken, without a limit."""

from collections.abc import Iterator

import httpx2
import pytest

from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.parts.tidsbanken.talk import UNLIMITED, connect


@pytest.fixture
def bank(store: Store, clock: VirtualClock) -> Simulator:
    return tidsbanken.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(bank: Simulator) -> Iterator[httpx2.Client]:
    with connect(bank) as http:
        yield http
