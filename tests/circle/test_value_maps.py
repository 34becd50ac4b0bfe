"""Codes of one system stand for codes of another: there, back, and without a row."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

FLOW = "tidsbanken_avdeling__custompms_customer"
SHOP = "tidsbanken_avdeling__customwebshop_customer"
AVDELING = "tidsbanken:avdeling:"


def row(source: str, target: str, way_back: str = "null") -> str:
    """Give the change of the seed that adds a row."""
    return (
        f"insert into seeds.value_maps values ('{FLOW}', 'Navn', '{source}', "
        f"'{target}', {way_back}, 'a test')"
    )


MAP = (row("Montasje", "MON"), row("Økonomi", "ADM", "true"), row("Lønn", "ADM"))


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world after its first sync, without any map."""
    with quickly():
        yield synced_in(tmp_path_factory.mktemp("home"))


@contextmanager
def mapped(*more: str) -> Iterator[None]:
    """Let the project system have codes for the names of departments."""
    with seeds_changed(*MAP, *more):
        yield


def names(meeting: Meeting, avdeling: str) -> tuple[str, str, str]:
    """Give the names of a department: its own, in the shop, in the project system."""
    return (
        meeting.get("tidsbanken", "avdeling", avdeling)["Navn"],
        meeting.get("customwebshop", "customer", meeting.linked(SHOP)[avdeling])[
            "name"
        ],
        meeting.get("custompms", "customer", meeting.linked(FLOW)[avdeling])["name"],
    )


def found(meeting: Meeting) -> list[tuple[str, str]]:
    """Give what is held for want of a row."""
    return meeting.ask(
        "select record_key, message from inspection.findings "
        "where kind = 'held_unmapped' order by all"
    )


def in_pms(meeting: Meeting, avdeling: str, name: str) -> None:
    """A person types a name in the project system."""
    key = meeting.linked(FLOW)[avdeling]
    meeting.edit("custompms", "customer", key, name=name)


def test_look(meeting: Meeting) -> None:
    with mapped():
        meeting.sync()
        print(meeting.writes(), names(meeting, "10"), names(meeting, "20"))
        print(
            meeting.ask(
                "select * from inspection.conflicts where source_key like 'tidsbanken:avdeling%'"
            ),
            found(meeting),
        )
        meeting.sync()
        print("quiet", meeting.writes())
        meeting.edit("tidsbanken", "avdeling", "20", Navn="Lønn")
        meeting.sync()
        print(meeting.writes(), names(meeting, "20"))
        meeting.sync()
        print("quiet", meeting.writes())
        in_pms(meeting, "20", "MON")
        meeting.sync()
        print(meeting.writes(), names(meeting, "20"))
        in_pms(meeting, "20", "ADM")
        meeting.sync()
        print(meeting.writes(), names(meeting, "20"))
        meeting.sync()
        print("quiet", meeting.writes())
        in_pms(meeting, "10", 'X,"Y')
        meeting.edit("tidsbanken", "avdeling", "20", Navn="Salg")
        meeting.systems["tidsbanken"].insert(
            "avdeling", {"Id": "30", "Navn": "Ny", "Synlig": True}
        )
        meeting.sync()
        print(meeting.writes(), names(meeting, "10"), names(meeting, "20"))
        print(found(meeting))
        for r in meeting.ask(
            "select record_key, property, sight, outcome, held_because, believed_value, columns(*) from inspection.sights where source_key like 'tidsbanken:avdeling%'"
        ):
            print(r)
        for r in meeting.ask(
            "select * from inspection.findings where record_key like 'tidsbanken:avdeling:30' or kind like 'held_create'"
        ):
            print(r)
        meeting.sync()
        print("quiet", meeting.writes(), found(meeting))
        for r in meeting.ask(
            "select record_key, property, sight, outcome, held_because, believed_value from inspection.sights where source_key like 'tidsbanken:avdeling%'"
        ):
            print(r)
    with mapped(row("Salg", 'X,"Y'), row("Ny", "NY")):
        meeting.sync()
        print(
            meeting.writes(),
            names(meeting, "10"),
            names(meeting, "20"),
            names(meeting, "30"),
            found(meeting),
        )
        meeting.sync()
        print("quiet", meeting.writes())
    assert 0
