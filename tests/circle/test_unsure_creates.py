"""Creates whose answer got lost: one record in the end, and no edit is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
CUSTOMERS = "tidsbanken_kunde__customwebshop_customer"


@contextmanager
def losing_creates(meeting: Meeting, system: str, path: str) -> Iterator[None]:
    """Let a system create what it is asked for, and every answer to that be lost."""

    def lost(request: Request, response: Response) -> Response:
        if request.method == "POST" and request.path.endswith(path):
            return Response("gateway time-out", status=504)
        return response

    meeting.systems[system].after.append(lost)
    yield
    meeting.systems[system].after.remove(lost)


def hired(meeting: Meeting, number: int, given: str, family: str) -> None:
    meeting.clock.advance(3600)
    meeting.systems["tidsbanken"].insert(
        "ansatt",
        {
            "Id": number,
            "Fornavn": given,
            "Etternavn": family,
            "Epost": f"{number}@firma.example",
            "Mobil": f"900 00 {number}",
        },
    )


def called(meeting: Meeting, system: str, entity: str, **values: Any) -> list[str]:
    """Give the ids of the records with these values."""
    return [
        str(record["id"])
        for record in meeting.systems[system].records(entity)
        if all(record.get(name) == value for name, value in values.items())
    ]


def test_an_edit_of_a_new_record_whose_answer_got_lost_spreads(
    meeting: Meeting,
) -> None:
    hired(meeting, 801, "Ny", "Tapt")
    with losing_creates(meeting, "crmoffice", "/contacts"):
        report = meeting.sync()
    [contact] = called(meeting, "crmoffice", "contacts", familyName="Tapt")
    meeting.edit("crmoffice", "contacts", contact, mobilePhone="+4791111111")

    meeting.sync()

    assert report.writes["crmoffice"]["unknown"] == 1
    assert meeting.linked(CONTACTS)["801"] == contact
    assert called(meeting, "crmoffice", "contacts", familyName="Tapt") == [contact]
    assert meeting.get("tidsbanken", "ansatt", "801")["Mobil"] == "+4791111111"
    meeting.sync()
    assert meeting.writes() == {}


def test_a_source_that_changes_while_its_create_is_open_arrives_in_one_record(
    meeting: Meeting,
) -> None:
    meeting.clock.advance(3600)
    meeting.systems["tidsbanken"].insert("kunde", {"Id": "K80", "Navn": "Før AS"})
    with losing_creates(meeting, "customwebshop", "/customers"):
        meeting.sync()
    [shop] = called(meeting, "customwebshop", "customer", name="Før AS")
    meeting.edit("customwebshop", "customer", shop, phone="+4773000000")
    meeting.edit("tidsbanken", "kunde", "K80", Navn="Etter AS")

    meeting.sync()

    assert meeting.linked(CUSTOMERS)["K80"] == shop
    customer = meeting.get("customwebshop", "customer", shop)
    assert (customer["name"], customer["phone"]) == ("Etter AS", "+4773000000")
    assert meeting.get("tidsbanken", "kunde", "K80")["Telefon"] == "+4773000000"
    meeting.sync()
    assert meeting.writes() == {}


def test_a_create_that_is_applied_long_after_is_a_finding_and_not_a_third_record(
    meeting: Meeting,
) -> None:
    hired(meeting, 802, "Sen", "Dobbel")
    asked: list[Any] = []

    def late(request: Request) -> Response | None:
        if request.method != "POST" or not request.path.endswith("/contacts"):
            return None
        asked.append(request.get_json())
        return Response("gateway time-out", status=504)

    crm = meeting.systems["crmoffice"]
    crm.before.append(late)
    meeting.sync()
    crm.before.remove(late)
    meeting.sync()
    ours = meeting.linked(CONTACTS)["802"]
    crm.insert("contacts", asked[0])

    meeting.sync()

    [double] = set(called(meeting, "crmoffice", "contacts", familyName="Dobbel")) - {
        ours
    }
    assert meeting.writes() == {}
    assert meeting.ask(
        "select record_key from inspection.findings where kind = 'possible_double'"
    ) == [(f"crmoffice:contacts:{double}",)]

    crm.remove("contacts", double)
    meeting.sync(full=True)
    assert not meeting.ask(
        "select 1 from inspection.findings where kind = 'possible_double'"
    )
