"""The scene, before anything goes wrong."""

import pytest

from simulators.faults.plan import Faults
from simulators.kit.clock import VirtualClock
from simulators.kit.stage import open_simulators, without_rate_limits
from simulators.kit.store import Store
from tests.simulators.faults.scene import Scene


@pytest.fixture
def scene(store: Store, clock: VirtualClock) -> Scene:
    """The scene, before anything goes wrong."""
    systems = open_simulators(store, clock=clock, knobs=without_rate_limits())
    for number, name in enumerate(("Nordlys", "Sørbygg", "Vestmur")):
        clock.advance(1)
        systems["customwebshop"].insert(
            "customer", {"name": name, "phone": f"+47 900 00 00{number}"}
        )
        systems["membercare"].insert("products", {"id": number + 1, "name": name})
    return Scene(systems, Faults(systems, clock=clock, sleep=clock.advance), clock)
