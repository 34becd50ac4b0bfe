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
    """Give what an employee's records hold in three systems, but for the wrong one."""
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
    """Link an employee with a stranger a day later, and sync."""
    meeting.clock.advance(24 * 3600)
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


def alone(meeting: Meeting, number: str, flows: tuple[str, ...]) -> None:
    """End all other links of an employee, so that it has none but one."""
    for flow in flows:
        assert (
            lenke("unlink", flow, number, meeting.linked(flow)[number]).exit_code == 0
        )


def test_a_source_that_has_no_other_link_gets_its_own_back_too(
    meeting: Meeting,
) -> None:
    wrong = stranger(meeting, "Alene")
    before = meeting.get("tidsbanken", "ansatt", "414")
    link_wrongly(meeting, "414", wrong)
    meeting.edit("powerofficego", "contactperson", wrong, FirstName="Alena")
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "414")["Fornavn"] == "Alena"
    alone(meeting, "414", (CONTACTS,))
    assert lenke("unlink", PEOPLE, "414", wrong).exit_code == 0
    meeting.sync()
    assert "414" not in meeting.linked(PEOPLE) | meeting.linked(CONTACTS)

    long_afterwards = lenke("unlink", PEOPLE, "414", wrong, "--put-back")
    meeting.sync()
    writes = meeting.writes()

    assert long_afterwards.exit_code == 0, long_afterwards.stderr
    assert writes == {"powerofficego": 1, "tidsbanken": 1}
    after = meeting.get("tidsbanken", "ansatt", "414")
    assert (after["Fornavn"], after["Etternavn"]) == (
        before["Fornavn"],
        before["Etternavn"],
    )
    # Its own first name is what its own people typed.
    assert person(meeting, wrong)["FirstName"] == "Alena"
    assert person(meeting, wrong)["LastName"] == "Fremmed"
    for _ in range(2):
        meeting.sync()
        assert meeting.writes() == {}
    assert set(statuses(wrong)) == {"carried out"}
    again = lenke("unlink", PEOPLE, "414", wrong, "--put-back")
    assert "0 to be put back" in " ".join(again.stdout.split())


def test_what_is_linked_since_is_not_put_back(meeting: Meeting) -> None:
    wrong = stranger(meeting, "Atter")
    link_wrongly(meeting, "415", wrong)
    assert lenke("unlink", PEOPLE, "415", wrong).exit_code == 0
    right = stranger(meeting, "Riktig")
    link_wrongly(meeting, "415", right)

    refused = lenke("unlink", PEOPLE, "415", wrong, "--put-back")

    assert refused.exit_code == 2
    words = " ".join(refused.stderr.split())
    assert "tidsbanken:ansatt:415 has been linked since" in words
    assert f"lenke unlink {PEOPLE} tidsbanken:ansatt:415" in words
    meeting.sync()
    assert meeting.writes() == {}
    assert statuses(wrong) == []


def test_a_copied_address_brings_nobody_together(meeting: Meeting) -> None:
    address = "egen@firma.example"
    wrong = stranger(meeting, "Egen", EmailAddress=None)
    link_wrongly(meeting, "413", wrong)
    meeting.edit("powerofficego", "contactperson", wrong, EmailAddress=address)
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "413")["Epost"] == address
    assert lenke("unlink", PEOPLE, "413", wrong).exit_code == 0
    another = stranger(meeting, "Annen", EmailAddress=address)

    meeting.sync()
    meeting.sync()

    assert "413" not in meeting.linked(PEOPLE)
    assert another not in meeting.linked(PEOPLE).values()
    assert (
        meeting.ask(
            "select kind from inspection.findings "
            "where kind = 'ambiguous_match' and record_key = 'tidsbanken:ansatt:413'"
        )
        == []
    )


def test_what_is_taken_back_together_was_decided_together(meeting: Meeting) -> None:
    wrong = stranger(meeting, "Sammen")
    link_wrongly(meeting, "413", wrong)
    assert lenke("unlink", PEOPLE, "413", wrong, "--put-back").exit_code == 0
    waiting = json.loads(lenke("decisions", "--waiting", "--json").stdout)
    [unlinked] = [each["id"] for each in waiting if each["kind"] == "unlink"]

    lenke("decisions", "withdraw", unlinked)
    meeting.sync()

    assert meeting.writes() == {}
    assert meeting.linked(PEOPLE)["413"] == wrong
    assert json.loads(lenke("decisions", "--waiting", "--json").stdout) == []
