"""What identifies nobody links nothing; who is back, or has moved, is the same one."""

from typing import Any

import pytest

from ledger.ledger import open_ledger
from lenke.people import links, own_record
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

TO_PERSONS = "tidsbanken_ansatt__powerofficego_contactperson"
TO_CUSTOMERS = "tidsbanken_kunde__powerofficego_customers"
TO_CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"

OLAS_NATIONAL_ID = "01828012327"


def findings(meeting: Meeting, kind: str) -> list[tuple[str, str, str]]:
    """Give the records, messages and next steps of a kind of finding."""
    return meeting.ask(
        "select record_key, message, next_step from inspection.findings "
        f"where kind = '{kind}' order by all"
    )


def hire(meeting: Meeting, number: int, **members: Any) -> None:
    """Enter an employee in Tidsbanken."""
    names = {"Fornavn": "Ny", "Etternavn": f"Ansatt {number}"}
    meeting.systems["tidsbanken"].insert("ansatt", {"Id": number, **names, **members})


def decide(meeting: Meeting, kind: str, flow: str, source: str, target: str) -> str:
    """Decide as `lenke link` and `lenke unlink` do."""
    with open_ledger(meeting.home.ledger) as ledger:
        pair = links.pair_of(flow, source, target)
        said = links.link if kind == "link" else links.unlink
        return said(ledger, pair, None)


@pytest.mark.every_day
def test_fillers_on_both_sides_link_nobody_and_are_one_finding_each(
    meeting: Meeting,
) -> None:
    bank, office = meeting.systems["tidsbanken"], meeting.systems["powerofficego"]
    owner = office.records("customers")[0]["Id"]
    for number, filler in enumerate(("-", "x@", "-"), start=20):
        bank.insert("kunde", {"Id": f"K{number}", "Navn": "Fyll", "Epost": filler})
    for filler in ("-", "x@"):
        office.insert("customers", {"Name": "Fremmed AS", "EmailAddress": filler})
    hire(meeting, 601, Personnummer="00000000000", Epost="ukjent")
    person = {"ContactId": owner, "FirstName": "En", "LastName": "Annen"}
    office.insert("contactperson", {**person, "SocialSecurityNumber": "00000000000"})

    meeting.sync()

    assert not {"K20", "K21", "K22"} & set(meeting.linked(TO_CUSTOMERS))
    assert "601" not in meeting.linked(TO_PERSONS)
    names = [each["Name"] for each in office.records("customers")]
    assert names.count("Fremmed AS") == 2
    told = [message for _, message, _ in findings(meeting, "identifies_nobody")]
    assert len(told) == 3
    assert sum("hold `-` (e-mail)" in message for message in told) == 1
    assert any("K20, tidsbanken:kunde:K22; there" in message for message in told)
    assert any("one national id" in message for message in told)
    assert "00000000000" not in str(told)
    assert "hmac" not in str(told)


def test_a_link_that_a_filler_made_is_told_until_a_person_has_looked(
    meeting: Meeting,
) -> None:
    bank, office = meeting.systems["tidsbanken"], meeting.systems["powerofficego"]
    bank.insert("kunde", {"Id": "K30", "Navn": "Fyll AS", "Epost": "n/a"})
    office.insert("customers", {"Name": "Uskyldig AS", "EmailAddress": "n/a"})
    meeting.sync()
    stranger = office.records("customers")[-1]["Id"]
    with open_ledger(meeting.home.ledger) as ledger, ledger.transaction() as written:
        written.execute(
            "insert into ledger.links (flow, source_key, target_key, matched_by, "
            "established_at, established_run_id) values (?, ?, ?, 'e-mail', ?, 'old')",
            [
                TO_CUSTOMERS,
                "tidsbanken:kunde:K30",
                f"powerofficego:customers:{stranger}",
                ledger.now(),
            ],
        )

    meeting.sync()

    unlink = f"lenke unlink {TO_CUSTOMERS} tidsbanken:kunde:K30 powerofficego:customers"
    [(record, message, next_step)] = findings(meeting, "doubtful_link")
    assert record == "tidsbanken:kunde:K30"
    assert "Nothing but `n/a` (e-mail) has linked it" in message
    assert f"{unlink}:{stranger}" in next_step
    assert meeting.linked(TO_CUSTOMERS)["K30"] == str(stranger)

    decide(meeting, "link", TO_CUSTOMERS, "K30", str(stranger))
    meeting.sync()

    assert findings(meeting, "doubtful_link") == []


