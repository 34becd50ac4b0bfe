"""What people decide: listed, taken back in time, and never about somebody else."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from connections.http.errors import ConfigurationError, StopRun
from ledger.ledger import open_ledger
from lenke.cli import app
from lenke.people import conflicts, links
from lenke.run import circle
from lenke.run.run import RunOptions
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"


def lenke(*words: str) -> Result:
    """Run the command here, on the home that the environment names."""
    return CliRunner().invoke(app, list(words))


def decisions(*words: str) -> list[dict[str, Any]]:
    """Give what `lenke decisions` lists."""
    found: list[dict[str, Any]] = json.loads(
        lenke("decisions", *words, "--json").stdout
    )
    return found


def newest(kind: str) -> dict[str, Any]:
    """Give the newest decision of a kind."""
    return max(decisions("--kind", kind), key=lambda each: str(each["decided_at"]))


def stranger(meeting: Meeting, name: str) -> str:
    """Let CRM-Office have a contact that nobody knows; give its id."""
    made = meeting.systems["crmoffice"].insert(
        "contacts", {"familyName": name, "givenName": "Fremmed"}
    )
    return str(made["id"])


def first_name(meeting: Meeting, number: str) -> str:
    """Give an employee's first name in Tidsbanken."""
    return str(meeting.get("tidsbanken", "ansatt", number)["Fornavn"])


def losing(meeting: Meeting, key: str, value: str) -> str:
    """Give the id of the conflict that a record's value lost."""
    [(found,)] = meeting.ask(
        "select conflict_id from inspection.conflicts "
        f"where losing_key = '{key}' and losing_value = '{value}'"
    )
    return str(found)


def linked_wrongly(meeting: Meeting, number: str) -> tuple[str, str, str]:
    """Link an employee with a stranger in the place of its contact, and sync.

    Gives the contact, the stranger, and the conflict of the stranger's first name.
    """
    contact = meeting.linked(CONTACTS)[number]
    wrong = stranger(meeting, f"Feil {number}")
    meeting.plan()
    assert lenke("unlink", CONTACTS, number, contact).exit_code == 0
    linked = lenke("link", CONTACTS, number, wrong)
    assert linked.exit_code == 0, linked.stderr
    meeting.sync()
    assert meeting.linked(CONTACTS)[number] == wrong
    conflict = losing(meeting, f"crmoffice:contacts:{wrong}", "Fremmed")
    return contact, wrong, conflict


def test_a_value_whose_link_has_ended_is_not_restored(meeting: Meeting) -> None:
    name = first_name(meeting, "411")
    _, wrong, conflict = linked_wrongly(meeting, "411")
    assert meeting.get("crmoffice", "contacts", wrong)["givenName"] == name
    assert lenke("unlink", CONTACTS, "411", wrong).exit_code == 0

    while_it_waits = lenke("conflicts", "restore", conflict)
    meeting.sync()
    afterwards = lenke("conflicts", "restore", conflict)
    meeting.sync()

    assert while_it_waits.exit_code == afterwards.exit_code == 2
    assert "a person wants it ended" in while_it_waits.stderr.replace("\n", " ")
    assert "their link has ended (unlinked by" in afterwards.stderr.replace("\n", " ")
    assert f"lenke link {CONTACTS} tidsbanken:ansatt:411" in (
        afterwards.stderr.replace("\n", " ")
    )
    assert first_name(meeting, "411") == name
    assert meeting.writes() == {}


def test_a_link_that_ends_before_the_run_keeps_its_value_from_being_restored(
    meeting: Meeting,
) -> None:
    name = first_name(meeting, "412")
    _, wrong, conflict = linked_wrongly(meeting, "412")
    assert lenke("conflicts", "restore", conflict).exit_code == 0
    assert newest("restore")["status"] == "waits"
    assert lenke("unlink", CONTACTS, "412", wrong).exit_code == 0

    meeting.sync()

    closed = newest("restore")
    assert first_name(meeting, "412") == name
    assert meeting.writes() == {}
    assert closed["status"] == "not carried out"
    assert f"the link of crmoffice:contacts:{wrong} had ended" in closed["details"]
    assert closed["run_id"]
    assert meeting.ask(
        f"select status from inspection.conflicts where conflict_id = '{conflict}'"
    ) == [("noted",)]
    too_late = lenke("decisions", "withdraw", closed["id"])
    assert too_late.exit_code == 2
    assert "is not carried out" in too_late.stderr.replace("\n", " ")


