"""Losing values: seen, wanted back, and values that go to and fro."""

import json
from itertools import pairwise

import pytest
from typer.testing import CliRunner

from connections.http.errors import ConfigurationError
from ledger.ledger import open_ledger
from lenke.cli import app
from lenke.people import conflicts
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def losing(meeting: Meeting, value: str) -> str:
    """Give the id of the newest conflict that this value lost."""
    [(found,)] = meeting.ask(
        "select conflict_id from inspection.conflicts "
        f"where losing_value = '{value}' order by noted_at desc limit 1"
    )
    return str(found)


def restored(meeting: Meeting, typed: str) -> int:
    """Let a person want a value back; give how many properties that restores."""
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        return len(conflicts.restore(ledger, typed, "a test"))


def names(meeting: Meeting, ansatt: str) -> set[str]:
    """Give the first names that the members of a star have."""
    contact = meeting.linked(CONTACTS)[ansatt]
    return {
        meeting.get("tidsbanken", "ansatt", ansatt)["Fornavn"],
        meeting.get("crmoffice", "contacts", contact)["givenName"],
    }


def fight(meeting: Meeting, ansatt: str, loser: str, winner: str) -> None:
    """Let two people type two names; the later one wins."""
    contact = meeting.linked(CONTACTS)[ansatt]
    meeting.edit("tidsbanken", "ansatt", ansatt, Fornavn=loser)
    meeting.edit("crmoffice", "contacts", contact, givenName=winner)
    meeting.sync()


@pytest.mark.every_day
def test_a_losing_value_that_is_restored_goes_everywhere_once(meeting: Meeting) -> None:
    fight(meeting, "411", "Taper", "Vinner")
    assert names(meeting, "411") == {"Vinner"}

    conflict = losing(meeting, "Taper")
    assert restored(meeting, conflict[:8]) == 1
    assert restored(meeting, conflict) == 0  # it waits to be done already
    meeting.sync()

    assert names(meeting, "411") == {"Taper"}
    assert meeting.ask(
        f"select status from inspection.conflicts where conflict_id = '{conflict}'"
    ) == [("restored",)]

    meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Senere")
    meeting.sync()
    meeting.home.warehouse.unlink()
    meeting.sync()

    assert names(meeting, "411") == {"Senere"}
    assert meeting.writes() == {}


def test_an_edit_after_the_decision_beats_what_is_restored(meeting: Meeting) -> None:
    fight(meeting, "412", "Tapt", "Vunnet")
    restored(meeting, losing(meeting, "Tapt"))
    meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Nyere")

    meeting.sync()

    assert names(meeting, "412") == {"Nyere"}
    assert ("Tapt", "lenke") in meeting.ask(
        "select losing_value, losing_system from inspection.conflicts"
    )


def test_what_is_acknowledged_leaves_the_list(meeting: Meeting) -> None:
    fight(meeting, "415", "Sett", "Valgt")
    conflict = losing(meeting, "Sett")
    run = CliRunner()

    listed = run.invoke(app, ["conflicts", "--json"])
    done = run.invoke(app, ["conflicts", "acknowledge", conflict[:8], "--json"])
    later = run.invoke(app, ["conflicts", "--json"])
    all_of_them = run.invoke(app, ["conflicts", "--past", "--json"])

    assert conflict in [each["id"] for each in json.loads(listed.stdout)]
    assert [each["losing_value"] for each in json.loads(done.stdout)] == ["Sett"]
    assert conflict not in [each["id"] for each in json.loads(later.stdout)]
    assert (conflict, "acknowledged") in [
        (each["id"], each["status"]) for each in json.loads(all_of_them.stdout)
    ]
    assert run.invoke(app, ["conflicts", "acknowledge"]).exit_code == 2
    with pytest.raises(ConfigurationError, match="no conflict 'zzz'"):
        restored(meeting, "zzz")


def went_to_and_fro(meeting: Meeting, source_key: str, *values: str) -> None:
    """Let a first name have been these, one after the other, until now."""
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        for before, after in pairwise(values):
            ledger.connection.execute(
                "insert into ledger.value_history values "
                "(?, 'Fornavn', ?, ?, null, null, 'edited', 'earlier', ?)",
                [source_key, before, after, ledger.now()],
            )


def test_a_value_that_goes_to_and_fro_is_held_until_a_person_decides(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["414"]
    values = ("PÅL", "Pål", "PÅL", "Pål", "PÅL", "Pål")
    went_to_and_fro(meeting, "tidsbanken:ansatt:414", *values)
    meeting.edit("crmoffice", "contacts", contact, givenName="PÅL")

    meeting.sync()
    assert meeting.writes() == {}
    meeting.sync()

    assert names(meeting, "414") == {"Pål", "PÅL"}
    assert meeting.writes() == {}
    [(message,)] = meeting.ask(
        "select message from inspection.findings where kind = 'held_ping_pong'"
    )
    assert "it holds PÅL, agreed is Pål from tidsbanken:ansatt:414" in message

    conflict = losing(meeting, "PÅL")
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        conflicts.acknowledge(ledger, [conflict], None)
    meeting.sync()

    assert names(meeting, "414") == {"PÅL"}


def periods(meeting: Meeting, prosjekt: str) -> dict[str, tuple[str, str]]:
    """Give the days on which a project starts and ends, as each system has them."""
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")[prosjekt]
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")[prosjekt]
    held = {
        "tidsbanken": meeting.get("tidsbanken", "prosjekt", prosjekt),
        "crmoffice": meeting.get("crmoffice", "activities", activity),
        "custompms": meeting.get("custompms", "project", project),
    }
    names = {
        "tidsbanken": ("StartDato", "FerdigDato"),
        "crmoffice": ("startsAt", "endsAt"),
        "custompms": ("startDate", "endDate"),
    }
    return {
        system: (record[names[system][0]][:10], record[names[system][1]][:10])
        for system, record in held.items()
    }


def test_a_start_and_an_end_that_two_people_move_both_arrive(meeting: Meeting) -> None:
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20001"]
    meeting.edit("tidsbanken", "prosjekt", "20001", StartDato="2025-04-14T00:00:00")
    meeting.systems["crmoffice"].edit(
        "activities", activity, {"endsAt": "2025-11-28T00:00:00"}
    )

    meeting.sync()

    moved = ("2025-04-14", "2025-11-28")
    assert set(periods(meeting, "20001").values()) == {moved}
    assert not meeting.ask(
        "select 1 from inspection.conflicts "
        "where source_key = 'tidsbanken:prosjekt:20001' and status = 'open'"
    )


def test_a_start_after_the_end_of_another_person_loses_with_its_group(
    meeting: Meeting,
) -> None:
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")["20003"]
    meeting.edit("tidsbanken", "prosjekt", "20003", StartDato="2025-09-01T08:30:00")
    meeting.edit("custompms", "project", project, endDate="2025-06-30")

    meeting.sync()

    moved = ("2025-01-15", "2025-06-30")
    assert set(periods(meeting, "20003").values()) == {moved}
    assert ("StartDato", "2025-09-01T08:30:00") in meeting.ask(
        "select property, losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:prosjekt:20003' and status = 'open'"
    )
