"""The simulated CRM-Office, without a limit."""

import httpx2
import pytest

from simulators import crmoffice
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.parts.crmoffice.talk import UNLIMITED, Connect


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(crm: Simulator, client: Connect) -> httpx2.Client:
    return client(crm)