def test_who_has_left_and_is_back_under_a_new_number_is_held_until_a_person_says(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(TO_CONTACTS)["412"]
    contacts = len(meeting.systems["crmoffice"].records("contacts"))
    meeting.edit("tidsbanken", "ansatt", "412", Sluttet=True)
    hire(meeting, 712, Etternavn="Gift-Nordmann", Personnummer=OLAS_NATIONAL_ID)
    hire(meeting, 713, Personnummer=OLAS_NATIONAL_ID)

    meeting.sync()

    held = {record: (said, then) for record, said, then in findings(meeting, "rekeyed")}
    assert set(held) == {"tidsbanken:ansatt:712", "tidsbanken:ansatt:713"}
    message, next_step = held["tidsbanken:ansatt:712"]
    assert "the national id of tidsbanken:ansatt:412, who has left" in message
    unlink = f"lenke unlink {TO_CONTACTS} tidsbanken:ansatt:412 crmoffice:contacts"
    assert f"{unlink}:{contact}`, then `lenke link" in next_step
    assert f"lenke create {TO_CONTACTS} tidsbanken:ansatt:712" in next_step
    assert len(meeting.systems["crmoffice"].records("contacts")) == contacts

    decide(meeting, "unlink", TO_CONTACTS, "412", contact)
    meeting.sync()
    decide(meeting, "link", TO_CONTACTS, "712", contact)
    with open_ledger(meeting.home.ledger) as ledger:
        pair = own_record.source_of(TO_CONTACTS, "713")
        own_record.create(ledger, pair, "a sister")
    meeting.sync()

    linked = meeting.linked(TO_CONTACTS)
    assert linked["712"] == contact
    kept = meeting.get("crmoffice", "contacts", contact)
    assert kept["familyName"] == "Gift-Nordmann"
    assert linked["713"] != contact
    assert len(meeting.systems["crmoffice"].records("contacts")) == contacts + 1
    assert findings(meeting, "rekeyed") == []
    meeting.sync()
    assert meeting.writes() == {}


def test_two_who_work_there_with_one_national_id_both_live(meeting: Meeting) -> None:
    hire(meeting, 801, Personnummer="02828012366")
    meeting.sync()
    hire(meeting, 802, Personnummer="02828012366")

    meeting.sync()

    assert {"801", "802"} <= set(meeting.linked(TO_CONTACTS))


@pytest.mark.parametrize("stamp_moves", [True, False])
def test_a_contact_person_that_moves_is_the_same_and_what_was_typed_spreads(
    meeting: Meeting, stamp_moves: bool
) -> None:
    office = meeting.systems["powerofficego"]
    old = meeting.linked(TO_PERSONS)["411"]
    own_id = old.partition("/")[2]
    before = meeting.get("powerofficego", "contactperson", old)
    elsewhere = office.insert("customers", {"Name": "Ny arbeidsgiver AS"})["Id"]
    phone = "+4799887700" if stamp_moves else "+4799887711"
    moved = {"ContactId": elsewhere, "PhoneNumber": phone}
    meeting.clock.advance(7200)
    if stamp_moves:
        office.edit("contactperson", old, moved)
    else:  # the same, in a system that does not stamp it
        office.database["contactperson"].remove(old)
        office.database["contactperson"].put(
            f"{elsewhere}/{own_id}", {**before, **moved}
        )

    planned = meeting.plan(full=not stamp_moves)
    meeting.sync(full=not stamp_moves)

    new = f"{elsewhere}/{own_id}"
    assert planned.exit_code == 0
    assert meeting.linked(TO_PERSONS)["411"] == new
    assert meeting.get("tidsbanken", "ansatt", "411")["Mobil"] == phone
    assert meeting.get("powerofficego", "contactperson", new)["PhoneNumber"] == phone
    assert findings(meeting, "record_gone") == []
    [(because,)] = meeting.ask(
        "select ended_because from inspection.links "
        f"where flow = '{TO_PERSONS}' and target_id = '{old}' and source_id = '411'"
    )
    assert because == f"its key is now powerofficego:contactperson:{new}"
    meeting.sync()
    assert meeting.writes() == {}