def test_a_value_that_was_restored_once_is_still_of_the_record_that_it_is_from(
    meeting: Meeting,
) -> None:
    _, wrong, conflict = linked_wrongly(meeting, "414")
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        assert len(conflicts.restore(ledger, conflict, None)) == 1
    meeting.edit("tidsbanken", "ansatt", "414", Fornavn="Nyest")
    meeting.sync()
    restored = meeting.ask(
        "select conflict_id from inspection.conflicts "
        "where losing_system = 'lenke' and losing_value = 'Fremmed'"
    )
    assert restored, "what is restored loses to a later edit"
    lenke("unlink", CONTACTS, "414", wrong)
    meeting.sync()

    again = lenke("conflicts", "restore", restored[0][0])

    assert again.exit_code == 2
    assert f"is from crmoffice:contacts:{wrong}" in again.stderr.replace("\n", " ")


def test_what_no_run_has_carried_out_is_taken_back(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["415"]
    lenke("unlink", CONTACTS, "415", contact, "--reason", "a slip")
    [waiting] = decisions("--waiting")
    assert (waiting["kind"], waiting["reason"]) == ("unlink", "a slip")

    taken_back = lenke("decisions", "withdraw", waiting["id"][:8], "--json")
    meeting.sync()

    assert [each["kind"] for each in json.loads(taken_back.stdout)] == ["unlink"]
    assert meeting.linked(CONTACTS)["415"] == contact
    assert newest("unlink")["status"] == "withdrawn"
    assert decisions("--waiting") == []
    assert lenke("decisions", "withdraw", waiting["id"]).exit_code == 2
    assert lenke("decisions", "withdraw", "zzz").exit_code == 2


def test_what_was_carried_out_is_undone_by_its_opposite(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["415"]
    lenke("unlink", CONTACTS, "415", contact)
    meeting.sync()
    ended = newest("unlink")
    assert ended["status"] == "carried out"
    assert ended["run_id"]

    refused = lenke("decisions", "withdraw", ended["id"])
    pair = f"{CONTACTS} tidsbanken:ansatt:415 crmoffice:contacts:{contact}"
    assert refused.exit_code == 2
    assert f"lenke link {pair}" in refused.stderr.replace("\n", " ")
    lenke("link", *pair.split())
    meeting.sync()

    made = newest("link")
    assert meeting.linked(CONTACTS)["415"] == contact
    assert made["status"] == "carried out"
    refused = lenke("decisions", "withdraw", made["id"])
    assert refused.exit_code == 2
    assert f"lenke unlink {pair}" in refused.stderr.replace("\n", " ")


def test_a_decision_makes_a_plan_old(meeting: Meeting) -> None:
    meeting.edit("tidsbanken", "ansatt", "413", Tittel="Planlagt")
    meeting.plan()
    contact = meeting.linked(CONTACTS)["413"]
    lenke("unlink", CONTACTS, "413", contact)

    with pytest.raises(StopRun, match="it is old"):
        circle.push(meeting.home, RunOptions(), meeting.around)

    [waiting] = decisions("--waiting")
    meeting.plan()
    lenke("decisions", "withdraw", waiting["id"])
    with pytest.raises(StopRun, match="it is old"):
        circle.push(meeting.home, RunOptions(), meeting.around)
    meeting.sync()
    assert meeting.linked(CONTACTS)["413"] == contact


def decided(meeting: Meeting, kind: str, number: str, contact: str) -> str:
    """Decide about an employee and a contact; give the words."""
    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        pair = links.pair_of(CONTACTS, number, contact)
        return str(getattr(links, kind)(ledger, pair, "a test"))


def test_decisions_that_wait_count(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["413"]
    another, third = stranger(meeting, "Neste"), stranger(meeting, "Tredje")
    meeting.plan()

    with pytest.raises(ConfigurationError, match="413 is linked already"):
        decided(meeting, "link", "413", another)
    decided(meeting, "unlink", "413", contact)
    decided(meeting, "link", "413", another)
    with pytest.raises(ConfigurationError, match="is to be linked already"):
        decided(meeting, "link", "413", third)
    with pytest.raises(ConfigurationError, match="to be linked"):
        decided(meeting, "link", "413", contact)
    elsewhere = meeting.linked(CONTACTS)["415"]
    decided(meeting, "unlink", "415", elsewhere)
    with pytest.raises(ConfigurationError, match=f"{another} is to be linked already"):
        decided(meeting, "link", "415", another)
    decided(meeting, "link", "415", elsewhere)
    assert "will be linked already" in decided(meeting, "link", "413", another)
    words = decided(meeting, "unlink", "413", another)
    assert "The earlier link (by" in words
    assert "counts no more" in words
    words = decided(meeting, "link", "413", contact)
    assert "The earlier unlink (by" in words
    assert "stay linked" in words

    meeting.sync()

    assert meeting.linked(CONTACTS)["413"] == contact
    assert meeting.writes() == {}


def test_what_is_taken_back_contradicts_nothing_else(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["413"]
    another = stranger(meeting, "Ledig")
    meeting.plan()
    lenke("unlink", CONTACTS, "413", contact)
    lenke("link", CONTACTS, "413", another)
    waiting = {each["kind"]: each["id"] for each in decisions("--waiting")}

    refused = lenke("decisions", "withdraw", waiting["unlink"])

    assert refused.exit_code == 2
    assert f"lenke decisions withdraw {waiting['link'][:8]}" in (
        refused.stderr.replace("\n", " ")
    )
    assert lenke("decisions", "withdraw", waiting["link"]).exit_code == 0
    assert lenke("decisions", "withdraw", waiting["unlink"]).exit_code == 0
    meeting.sync()
    assert meeting.linked(CONTACTS)["413"] == contact


@pytest.mark.parametrize(
    ("flow", "source", "target", "words"),
    [
        (CONTACTS, "9411", "1", "No record '9411' is in the newest listing"),
        (CONTACTS, "413", "nobody", "No record 'nobody' is in the newest listing"),
        (CONTACTS, "41l", "1", "The nearest ids are 41"),
        (CONTACTS, "tidsbanken:kunde:K1", "1", "it is a source in tidsbanken_kunde__"),
        (CONTACTS, "413", "customwebshop:customer:1", "is no crmoffice contacts"),
        ("tidsbanken_ansatt__nowhere", "413", "1", "Flows: "),
    ],
)
@pytest.mark.parametrize("command", ["link", "unlink"])
def test_what_is_not_there_is_neither_linked_nor_unlinked(
    meeting: Meeting, command: str, flow: str, source: str, target: str, words: str
) -> None:
    before = len(decisions())

    refused = lenke(command, flow, source, target)

    assert refused.exit_code == 2
    assert words in " ".join(refused.stderr.split())
    assert len(decisions()) == before


def test_half_of_a_contact_persons_id_finds_the_whole(meeting: Meeting) -> None:
    [person, *_] = meeting.systems["powerofficego"].records("contactperson")
    whole = f"{person['ContactId']}/{person['Id']}"

    refused = lenke("link", PEOPLE, "415", str(person["Id"]))

    assert refused.exit_code == 2
    assert f"The nearest ids are {whole}" in " ".join(refused.stderr.split())


def test_what_was_acknowledged_by_a_slip_is_in_the_list_again(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["415"]
    meeting.edit("tidsbanken", "ansatt", "415", Etternavn="Glemt")
    meeting.edit("crmoffice", "contacts", contact, familyName="Husket")
    meeting.sync()
    conflict = losing(meeting, "tidsbanken:ansatt:415", "Glemt")
    lenke("conflicts", "acknowledge", conflict)

    lenke("decisions", "withdraw", newest("acknowledge")["id"])

    listed = json.loads(lenke("conflicts", "--json").stdout)
    assert conflict in [each["id"] for each in listed]
    lenke("conflicts", "acknowledge", conflict)
    meeting.sync()
    late = lenke("decisions", "withdraw", newest("acknowledge")["id"])
    assert "was carried out" in " ".join(late.stderr.split())
