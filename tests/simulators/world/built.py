"""What a test of an invented world looks at."""

from collections.abc import Mapping
from typing import Any

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record
from simulators.kit.stage import open_simulators
from simulators.world.build import (
    SMALL,
    WorldSummary,
    build_world,
)

CONTACT_PERSONS = "tidsbanken_ansatt__powerofficego_contactperson"
EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"
CUSTOMERS = "tidsbanken_kunde__powerofficego_customers"
Simulators = dict[str, Simulator]


def contents(simulators: Mapping[str, Simulator], world: WorldSummary) -> Any:
    return {
        (system, entity): simulators[system].database[entity].texts()
        for system, entities in world.counts.items()
        for entity in entities
    }


def another_world(clock: VirtualClock, seed: int) -> Any:
    simulators = open_simulators(clock=clock)
    world = build_world(simulators, seed=seed, size=SMALL, clock=clock)
    return contents(simulators, world)


def by_key(simulators: Simulators, record_key: str) -> Record:
    system, entity, own_id = record_key.split(":")
    found = simulators[system].get(entity, own_id)
    assert found is not None
    return found
