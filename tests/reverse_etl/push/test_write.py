"""One write: what is looked at, written down and sent, and what is left alone."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.exact_json import parsed, written
from ledger.ledger import Ledger
from reverse_etl.push.journal import Journal
from reverse_etl.push.together import Row
from tests.reverse_etl.meeting import START, Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    Wanted,
    events,
    links,
    setting,
)
from tests.reverse_etl.push.sending import (
    ANSATT,
    KUNDE,
    counted,
    new_customer,
    pushed,
    renamed,
)


def test_a_created_record_is_linked_and_observed_as_it_was_stored(
    ledger: Ledger, shop: Meeting
) -> None:
    result = pushed(ledger, {"customwebshop": shop}, new_customer())

    [record] = shop.simulator.records("customer")
    assert counted(result, "customwebshop") == {"create": 1}
    assert result.stopped == {}
    assert record["email"] == "post@nordlys.example"
    assert record["externalReference"].startswith(f"{KUNDE}~")
    assert links(ledger) == [
        (KUNDE, f"customwebshop:customer:{record['id']}", "created")
    ]
    assert ledger.fetch(
        "select observed, delivered from ledger.observations where property = 'Epost'"
    ) == [('"post@nordlys.example"', "Post@nordlys.example")]


def test_an_intent_is_on_disk_before_its_request_leaves(
    ledger: Ledger, shop: Meeting
) -> None:
    seen: list[list[tuple[str, str | None]]] = []

    def look(request: Request) -> None:
        # Another connection sees only what is committed.
        other = ledger.connection.cursor()
        other.execute("select event, status from remembered.ledger.writes")
        seen.append(other.fetchall())

    def slowly(journal: Journal, rows: list[Row]) -> None:
        time.sleep(0.3)  # whoever does not wait has sent by then
        commit(journal, rows)

    shop.answer_next("POST", look)
    commit = Journal._commit
    with mock.patch.object(Journal, "_commit", slowly):
        pushed(ledger, {"customwebshop": shop}, new_customer())

    assert seen == [[("intent", None)]]
    assert events(ledger) == [("intent", None), ("receipt", "done")]


def test_an_update_sends_the_changed_member_alone(
    ledger: Ledger, shop: Meeting
) -> None:
    shop.simulator.insert("customer", {"name": "Nordlys", "phone": "+4740000002"})

    result = pushed(
        ledger, {"customwebshop": shop}, renamed(shop, "customer", "name", "Sydlys")
    )

    [record] = shop.simulator.records("customer")
    assert counted(result, "customwebshop") == {"update": 1}
    assert (record["name"], record["phone"]) == ("Sydlys", "+4740000002")


def test_a_record_with_another_version_is_left_for_the_next_run(
    ledger: Ledger, shop: Meeting
) -> None:
    record = shop.simulator.insert("customer", {"name": "Nordlys"})
    update = renamed(shop, "customer", "name", "Sydlys")
    shop.simulator.edit("customer", record["id"], {"name": "Vestlys"})

    result = pushed(ledger, {"customwebshop": shop}, update)

    assert counted(result, "customwebshop") == {"moved": 1}
    assert shop.stored("customer", record["id"])["name"] == "Vestlys"
    assert events(ledger) == [("intent", None), ("receipt", "moved")]


def test_a_record_that_changed_is_seen_on_rereading_and_nothing_is_sent(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.edit("contacts", record["id"], {"familyName": "Testesen"})

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {"moved": 1}
    assert crm.stored("contacts", record["id"])["familyName"] == "Testesen"
    assert events(ledger) == []


def test_a_change_of_a_member_that_is_not_mapped_stops_no_write(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.edit("contacts", record["id"], {"email": "ny@lenke.example"})

    result = pushed(ledger, {"crmoffice": crm}, update)

    stored = crm.stored("contacts", record["id"])
    assert counted(result, "crmoffice") == {"update": 1}
    assert stored["familyName"] == "Prøvesen-Ås"
    assert stored["email"] == "ny@lenke.example"


@pytest.mark.parametrize(
    ("hidden", "outcome"),
    [("mobilePhone", "update"), ("familyName", "moved")],
    ids=["a_member_that_is_only_compared", "a_member_that_would_be_written"],
)
def test_a_member_that_the_answer_lacks_says_nothing_but_is_never_written(
    ledger: Ledger, crm: Meeting, hidden: str, outcome: str
) -> None:
    crm.simulator.insert("contacts", {"familyName": "Prøvesen", "mobilePhone": "4000"})
    update = replace(
        renamed(crm, "contacts", "familyName", "Prøvesen-Ås"),
        seen={"$.familyName": "Prøvesen", "$.mobilePhone": "4000"},
    )

    def without(request: Request, response: Response) -> Response:
        if request.method == "GET":
            record = parsed(response.get_data(as_text=True))
            del record[hidden]
            response.set_data(written(record))
        return response

    crm.simulator.after.append(without)

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {outcome: 1}


@pytest.mark.parametrize(
    ("phone", "outcome"), [(None, "update"), ("+4790112233", "moved")]
)
def test_a_member_that_was_taken_for_empty_is_looked_at_before_it_is_written(
    ledger: Ledger, shop: Meeting, phone: str | None, outcome: str
) -> None:
    shop.simulator.insert("customer", {"name": "Nordlys", "phone": phone})
    update = replace(
        renamed(shop, "customer", "phone", "+4791223344"),
        changes=[setting("Telefon", "phone", "+4791223344")],
        seen={"$.phone": None},
    )

    result = pushed(ledger, {"customwebshop": shop}, update)

    assert counted(result, "customwebshop") == {outcome: 1}


@pytest.mark.parametrize(("seconds", "outcome"), [(0, "update"), (1, "moved")])
def test_an_old_page_is_not_put_back(
    ledger: Ledger, meet: Callable[..., Meeting], seconds: int, outcome: str
) -> None:
    bank = meet("tidsbanken")
    bank.simulator.insert("ansatt", {"Id": 412, "Fornavn": "Kari", "Etternavn": "Ås"})
    known = START.replace(tzinfo=None) + timedelta(seconds=seconds)
    update = Wanted(
        "tidsbanken",
        "ansatt",
        TO_CONTACTS,
        ANSATT,
        [setting("Fornavn", "Fornavn", "Karin", "Kari")],
        record_id="412",
        operation="update",
        stamp=known,
    )

    result = pushed(ledger, {"tidsbanken": bank}, update)

    assert counted(result, "tidsbanken") == {outcome: 1}


def test_a_record_that_is_gone_leaves_a_receipt_and_nothing_is_sent(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.remove("contacts", record["id"])

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {"gone": 1}
    assert events(ledger) == [("receipt", "gone")]
    assert crm.simulator.requests.writes == 0
