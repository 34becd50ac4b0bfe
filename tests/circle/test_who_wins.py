"""Who wins when several members were edited, where the seeds say so."""

from collections.abc import Iterator

import pytest

from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def policy(choice: str, flow: str = "%") -> str:
    """Let somebody else than the newest win the first name of an Ansatt."""
    return (
        f"update seeds.property_mappings set on_conflict = '{choice}' "  # noqa: S608 - text of ours
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
