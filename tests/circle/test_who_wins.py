"""Who wins when several members were edited, where the seeds say so."""

import os
from collections.abc import Iterator

import pytest

from ledger.ledger import open_ledger
from lenke.people import conflicts
from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def policy(choice: str, flow: str = "%") -> str:
    """Let somebody else than the newest win the first name of an Ansatt."""
    return (
        f"update seeds.property_mappings set on_conflict = '{choice}' "
        f"where source_property = 'Fornavn' and flow like '{flow}'"
    )


@pytest.fixture
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world after its first sync."""
    with quickly():
        yield synced_in(tmp_path_factory.mktemp("home"))


def names(meeting: Meeting, ansatt: str) -> tuple[str, str]:
    """Give the first names of an Ansatt and of their contact."""
    contact = meeting.linked(CONTACTS)[ansatt]
    return (
        meeting.get("tidsbanken", "ansatt", ansatt)["Fornavn"],
        meeting.get("crmoffice", "contacts", contact)["givenName"],
    )


def test_the_source_wins_though_another_was_edited_later(meeting: Meeting) -> None:
    with seeds_changed(policy("source")):
        contact = meeting.linked(CONTACTS)["411"]
        meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Først")
        meeting.edit("crmoffice", "contacts", contact, givenName="Sist")
        meeting.sync()
        assert names(meeting, "411") == ("Først", "Først")
        assert ("Sist", "source_wins") in meeting.ask(
            "select losing_value, rule from inspection.conflicts"
        )

        meeting.edit("crmoffice", "contacts", contact, givenName="Alene")
        meeting.sync()

        assert names(meeting, "411") == ("Alene", "Alene")


def test_the_target_of_one_flow_wins_whatever_the_order(meeting: Meeting) -> None:
    with seeds_changed(policy("target", CONTACTS)):
        contact = meeting.linked(CONTACTS)["412"]
        meeting.edit("crmoffice", "contacts", contact, givenName="Kundens")
        meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Senere")

        meeting.sync()

    assert names(meeting, "412") == ("Kundens", "Kundens")
    assert ("Senere", "target_wins") in meeting.ask(
        "select losing_value, rule from inspection.conflicts"
    )


def asked(meeting: Meeting) -> dict[str, str]:
    """Give the ids of the conflicts that a person is asked about, by their values."""
    return dict(
        meeting.ask(
            "select losing_value, conflict_id from inspection.conflicts "
            "where rule = 'ask' and status = 'open'"
        )
    )


def answer(meeting: Meeting, value: str) -> None:
    """Let a person choose one of the values that they are asked about."""
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        conflicts.restore(ledger, asked(meeting)[value], "a test")


def test_nobody_wins_until_a_person_decides_about_what_stands_there(
    meeting: Meeting,
) -> None:
    with seeds_changed(policy("ask")):
        contact = meeting.linked(CONTACTS)["411"]
        meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Kaja")
        meeting.edit("crmoffice", "contacts", contact, givenName="Kine")
        meeting.sync()

        assert names(meeting, "411") == ("Kaja", "Kine")
        assert sorted(asked(meeting)) == ["Kaja", "Kine"]
        assert len(held(meeting)) == 2
        ids = asked(meeting)
        meeting.sync()
        assert meeting.writes() == {}
        assert asked(meeting) == ids
        assert (
            meeting.ask("select * from inspection.findings where kind like 'unc%'")
            == []
        )

        answer(meeting, "Kaja")
        meeting.edit("crmoffice", "contacts", contact, givenName="Karen")
        meeting.sync()

        assert names(meeting, "411") == ("Kaja", "Karen")
        assert sorted(asked(meeting)) == ["Kaja", "Karen"]
        assert [
            (status, "lenke conflicts --rule ask" in details)
            for status, details in meeting.ask(
                "select status, details from inspection.decisions"
            )
        ] == [("not carried out", True)]

        answer(meeting, "Karen")
        meeting.sync()

        assert names(meeting, "411") == ("Karen", "Karen")
        assert asked(meeting) == {}
        assert held(meeting) == []
        assert ("Kaja", "answered", "acknowledged") in meeting.ask(
            "select losing_value, rule, status from inspection.conflicts"
        )
        meeting.home.warehouse.unlink()
        meeting.sync()
        assert meeting.writes() == {}


def held(meeting: Meeting) -> list[tuple[str, str]]:
    """Give what is held because a person is asked, and what they can do."""
    return [
        (record, step)
        for record, step in meeting.ask(
            "select record_key, next_step from inspection.findings "
            "where kind = 'held_needs_decision'"
        )
        if "lenke conflicts --rule ask" in step
    ]


def test_a_question_outlives_a_system_that_can_not_be_read(meeting: Meeting) -> None:
    with seeds_changed(policy("ask")):
        contact = meeting.linked(CONTACTS)["412"]
        meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Olav")
        meeting.edit("crmoffice", "contacts", contact, givenName="Oline")
        meeting.sync()
        url = os.environ.pop("SOURCES__CRMOFFICE__BASE_URL")
        meeting.sync()
        assert sorted(asked(meeting)) == ["Olav", "Oline"]
        os.environ["SOURCES__CRMOFFICE__BASE_URL"] = url

        answer(meeting, "Oline")
        meeting.sync()

    assert names(meeting, "412") == ("Oline", "Oline")
