"""Fifteen questions about a world in which people edited, and things went wrong.

Who, when, where, why, why not, what now, what next: answered from the command line, and
as JSON; also while a run is active, and on a copy of the tables.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from lenke.home.lock import alone
from lenke.showing.local_time import shown
from simulators.faults.plan import Fault, Faults
from tests import inspection_page
from tests.circle.conftest import Meeting, quickly, synced_in
from tests.circle.questions import EMOJI, K1, K2, K3, KARI, OLA, QUESTIONS, Question
from tests.circle.test_resting import CONTACTS, EMPLOYEES, SHOP, pause
from tests.circle.test_who_takes_part import LEFT
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"
FORMULA = "=HYPERLINK(\x1b]8;;http://evil\x07)</td><script>"
HOSTILE = "<script>[red]\x1b[31m`lenke unlink`\u202e"


@dataclass(frozen=True)
class World:
    """A world after all that, and what the records in it are called."""

    meeting: Meeting
    contact: str
    shop: str
    employee: str
    typed_at: str
    until: str
    folder: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Tell it once; each question is asked of it."""
    with quickly():
        meeting = synced_in(tmp_path_factory.mktemp("home"))
        with seeds_changed(*LEFT):
            yield _told(meeting, tmp_path_factory.mktemp("elsewhere"))


def _told(meeting: Meeting, folder: Path) -> World:
    meeting.sync()  # what was made is read now
    contact = meeting.linked(CONTACTS)["412"]
    shop = meeting.linked(SHOP)["K1"]
    # Somebody types in Tidsbanken, which says who; then two type at different times.
    meeting.edit("tidsbanken", "ansatt", "412", Mobil="91 00 00 01")
    typed_at = shown(meeting.clock.now)
    meeting.sync()
    meeting.edit("tidsbanken", "ansatt", "412", Etternavn="Nordmo")
    meeting.edit("crmoffice", "contacts", contact, familyName="Nordvik")
    meeting.sync()
    # A value is refused.
    faults = Faults(meeting.systems, clock=meeting.clock, sleep=meeting.clock.advance)
    faults.add(
        Fault(
            "value_refused",
            "customwebshop",
            "update",
            "customer",
            member="phone",
            count=None,
        )
    )
    meeting.edit("tidsbanken", "kunde", "K1", Telefon="70 00 00 99")
    meeting.sync()
    # A person parts two; another pauses one; a third leaves, and is left out.
    kari = meeting.linked(EMPLOYEES)["411"]
    parted = ask("unlink", EMPLOYEES, "411", kari, "--reason", "not her")
    assert parted.exit_code == 0, parted.output
    until = datetime.now(UTC) + timedelta(days=3)
    pause(meeting, K2, f"{until:%Y-%m-%dT%H:%M:%S+00:00}")
    meeting.edit("tidsbanken", "kunde", "K2", Navn="Til ro AS")
    meeting.edit("tidsbanken", "ansatt", "415", Fornavn=HOSTILE, Sluttet=True)
    meeting.edit("tidsbanken", "kunde", "K3", Navn=FORMULA, Gateadresse=HOSTILE)
    # A project names somebody who is linked to nobody.
    meeting.edit("tidsbanken", "prosjekt", "20002", AnsvarligId=999)
    meeting.systems["crmoffice"].remove("contacts", meeting.linked(CONTACTS)["413"])
    meeting.sync(full=True)
    meeting.sync()
    return World(meeting, contact, shop, kari, typed_at, shown(until), folder)


def ask(*words: str) -> Result:
    """Run the command here, on the home that the environment names."""
    return CliRunner().invoke(app, list(words))


