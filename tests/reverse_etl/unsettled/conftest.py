"""Systems whose writes lose their answers."""

from collections.abc import Callable

import pytest

from tests.reverse_etl.meeting import Meeting


@pytest.fixture
def shop(meet: Callable[..., Meeting]) -> Meeting:
    return meet("customwebshop")


@pytest.fixture
def crm(meet: Callable[..., Meeting]) -> Meeting:
    meeting = meet("crmoffice")
    meeting.http.get("/contacts")  # signed in, so that a POST is a create
    meeting.simulator.requests.clear()
    return meeting
