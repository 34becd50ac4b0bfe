"""A property that is off rests: nothing is lost, and it is merged when it wakes."""

from collections.abc import Iterator

import pytest

from tests.circle.conftest import Meeting, quickly, synced_in
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
OFF = (
    "update seeds.property_mappings set is_enabled = false "
    f"where flow = '{CONTACTS}' and source_property = 'Mobil'"
)


@pytest.fixture
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world after its first sync."""
    with quickly():
        yield synced_in(tmp_path_factory.mktemp("home"))


def phones(meeting: Meeting, ansatt: str) -> tuple[str, str]:
    """Give the phones of an Ansatt and of their contact."""
    contact = meeting.linked(CONTACTS)[ansatt]
    return (
        meeting.get("tidsbanken", "ansatt", ansatt)["Mobil"],
        meeting.get("crmoffice", "contacts", contact)["mobilePhone"],
    )


def test_an_edit_on_each_side_is_merged_when_the_property_wakes(
    meeting: Meeting,
) -> None:
    linked = meeting.linked(CONTACTS)
    with seeds_changed(OFF):
        meeting.edit("tidsbanken", "ansatt", "411", Mobil="91000001")
        meeting.edit("crmoffice", "contacts", linked["411"], mobilePhone="+4791000002")
        meeting.edit("crmoffice", "contacts", linked["412"], mobilePhone="+4791000003")
        meeting.edit("tidsbanken", "ansatt", "415", Mobil="91000004")
        meeting.sync()
        assert "crmoffice" not in meeting.writes()
        assert phones(meeting, "411") == ("91000001", "+4791000002")
        assert phones(meeting, "412")[1] == "+4791000003"
        meeting.sync()
        assert meeting.writes() == {}

    meeting.sync()

    assert phones(meeting, "411") == ("+4791000002", "+4791000002")
    assert phones(meeting, "412") == ("+4791000003", "+4791000003")
    assert phones(meeting, "415") == ("91000004", "+4791000004")
    assert ("+4791000001",) in meeting.ask(
        "select losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:ansatt:411' and property = 'Mobil'"
    )
    meeting.sync()
    assert meeting.writes() == {}
