"""A record is gone: what becomes of its link, of its other side, and of edits there."""

from tests.circle.conftest import Meeting

TO_SHOP = "tidsbanken_kunde__customwebshop_customer"
TO_PMS = "tidsbanken_kunde__custompms_customer"
TO_CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def findings(meeting: Meeting, kind: str) -> dict[str, str]:
    """Give the messages of a kind of finding, by record."""
    return dict(
        meeting.ask(
            f"select record_key, message from inspection.findings where kind = '{kind}'"
        )
    )


def test_a_target_marked_as_deleted_ends_its_link_and_is_undone_by_undeleting(
    meeting: Meeting,
) -> None:
    shop = meeting.linked(TO_SHOP)["K1"]
    key = f"customwebshop:customer:{shop}"
    meeting.edit("tidsbanken", "kunde", "K1", Navn="Omdøpt samtidig")
    meeting.systems["customwebshop"].remove("customer", shop)

    meeting.sync()

    assert "K1" not in meeting.linked(TO_SHOP)
    assert "marked as deleted" in findings(meeting, "record_gone")[key]
    assert meeting.get("tidsbanken", "kunde", "K1")["Navn"] == "Omdøpt samtidig"
    pms = meeting.linked(TO_PMS)["K1"]
    assert meeting.get("custompms", "customer", pms)["name"] == "Omdøpt samtidig"
    assert meeting.ask(
        "select losing_value, status from inspection.conflicts "
        "where rule = 'target_gone' and source_key = 'tidsbanken:kunde:K1'"
    ) == [("Omdøpt samtidig", "open")]
    meeting.sync(full=True)
    assert meeting.writes() == {}

    meeting.edit("customwebshop", "customer", shop, deletedAt=None)
    meeting.sync()

    assert meeting.linked(TO_SHOP)["K1"] == shop
    assert meeting.get("customwebshop", "customer", shop)["name"] == "Omdøpt samtidig"
    assert key not in findings(meeting, "record_gone")
    meeting.sync()
    assert meeting.writes() == {}
