"""Faults over whole runs: writes that get lost, and what the next runs make of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from lenke.run.surroundings import Surroundings
from simulators.faults.plan import Fault, Faults
from simulators.kit.wire import InProcess
from tests.circle.conftest import Meeting, meeting_in, quickly

LOST_CONTACTS = ("timeout_after", "timeout_before", "reset_after")
LOST_CUSTOMERS = ("error_after", "html_after", "html_before")


@dataclass(frozen=True)
class Lossy(Meeting):
    """Six systems whose answers may get lost."""

    @property
    def around(self) -> Surroundings:
        """The systems over a transport on which time passes."""
        return Surroundings(
            transport_for=lambda name: InProcess(
                self.systems[name].wsgi, sleep=self.clock.advance
            ),
            clock=self.clock,
        )


@dataclass(frozen=True)
class Story:
    """A first run full of faults, a second that looks, and a third without either."""

    meeting: Lossy
    faults: Faults
    writes: list[dict[str, int]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Tell it once; the tests look at how it ended."""
    with quickly():
        yield _told(meeting_in(tmp_path_factory.mktemp("home")))


def _told(made: Meeting) -> Story:
    meeting = Lossy(made.home, made.systems, made.clock)
    clock = meeting.clock
    faults = Faults(meeting.systems, clock=clock, sleep=clock.advance)
    for kind in LOST_CONTACTS:
        faults.add(Fault(kind, "crmoffice", "create", "contacts"))
    for kind in LOST_CUSTOMERS:
        faults.add(Fault(kind, "customwebshop", "create", "customer"))
    faults.add(
        Fault("stored_truncated", "custompms", "create", "customer", member="name")
    )
    writes = []
    for _ in range(3):
        meeting.sync()
        writes.append(meeting.writes())
        clock.advance(600)
    return Story(meeting, faults, writes)


def test_every_fault_of_the_story_happened(story: Story) -> None:
    assert story.faults.missed == []


def test_creates_that_get_lost_end_in_one_record_each(story: Story) -> None:
    systems = story.meeting.systems
    numbers = [row["Id"] for row in systems["tidsbanken"].records("ansatt")]
    names = [row["Navn"] for row in systems["tidsbanken"].records("kunde")]

    phones = [row["mobilePhone"] for row in systems["crmoffice"].records("contacts")]
    customers = [row["name"] for row in systems["customwebshop"].records("customer")]

    assert [phones.count(f"+4790000{number}") for number in numbers] == [1] * 5
    assert [customers.count(name) for name in names] == [1] * 4
    assert len(story.meeting.linked("tidsbanken_ansatt__crmoffice_contacts")) == 5
    assert len(story.meeting.linked("tidsbanken_kunde__customwebshop_customer")) == 4


def test_a_name_that_was_cut_when_it_was_stored_never_travels_back(
    story: Story,
) -> None:
    bank = story.meeting.systems["tidsbanken"]
    names = [row["Navn"] for row in [*bank.records("kunde"), *bank.records("avdeling")]]
    cut = [
        row["name"]
        for row in story.meeting.systems["custompms"].records("customer")
        if row["name"] not in names
    ]

    found = story.meeting.ask(
        "select record_key from inspection.findings "
        "where kind = 'held_unexplained_answer'"
    )

    assert all(len(name) > 5 for name in names)
    assert [len(name) for name in cut] == [5]
    assert len(found) == 1


def test_the_run_after_the_one_that_looked_writes_nothing(story: Story) -> None:
    assert story.writes[2] == {}
