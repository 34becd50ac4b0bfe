"""Systems to push to, and a ledger."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.ledger import Ledger, open_ledger
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


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb") as opened:
        opened.start_run("sync")
        yield opened
