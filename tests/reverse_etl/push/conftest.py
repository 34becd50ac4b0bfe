"""Systems to push to, a ledger, and the scene before anything goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ledger.ledger import Ledger, open_ledger
from simulators.faults.plan import Faults
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.push.scene import PLACES, Scene


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


@pytest.fixture
def stage(
    tmp_path: Any, meet: Callable[..., Meeting]
) -> Iterator[Callable[..., Scene]]:
    """Give `stage(system, operation)`; a fault that does not happen is an error."""
    scenes: list[Scene] = []

    def stage(name: str, operation: str) -> Scene:
        meeting = meet(name)
        entity, _, member, more = PLACES[name]
        if operation == "update":
            meeting.simulator.insert(entity, {member: "Gammel", **more})
        ledger = opened.enter_context(
            open_ledger(tmp_path / "ledger.duckdb", clock=meeting.clock)
        )
        clock = meeting.clock
        faults = Faults({name: meeting.simulator}, clock=clock, sleep=clock.advance)
        scenes.append(Scene(meeting, ledger, faults))
        ledger.start_run("sync")
        return scenes[-1]

    with ExitStack() as opened:
        yield stage
    assert [scene.faults.missed for scene in scenes] == [[]] * len(scenes)
