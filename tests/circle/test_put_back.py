"""A wrong link is undone: every record gets back what it held before it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"
EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"
CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def lenke(*words: str) -> Result:
    """Run the command here, on the home that the environment names."""
    return CliRunner().invoke(app, list(words))


def stranger(meeting: Meeting, name: str, **others: Any) -> str:
    """Let PowerOffice have a contact person that nobody knows; give its id."""
    power = meeting.systems["powerofficego"]
    owner = power.insert("customers", {"Name": f"Eier {name}"})["Id"]
    made = power.insert(
        "contactperson",
        {"ContactId": owner, "FirstName": name, "LastName": "Fremmed", **others},
    )
    return f"{owner}/{made['Id']}"


def shown(meeting: Meeting, number: str) -> dict[str, Any]:
    """Give what an employee's records hold in the three systems, but for the wrong one."""
    employee = meeting.get("tidsbanken", "ansatt", number)
    other = meeting.get("powerofficego", "employees", meeting.linked(EMPLOYEES)[number])
    contact = meeting.get("crmoffice", "contacts", meeting.linked(CONTACTS)[number])
    return {
        **{name: employee[name] for name in ("Fornavn", "Etternavn", "Epost")},
        "mobil": employee["Mobil"].replace(" ", "").removeprefix("+47"),
        "names": (other["FirstName"], other["LastName"]),
        "email": other["EmailAddress"],
        "phone": other["PhoneNumber"],
        "contact": (contact["givenName"], contact["familyName"]),
        "mobile": contact["mobilePhone"],
    }


def link_wrongly(meeting: Meeting, number: str, wrong: str) -> None:
    """Link an employee with a stranger, and sync."""
    meeting.plan()
    linked = lenke("link", PEOPLE, number, wrong)
    assert linked.exit_code == 0, linked.stderr
    assert meeting.sync().exit_code in (0, 3)
    assert meeting.linked(PEOPLE)[number] == wrong


def person(meeting: Meeting, key: str) -> dict[str, Any]:
    """Give a contact person."""
    return meeting.get("powerofficego", "contactperson", key)


def test_what_a_wrong_link_copied_is_put_back_everywhere(meeting: Meeting) -> None:
    before = shown(meeting, "415")
    wrong = stranger(
        meeting, "Feil", EmailAddress="feil@firma.example", PhoneNumber="+4799999999"
    )
    link_wrongly(meeting, "415", wrong)
    meeting.edit("tidsbanken", "ansatt", "415", Fornavn="Nytt")
    meeting.edit(
        "powerofficego", "contactperson", wrong, EmailAddress="feil2@firma.example"
    )
    meeting.sync()
    now = shown(meeting, "415")
    assert (now["Epost"], now["email"]) == ("feil2@firma.example",) * 2
    assert person(meeting, wrong)["FirstName"] == "Nytt"
    assert person(meeting, wrong)["PhoneNumber"] == "+4790000415"
    meeting.edit("powerofficego", "contactperson", wrong, LastName="Gift")
    meeting.plan()

    decided = lenke("unlink", PEOPLE, "415", wrong, "--put-back", "--json")
    meeting.plan()
    planned = meeting.ask(
        "select system, entity, properties_after from inspection.plan "
        "where reason = 'unlinked' order by all"
    )
    report = meeting.sync()
    writes = meeting.writes()

    told = json.loads(decided.stdout)
    assert decided.exit_code == 0, decided.stderr
    assert {(each["name"], each["left_because"]) for each in told["copied"]} == {
        ("Epost", None),
        ("FirstName", None),
        ("LastName", "somebody has edited it since"),
        ("PhoneNumber", None),
    }
    assert "3 to be put back" in told["words"]
    assert "1 are left as they are" in told["words"]
    assert [(system, entity) for system, entity, _ in planned] == [
        ("powerofficego", "contactperson"),
        ("powerofficego", "employees"),
        ("tidsbanken", "ansatt"),
    ]
    assert json.loads(planned[0][2]) == {
        "FirstName": "Feil",
        "PhoneNumber": "+4799999999",
    }
    assert report.exit_code == 0
    assert writes == {"powerofficego": 2, "tidsbanken": 1}
    _, family = before["names"]
    assert shown(meeting, "415") == before | {
        "Fornavn": "Nytt",
        "names": ("Nytt", family),
        "contact": ("Nytt", family),
    }
    their_own = person(meeting, wrong)
    assert their_own["FirstName"] == "Feil"
    assert their_own["LastName"] == "Gift"
    assert their_own["PhoneNumber"] == "+4799999999"
    assert their_own["EmailAddress"] == "feil2@firma.example"
    for _ in range(2):
        meeting.sync()
        assert meeting.writes() == {}
    assert "415" not in meeting.linked(PEOPLE)
    assert set(statuses(wrong)) == {"carried out"}


def statuses(wrong: str) -> list[str]:
    """Give what has become of the decisions that put a wrong link's values back."""
    listed = json.loads(lenke("decisions", "--json").stdout)
    return [
        each["status"]
        for each in listed
        if each["kind"].startswith("put_back") and each["target_key"].endswith(wrong)
    ]