def why(*words: str) -> str:
    """Give the story, which is told whatever has happened."""
    result = ask("why", *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def why_json(*words: str) -> dict[str, Any]:
    """Give the story as an object."""
    found: dict[str, Any] = json.loads(why(*words, "--json"))
    return found


def test_who_typed_it_when_and_where(world: World) -> None:
    told = why(OLA, "Mobil")

    assert (
        f"User 1 of tidsbanken typed “+4791000001” in {OLA} (Ola Nordvik) on "
        f"{world.typed_at}. Before it was “+4790000412”." in told
    )
    [changed, _] = [
        each
        for each in why_json(OLA, "Mobil")["properties"][0]["events"]
        if "won_by" in each
    ]
    assert (changed["typed_by"], changed["writes_done"]) == ("1", changed["writes"])
    assert changed["writes"] >= 1


def test_who_won_and_what_lost(world: World) -> None:
    told = why("Ola Nordvik", "familyName")

    assert "Etternavn: “Nordvik”" in told
    assert "Somebody typed “Nordvik” in crmoffice:contacts:" in told
    assert "Others were edited too; this was the newest." in told
    assert f"“Nordmo”, the value of {OLA} (Ola Nordvik), was not taken" in told
    assert "another one was newer. A person should look at it." in told
    assert told.index("Nordvik” in crmoffice") < told.index("The records met")
    assert "Mobil" not in told


def test_what_next_brings_a_losing_value_back(world: World) -> None:
    [lost] = [
        each
        for each in why_json(OLA, "Etternavn")["properties"][0]["events"]
        if each.get("losing_value") == "Nordmo"
    ]

    assert lost["next_steps"] == [
        f"To have it: `lenke conflicts restore {lost['id']}`.",
        f"To leave it so: `lenke conflicts acknowledge {lost['id']}`.",
    ]
    told = why(OLA)
    assert f"\n      lenke conflicts restore {lost['id']}\n" in told


def test_which_write_carried_it_and_what_was_answered(world: World) -> None:
    told = why(OLA, "Mobil")

    [line] = [each for each in told.splitlines() if "“+4791000001” was sent" in each]
    assert f"crmoffice:contacts:{world.contact} (Ola Nordvik)" in line
    assert line.endswith("(Ola Nordvik): done.")


def test_what_was_refused_in_the_systems_own_words(world: World) -> None:
    told = why(K1, "Telefon")

    assert f"“+4770000099” was sent to customwebshop:customer:{world.shop}" in told
    assert "refused. It said: " in told
    assert "What it waits for now" in told
    assert why_json(K1, "phone")["waits"]


def test_with_whom_it_is_linked_since_when_and_on_what_evidence(world: World) -> None:
    told = why("412")

    since = "are linked since "
    assert "Lenke made the one from the other." in told
    assert "(rule national id)" in told
    assert "(rule number)" in told
    assert told.count(since) == 3


def test_why_a_link_has_ended_and_who_decided_it(world: World) -> None:
    told = why(KARI)

    assert f"and powerofficego:employees:{world.employee} (Kari Ås) were linked" in told
    assert "not her" in told
    assert "It ended: unlinked by " in told
    assert "do not belong together (not her). Carried out." in told


def test_why_nothing_is_linked_and_what_the_candidates_are(world: World) -> None:
    told = why("tidsbanken:ansatt:414")

    assert f"In {PEOPLE} tidsbanken:ansatt:414 (Pål Delt) is not linked" in told
    assert "it matches several records, or others match the same (e-mail)" in told
    assert f"lenke link {PEOPLE} tidsbanken:ansatt:41" in told


def test_a_candidate_is_told_whose_it_is(world: World) -> None:
    [(target,)] = world.meeting.ask(
        "select candidate_keys from inspection.unlinked "
        "where source_key = 'tidsbanken:ansatt:414' and outcome = 'ambiguous'"
    )

    told = why(target)

    assert "tidsbanken:ansatt:413 (Per Delt) is not linked" in told
    assert "tidsbanken:ansatt:414 (Pål Delt) is not linked" in told


def test_who_is_gone(world: World) -> None:
    told = why("tidsbanken:ansatt:413")

    assert "It ended: " in told
    assert "lenke create" in told


def test_who_is_paused_and_until_when(world: World) -> None:
    told = why(K2)

    assert f"{K2} (Til ro AS): a person has it rest." in told
    assert f"that {K2} (Til ro AS) rests. In force until {world.until}." in told
    assert f"\n      lenke resume {K2}\n" in told
    assert "The link rests: a person has it rest." in told
    assert "What rests waits until it takes part again" in told


def test_who_is_left_out(world: World) -> None:
    told = why(EMOJI)

    assert "The link rests: the rules about records leave it out" in told


def test_why_a_reference_waits(world: World) -> None:
    told = why("tidsbanken:prosjekt:20002", "AnsvarligId")

    assert "999" in told
    assert "the record that it refers to has no link yet" in told
    assert "What it waits for now" in told


def test_when_nothing_waits_it_says_so(world: World) -> None:
    assert "Nothing waits: what is agreed on has arrived" in why(OLA)


def test_a_hostile_name_is_harmless_and_a_name_finds_its_record(world: World) -> None:
    told = why(EMOJI, "Fornavn")

    for code in ("\x1b", "\u202e"):
        assert code not in told
        assert code not in why(EMOJI, "--json")
    assert "<script>[red]<U+001B>[31m" in told
    assert "\n      lenke unlink" not in told


def test_a_near_miss_suggests_and_several_hits_are_listed(world: World) -> None:
    missed, several = ask("why", "Ola Nordvikk"), ask("why", "Delt")
    wrong = ask("why", OLA, "Mobill")

    assert missed.exit_code == several.exit_code == wrong.exit_code == 2
    assert f"{OLA} (Ola Nordvik)" in missed.stderr
    assert "\n  lenke why tidsbanken:ansatt:413  (Per Delt)\n" in several.stderr
    assert "\n  lenke why tidsbanken:ansatt:414  (Pål Delt)\n" in several.stderr
    assert "The nearest: Mobil" in wrong.stderr


@pytest.mark.parametrize("who", [OLA, "412", "ola nordvik", "TIDSBANKEN:ANSATT:412"])
def test_any_members_key_an_id_or_a_name_finds_the_star(world: World, who: str) -> None:
    contact = f"crmoffice:contacts:{world.contact}"

    found, there = why_json(who), why_json(contact)

    assert found["record_key"] == OLA
    assert there["record_key"] == contact
    assert found["properties"] == there["properties"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.asked)
def test_the_command_line_and_sql_answer_alike_also_while_a_run_is_active(
    world: World, question: Question
) -> None:
    [(lost,)] = world.meeting.ask(
        "select left(conflict_id, 8) from inspection.conflicts "
        "where losing_value = 'Nordmo'"
    )
    facts = {**vars(world), "lost": lost}

    answer = ask(*question.words)
    rows = ask("sql", question.sql)
    with alone(world.meeting.home, "sync"):
        meanwhile, rows_meanwhile = ask(*question.words), ask("sql", question.sql)

    assert answer.exit_code == rows.exit_code == 0, answer.output + rows.output
    for words in question.told:
        assert words.format(**facts) in answer.stdout
    _, *found = rows.stdout.splitlines()
    expected = [[cell.format(**facts) for cell in row] for row in question.found]
    assert [line.split("\t") for line in found] == expected
    assert meanwhile.stdout.endswith(answer.stdout.split("\n", 1)[1])
    assert rows_meanwhile.stdout == rows.stdout
    for each in (answer, rows):
        assert each.output.replace("\n", "").replace("\t", "").isprintable()


def test_every_question_of_the_page_of_tables_is_answered(world: World) -> None:
    for query in re.findall(
        r"```sql\n(.*?)```", inspection_page.PAGE.read_text("utf-8"), flags=re.S
    ):
        answer = ask("sql", query)
        assert answer.exit_code == 0, answer.output


@pytest.mark.parametrize(
    "words",
    [("why", K3), ("links", K3), ("why", EMOJI), ("links", EMOJI), ("findings",)],
    ids=" ".join,
)
def test_what_is_hostile_is_only_text_on_a_terminal_and_whole_in_json(
    world: World, words: tuple[str, ...]
) -> None:
    shown, told = ask(*words), ask(*words, "--json")

    for each in (shown, told):
        assert each.output.replace("\n", "").replace("\t", "").isprintable()
    if words[-1] == K3:
        assert "=HYPERLINK(<U+001B>]8;;http://evil<U+0007>)</td><script>" in (
            shown.stdout
        )
        assert FORMULA in values_in(json.loads(told.stdout))


def values_in(told: Any) -> set[str]:
    """Give each text anywhere in an object."""
    if isinstance(told, dict):
        return values_in(list(told.values()))
    if isinstance(told, list):
        return {text for each in told for text in values_in(each)}
    return {told} if isinstance(told, str) else set()


def test_it_is_told_while_a_run_is_active_and_from_a_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = why(OLA)
    with alone(world.meeting.home, "sync"):
        assert why(OLA) == before
    shutil.copy(world.meeting.home.inspection, world.folder)

    monkeypatch.setenv("LENKE_HOME", str(world.folder))

    assert why(OLA) == before


def test_no_national_id_is_told(world: World) -> None:
    assert "01828012327" not in why(OLA, "--json")
    assert not world.meeting.ask(
        "select 1 from inspection.history where property in "
        "('Personnummer', 'SocialSecurityNumber')"
    )
