"""The simulated Membercare, and a company in it."""

from collections.abc import Iterator

import httpx2
import pytest

from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.membercare import Knobs
from tests.simulators.parts.membercare.talk import EMAIL, NORDLYS, NORWEGIAN, connect


@pytest.fixture
def care(store: Store, clock: VirtualClock) -> Simulator:
    return membercare.simulate(store, Knobs(), clock)


@pytest.fixture
def http(care: Simulator) -> Iterator[httpx2.Client]:
    with connect(care) as http:
        yield http


@pytest.fixture
def company(care: Simulator) -> str:
    """The number of a company that has contacts and a Norwegian number."""
    record = care.insert(
        "companies",
        {
            **NORDLYS,
            "contacts": [EMAIL],
            "addresses": [{"street": "Testgata", "number": "1", "letter": "B"}],
            "businessNumbers": {NORWEGIAN: {"number": "999999999"}},
        },
    )
    return str(record["debtorAccountNumber"])
