"""Simulated systems to load from."""

import pytest

from simulators import crmoffice, customwebshop
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    return customwebshop.simulate(store, clock=clock)


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, clock=clock)
