"""What a changed seed does to records that are linked already."""

from tests._compiled import seeds_changed
from tests.circle.conftest import Meeting


def test_a_removed_property_row_rests(meeting: Meeting) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["411"]

    with seeds_changed(
        "delete from seeds.property_mappings where source_property = 'Mobil'"
    ):
        meeting.edit("tidsbanken", "ansatt", "411", Mobil="90011122")
        before = meeting.get("crmoffice", "contacts", contact)["mobilePhone"]
        meeting.sync()
        assert meeting.get("crmoffice", "contacts", contact)["mobilePhone"] == before

    meeting.sync()
    assert meeting.get("crmoffice", "contacts", contact)["mobilePhone"] == "+4790011122"
