"""A small world in every simulated system."""

import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.stage import open_simulators
from simulators.kit.store import Store
from simulators.world.build import (
    SMALL,
    WorldSummary,
    build_world,
)
from tests.simulators.world.built import Simulators


@pytest.fixture
def simulators(store: Store, clock: VirtualClock) -> Simulators:
    return open_simulators(store, clock=clock)


@pytest.fixture
def world(simulators: Simulators, clock: VirtualClock) -> WorldSummary:
    return build_world(simulators, seed=1, size=SMALL, clock=clock)
