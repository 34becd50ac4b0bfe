"""What rests loses nothing: who was left alone is merged when it takes part again."""

from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ledger.ledger import open_ledger
from lenke.cli import app
from lenke.people import pauses
from tests.circle.conftest import Meeting
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"
SHOP = "tidsbanken_kunde__customwebshop_customer"
PMS = "tidsbanken_kunde__custompms_customer"


def lenke(*words: str) -> Result:
    """Run the command here, on the home that the environment names."""
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result


def off(*flows: str) -> str:
    """Give the change of the seed that turns flows off."""
    named = ", ".join(f"'{flow}'" for flow in flows)
    return f"update seeds.flows set is_enabled = false where flow in ({named})"


def coverage(meeting: Meeting, flow: str, column: str) -> Any:
    """Give one number of a flow."""
    [(found,)] = meeting.ask(
        f"select {column} from inspection.coverage where flow = '{flow}'"
    )
    return found


def test_a_flow_that_is_off_loses_nothing(meeting: Meeting) -> None:
    contact, employee = (meeting.linked(each)["412"] for each in (CONTACTS, EMPLOYEES))
    gone = meeting.linked(CONTACTS)["413"]
    with seeds_changed(off(CONTACTS)):
        meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Olav", Mobil="91000001")
        meeting.edit(
            "crmoffice", "contacts", contact, familyName="Norman", givenName="Ole"
        )
        meeting.systems["crmoffice"].remove("contacts", gone)
        meeting.systems["tidsbanken"].insert(
            "ansatt", {"Id": 480, "Fornavn": "Ny", "Etternavn": "Mann", "Aktiv": True}
        )
        report = meeting.sync(full=True)

        assert report.exit_code == 0
        assert set(meeting.writes()) == {"powerofficego"}
        assert meeting.get("powerofficego", "employees", employee)["FirstName"] == (
            "Olav"
        )
        assert meeting.linked(CONTACTS)["413"] == gone
        assert "480" not in meeting.linked(CONTACTS)
        assert coverage(meeting, CONTACTS, "rests_because") == "flow_off"
        assert coverage(meeting, CONTACTS, "resting") == len(meeting.linked(CONTACTS))
        assert (
            meeting.ask(
                "select * from inspection.findings where record_key like 'crmoffice:%'"
            )
            == []
        )
        meeting.sync()
        assert meeting.writes() == {}

    meeting.sync()

    assert "480" in meeting.linked(CONTACTS)
    assert "413" not in meeting.linked(CONTACTS)
    held = meeting.get("crmoffice", "contacts", contact)
    assert held["mobilePhone"] == "+4791000001"
    ansatt = meeting.get("tidsbanken", "ansatt", "412")
    assert (ansatt["Fornavn"], ansatt["Etternavn"]) == ("Ole", "Norman")
    # The later edit won, and the earlier one is kept.
    assert ("Olav",) in meeting.ask(
        "select losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:ansatt:412' and property = 'Fornavn'"
    )
    meeting.sync()
    meeting.sync()
    assert meeting.writes() == {}


@pytest.mark.every_day
def test_a_paused_record_is_merged_when_its_time_is_over(meeting: Meeting) -> None:
    shop, pms = (meeting.linked(each)["K1"] for each in (SHOP, PMS))
    until = f"{meeting.clock.now + timedelta(hours=9):%Y-%m-%dT%H:%M:%S+00:00}"
    pause(meeting, "tidsbanken:kunde:K1", until)
    meeting.edit("tidsbanken", "kunde", "K1", Navn="Bygg til ro AS")
    meeting.edit("customwebshop", "customer", shop, phone="+4770000091")
    meeting.sync()
    assert meeting.writes() == {}
    assert meeting.ask(
        "select distinct rests_because from inspection.links "
        "where source_key = 'tidsbanken:kunde:K1' and ended_at is null"
    ) == [("paused",)]

    meeting.clock.advance(6 * 3600)
    meeting.sync()

    assert meeting.get("customwebshop", "customer", shop)["name"] == "Bygg til ro AS"
    assert meeting.get("custompms", "customer", pms)["name"] == "Bygg til ro AS"
    assert meeting.get("tidsbanken", "kunde", "K1")["Telefon"] == "+4770000091"
    meeting.sync()
    meeting.sync()
    assert meeting.writes() == {}


def test_a_paused_target_rests_alone(meeting: Meeting) -> None:
    shop, pms = (meeting.linked(each)["K2"] for each in (SHOP, PMS))
    pause(meeting, f"customwebshop:customer:{shop}", None)
    meeting.edit("tidsbanken", "kunde", "K2", Navn="To AS")
    meeting.edit("customwebshop", "customer", shop, name="Tre AS", phone="+4770000092")

    meeting.sync()

    assert set(meeting.writes()) == {"custompms", "powerofficego"}
    assert meeting.get("custompms", "customer", pms)["name"] == "To AS"
    resume(meeting, f"customwebshop:customer:{shop}")
    meeting.sync()
    assert meeting.get("tidsbanken", "kunde", "K2")["Navn"] == "Tre AS"
    assert meeting.get("custompms", "customer", pms)["phone"] == "+4770000092"
    assert ("To AS",) in meeting.ask(
        "select losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:kunde:K2' and property = 'Navn'"
    )
    meeting.sync()
    assert meeting.writes() == {}


def test_a_paused_system_is_not_asked_and_is_no_trouble(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["411"]
    lenke("pause", "crmoffice", "--reason", "they move")
    meeting.edit("tidsbanken", "ansatt", "411", Mobil="91000003")
    meeting.edit("crmoffice", "contacts", contact, givenName="Karin")

    report = meeting.sync()

    assert report.exit_code == 0
    assert "crmoffice" not in report.loaded
    assert len(meeting.systems["crmoffice"].requests) == 0
    assert "they move" in lenke("status").stdout
    assert (
        meeting.ask("select * from inspection.findings where record_key = 'crmoffice'")
        == []
    )
    lenke("resume", "crmoffice")
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "411")["Fornavn"] == "Karin"
    assert meeting.get("crmoffice", "contacts", contact)["mobilePhone"] == (
        "+4791000003"
    )
    meeting.sync()
    assert meeting.writes() == {}


def pause(meeting: Meeting, what: str, until: str | None) -> None:
    """Pause something, by the clock of the meeting."""
    _decide(meeting, "pause", what, until)


def resume(meeting: Meeting, what: str) -> None:
    """Let something take part again, by the clock of the meeting."""
    _decide(meeting, "resume", what)


def _decide(meeting: Meeting, kind: str, what: str, *until: str | None) -> None:
    resting = pauses.meant(meeting.home, what)
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        getattr(pauses, kind)(ledger, resting, *until, None)
