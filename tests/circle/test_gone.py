"""A record is gone: what becomes of its link, of its other side, and of edits there."""

import pytest

from ledger.ledger import open_ledger
from lenke.people.links import link, pair_of
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

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


@pytest.mark.every_day
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


def test_a_target_that_is_not_there_any_more_ends_its_link_and_no_other(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(TO_CONTACTS)["411"]
    meeting.systems["crmoffice"].remove("contacts", contact)

    meeting.sync(full=True)

    assert "411" not in meeting.linked(TO_CONTACTS)
    assert meeting.linked("tidsbanken_ansatt__powerofficego_employees")["411"]
    assert meeting.writes() == {}
    assert (
        "the target is gone"
        in findings(meeting, "record_gone")[f"crmoffice:contacts:{contact}"]
    )
    meeting.sync(full=True)
    assert meeting.writes() == {}


def test_a_write_that_finds_nothing_says_that_the_record_is_gone(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(TO_CONTACTS)["412"]
    meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Ole")
    meeting.systems["crmoffice"].remove("contacts", contact)

    meeting.sync()

    assert ("crmoffice", "gone") in meeting.ask(
        "select system, status from inspection.writes where operation = 'update'"
    )
    meeting.sync()
    assert "412" not in meeting.linked(TO_CONTACTS)
    assert meeting.writes() == {}


@pytest.mark.every_day
def test_a_source_that_is_gone_leaves_its_targets_alone(meeting: Meeting) -> None:
    shop, pms = meeting.linked(TO_SHOP)["K2"], meeting.linked(TO_PMS)["K2"]
    before = meeting.get("customwebshop", "customer", shop)
    meeting.edit("custompms", "customer", pms, name="Rettet i siste liten")
    removed = meeting.get("tidsbanken", "kunde", "K2")
    meeting.systems["tidsbanken"].remove("kunde", "K2")

    meeting.sync(full=True)

    assert "K2" not in meeting.linked(TO_SHOP) | meeting.linked(TO_PMS)
    assert meeting.get("customwebshop", "customer", shop) == before
    assert meeting.ask(
        "select losing_system, losing_value from inspection.conflicts "
        "where rule = 'source_gone' and source_key = 'tidsbanken:kunde:K2'"
    ) == [("custompms", "Rettet i siste liten")]

    meeting.clock.advance(7200)
    meeting.systems["tidsbanken"].insert("kunde", {**removed, "Id": "K2"})
    meeting.sync(full=True)

    assert meeting.linked(TO_SHOP)["K2"] == shop
    assert meeting.get("customwebshop", "customer", shop)["name"] == (
        "Rettet i siste liten"
    )


def test_a_new_record_under_an_old_key_does_not_take_its_place(
    meeting: Meeting,
) -> None:
    shop = meeting.linked(TO_SHOP)["K3"]
    name = meeting.get("customwebshop", "customer", shop)["name"]
    meeting.systems["tidsbanken"].remove("kunde", "K3")
    meeting.sync(full=True)
    meeting.clock.advance(7200)
    meeting.systems["tidsbanken"].insert("kunde", {"Id": "K3", "Navn": "Helt ny AS"})

    meeting.sync(full=True)

    assert "K3" not in meeting.linked(TO_SHOP)
    assert meeting.writes() == {}
    assert "another one" in findings(meeting, "id_reused")["tidsbanken:kunde:K3"]
    assert meeting.get("customwebshop", "customer", shop)["name"] == name

    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        link(ledger, pair_of(TO_SHOP, "K3", shop), "it is the same customer after all")
    meeting.sync()

    assert meeting.get("tidsbanken", "kunde", "K3")["Navn"] == "Helt ny AS"
    assert meeting.get("customwebshop", "customer", shop)["name"] == "Helt ny AS"


def test_a_record_under_a_new_key_gets_no_second_target(meeting: Meeting) -> None:
    shop = meeting.linked(TO_SHOP)["K4"]
    moved = meeting.get("tidsbanken", "kunde", "K4")
    meeting.systems["tidsbanken"].remove("kunde", "K4")
    meeting.systems["tidsbanken"].insert("kunde", {**moved, "Id": "K44"})
    customers = len(meeting.systems["customwebshop"].records("customer"))

    meeting.sync(full=True)

    assert len(meeting.systems["customwebshop"].records("customer")) == customers
    assert (
        "tidsbanken:kunde:K4," in findings(meeting, "rekeyed")["tidsbanken:kunde:K44"]
    )
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        link(ledger, pair_of(TO_SHOP, "K44", shop), "renumbered")
    meeting.sync()
    assert meeting.linked(TO_SHOP)["K44"] == shop
    assert meeting.writes() == {}
