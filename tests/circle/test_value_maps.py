"""Codes of one system stand for codes of another: there, back, and without a row."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

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


def lines_to_add(meeting: Meeting) -> set[str]:
    """Give the lines that findings say to add to the map."""
    rows = meeting.ask(
        "select message from inspection.findings where message like '%value_maps.csv%'"
    )
    return {
        re.sub(r".*add to value_maps\.csv: (.*)\)\.", r"\1", message)
        for (message,) in rows
    }


def in_pms(meeting: Meeting, avdeling: str, name: str) -> None:
    """A person types a name in the project system."""
    key = meeting.linked(FLOW)[avdeling]
    meeting.edit("custompms", "customer", key, name=name)


def test_codes_go_there_and_back_and_one_without_a_row_waits(meeting: Meeting) -> None:
    with mapped():
        meeting.sync()
        # A row that is new is nobody's edit: who had another code gets this one.
        assert meeting.writes() == {"custompms": 2}
        assert names(meeting, "10") == ("Montasje", "Montasje", "MON")
        assert names(meeting, "20") == ("Økonomi", "Økonomi", "ADM")

        meeting.edit("tidsbanken", "avdeling", "20", Navn="Lønn")
        in_pms(meeting, "10", 'X,"Y')
        meeting.systems["tidsbanken"].insert(
            "avdeling", {"Id": "30", "Navn": "Ny", "Synlig": True}
        )
        meeting.sync()
        # Two values have one code, so the project system holds it already.
        assert meeting.writes() == {"customwebshop": 2}
        assert names(meeting, "20") == ("Lønn", "Lønn", "ADM")
        assert names(meeting, "10") == ("Montasje", "Montasje", 'X,"Y')
        assert "30" not in meeting.linked(FLOW)
        typed = f'{FLOW},Navn,SOURCE_VALUE,"X,""Y",,WHY'
        assert lines_to_add(meeting) == {
            f'{FLOW},Navn,"Ny",TARGET_VALUE,,WHY',
            typed,
        }

        in_pms(meeting, "20", "MON")
        meeting.sync()
        assert names(meeting, "20") == ("Montasje", "Montasje", "MON")
        in_pms(meeting, "20", "ADM")
        meeting.sync()
        # What a person types there means what the way back says.
        assert names(meeting, "20") == ("Økonomi", "Økonomi", "ADM")
        assert typed in lines_to_add(meeting)

    added = row("Salg", 'X,"Y'), row("Ny", "NY")
    with mapped(*added):
        meeting.sync()
        assert names(meeting, "10") == ("Salg", "Salg", 'X,"Y')
        assert names(meeting, "30") == ("Ny", "Ny", "NY")
        assert lines_to_add(meeting) == set()
    with mapped(
        *added,
        "update seeds.value_maps set target_value = 'S' where source_value = 'Salg'",
    ):
        meeting.sync()
        assert meeting.writes() == {"custompms": 1}
        assert names(meeting, "10") == ("Salg", "Salg", "S")
    with mapped(row("Ny", "NY")):
        meeting.sync()
        # A row that is gone empties nothing, and is no edit either.
        assert meeting.writes() == {}
        assert names(meeting, "10") == ("Salg", "Salg", "S")
        assert lines_to_add(meeting) == {f'{FLOW},Navn,"Salg",TARGET_VALUE,,WHY'}
    assert (
        meeting.ask("select * from inspection.conflicts where rule <> 'first_meeting'")
        == []
    )
