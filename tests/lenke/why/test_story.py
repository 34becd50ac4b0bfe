"""Why a record is as it is, told from tables that were made by hand."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from lenke.why.words import LOST, WON
from tests.lenke.published import (
    FLOW,
    KARI,
    KARI_THERE,
    OLA,
    OTHER_FLOW,
    PERSON,
    columns_of,
    publish,
)

HOSTILE = "\x1b[31m[red]<script>\u202e`lenke unlink`\n  fake"
_CHANGE = {
    "source_key": KARI,
    "property": "Fornavn",
    "value_from": "Kari",
    "value_to": "Karin",
    "won_by": KARI_THERE,
    "rule": "edited",
    "typed_at": "2026-01-02 10:00:00",
    "agreed_at": "2026-01-02 10:05:00",
    "run_id": "r2",
}
_WRITE = {
    "write_id": "w1",
    "run_id": "r2",
    "operation": "update",
    "flow": FLOW,
    "system": "tidsbanken",
    "entity": "ansatt",
    "record_id": "411",
    "source_key": KARI,
    "delivered": '{"Fornavn": "Karin"}',
    "status": "done",
    "intended_at": "2026-01-02 10:06:00",
}
_SIGHT = {
    "source_key": KARI,
    "record_key": KARI_THERE,
    "system": "crmoffice",
    "property": "Fornavn",
    "name": "givenName",
    "sight": "absent",
    "agreed_value": "Karin",
    "outcome": "absent",
}

Told = Callable[..., Result]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Publish rows, and ask why."""
    monkeypatch.setenv("LENKE_HOME", str(tmp_path))

    def ask(*words: str, **rows: list[dict[str, Any]]) -> Result:
        (tmp_path / "inspection.duckdb").unlink(missing_ok=True)
        publish(tmp_path, **{"conflicts": [], "findings": [], "plan": [], **rows})
        return CliRunner().invoke(app, ["why", *words])

    return ask


def test_who_typed_it_stands_with_the_hour_in_norway(told: Told) -> None:
    found = told(KARI, "givenName", history=[{**_CHANGE, "typed_by": "7"}])

    assert (
        f"  2026-01-02 11:05  User 7 of crmoffice typed “Karin” in {KARI_THERE} (Kari "
        "Aas) on 2026-01-02 11:00. Before it was “Kari”.\n" in found.stdout
    )


def test_the_newest_stands_first(told: Told) -> None:
    first = {
        **_CHANGE,
        "rule": "first_meeting",
        "value_to": "Kari",
        "agreed_at": "2026-01-01 10:00:00",
    }

    found = told(KARI, history=[first, _CHANGE], writes=[_WRITE]).stdout

    assert found.index("was sent to") < found.index("typed “Karin”")
    assert found.index("typed “Karin”") < found.index("The records met")


def test_an_emptied_value_is_told(told: Told) -> None:
    found = told(KARI, history=[{**_CHANGE, "value_to": None}]).stdout

    assert "Fornavn: nothing" in found
    assert "Somebody emptied it in" in found


def test_a_restored_value_names_who_restored_it_and_why(told: Told) -> None:
    found = told(
        KARI,
        history=[{**_CHANGE, "won_by": "lenke:person:d7", "rule": "restored"}],
        decisions=[
            {
                "decision_id": "d7",
                "kind": "restore",
                "source_key": KARI,
                "decided_by": "anne",
                "reason": "she asked",
                "status": "carried out",
            }
        ],
    ).stdout

    assert "anne had “Karin” restored (she asked). Before it was “Kari”." in found


def test_a_rule_that_nobody_has_words_for_is_named(told: Told) -> None:
    found = told(KARI, history=[{**_CHANGE, "rule": "by_moonlight"}]).stdout

    assert "It won by the rule by_moonlight." in found


def named_in(table: str) -> set[str]:
    """Give the rules that the description of a table's column names."""
    told = columns_of("description")[table]["rule"]
    return set(re.findall(r"`(\w+)`", told))


@pytest.mark.parametrize("rule", sorted(named_in("history")))
def test_each_rule_by_which_a_value_wins_is_told_in_words(
    told: Told, rule: str
) -> None:
    found = told(KARI, history=[{**_CHANGE, "rule": rule}]).stdout

    assert "“Karin”" in found
    assert "by the rule" not in found
    assert rule not in WON or WON[rule] in found


@pytest.mark.parametrize("rule", sorted(named_in("conflicts")))
def test_each_rule_by_which_a_value_loses_is_told_in_words(
    told: Told, rule: str
) -> None:
    lost = {
        "source_key": KARI,
        "property": "Fornavn",
        "losing_key": KARI_THERE,
        "losing_value": "Karen",
        "winning_system": None if rule == "ask" else "tidsbanken",
        "winning_value": "Kari",
        "rule": rule,
        "status": "open",
    }

    found = told(KARI, conflicts=[lost]).stdout

    assert "was not taken, but “Kari”" in found
    assert f": {LOST[rule]}. A person should look at it." in found


def test_what_both_had_is_told_and_a_national_id_is_only_named(told: Told) -> None:
    link = {
        "flow": OTHER_FLOW,
        "source_key": OLA,
        "target_key": PERSON,
        "matched_by": "e-mail, national id",
        "established_at": "2026-01-02 10:05:00",
    }
    agreed = {"source_key": OLA, "property": "Epost", "rule": "first_meeting"}
    now = {**agreed, "value_to": "ny@firma.no", "agreed_at": "2026-01-03"}
    then = {**agreed, "value_to": "ola@firma.no", "agreed_at": "2026-01-02 10:05:00"}
    secret = {**then, "property": "Personnummer", "value_to": "01828012327"}

    found = told(OLA, links=[link], history=[now, then, secret]).stdout
    unknown = told(OLA, links=[{**link, "matched_by": "e-mail"}]).stdout
    planned = told(OLA, links=[{**link, "established_at": None}]).stdout

    assert (
        "both had the same Epost “ola@firma.no” and the same national id then, and "
        "nobody else had them (rule e-mail, national id)." in found
    )
    assert "both had the same Epost then, and nobody else had it" in unknown
    assert "will be linked by the next push: both had the same Epost and" in planned


def test_what_has_just_been_written_waits_for_nothing(told: Told) -> None:
    record = {"system": "crmoffice", "entity": "contacts", "record_id": "30019"}
    written = {**_WRITE, **record}

    arrived = told(KARI, sights=[_SIGHT], writes=[written]).stdout
    refused = told(KARI, sights=[_SIGHT], writes=[{**written, "status": "refused"}])
    other = told(
        KARI, sights=[_SIGHT], writes=[{**written, "delivered": '{"Fornavn": "K"}'}]
    )

    assert "Nothing waits" in arrived
    assert "It waits for “Karin”." in refused.stdout
    assert "It waits for “Karin”." in other.stdout


def test_what_is_held_says_why_and_what_to_do(told: Told) -> None:
    held = {**_SIGHT, "sight": "unchanged", "outcome": "held"}

    found = told(KARI, "Fornavn", sights=[{**held, "held_because": "not_accepted"}])

    assert "It can't get “Karin” now. Why: the system would refuse it" not in (
        found.stdout
    )
    assert "Why: the system would refuse this value." in found.stdout
    assert "Correct the value where it was typed." in found.stdout


def test_a_finding_tells_it_once(told: Told) -> None:
    finding = {
        "kind": "held_refused",
        "record_key": KARI_THERE,
        "property": "familyName, givenName",
        "message": "Not passed on: no.",
        "next_step": "Look: `lenke links 411`. Or leave it.",
    }

    found = told(KARI, "Fornavn", sights=[_SIGHT], findings=[finding]).stdout

    assert "Not passed on: no." in found
    assert "\n      lenke links 411\n" in found
    assert "It waits for" not in found


def test_of_another_property_nothing_is_told(told: Told) -> None:
    other = {**_CHANGE, "property": "Mobil", "value_to": "1"}

    found = told(KARI, "Fornavn", history=[_CHANGE, other], sights=[_SIGHT]).stdout

    assert "“1”" not in found
    assert "Links" not in found


def test_who_has_no_link_is_told_why_and_what_to_do(told: Told) -> None:
    row = {
        "flow": FLOW,
        "source_key": OLA,
        "outcome": "ambiguous",
        "reason": "it matches several records, or others match the same",
        "candidates": 1,
        "candidate_keys": PERSON,
        "matched_by": "e-mail",
    }

    source, target = (told(key, unlinked=[row]).stdout for key in (OLA, PERSON))

    for found in (source, target):
        assert f"In {FLOW} {OLA} (Ola Li) is not linked: it matches several" in found
        assert f"(e-mail): {PERSON} (Ola Lie)." in found
        assert f"\n      lenke link {FLOW} {OLA} {PERSON}\n" in found


def test_a_past_link_says_why_it_ended(told: Told) -> None:
    link = {
        "flow": FLOW,
        "source_key": OLA,
        "target_key": "crmoffice:contacts:1",
        "matched_by": "person",
        "established_at": "2026-01-01",
        "ended_at": "2026-07-02",
        "ended_because": "unlinked by anne: wrong",
    }

    found = told(OLA, links=[link]).stdout

    assert "were linked from 2026-01-01 01:00 to 2026-07-02 02:00: a person" in found
    assert "It ended: unlinked by anne: wrong." in found


@pytest.mark.parametrize("typed", ["kari aas", "Kari Ås", "411", KARI_THERE])
def test_a_name_or_any_member_finds_the_star(told: Told, typed: str) -> None:
    found = told(typed, "Fornavn", "--json", history=[_CHANGE])

    [known] = json.loads(found.stdout)["properties"]
    assert known["agreed_value"] == "Karin"


def test_a_name_of_several_stars_lists_the_command_for_each(told: Told) -> None:
    found = told("ola")

    assert found.exit_code == 2
    assert f"\n  lenke why {OLA}  (Ola Li)\n" in found.stderr
    assert f"  lenke why {PERSON}  (Ola Lie)\n" in found.stderr
    assert not found.stdout


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Kari Aass", KARI_THERE), ("Kari Åss", KARI)]
)
def test_a_name_that_nobody_bears_is_refused_with_the_nearest(
    told: Told, typed: str, nearest: str
) -> None:
    found = told(typed)

    assert found.exit_code == 2
    assert f"{nearest} (Kari" in found.stderr


def test_hostile_values_are_shown_and_do_nothing(told: Told) -> None:
    rows = {
        "history": [{**_CHANGE, "value_to": HOSTILE, "typed_by": HOSTILE}],
        "writes": [{**_WRITE, "status": "refused", "error": HOSTILE}],
        "findings": [{"kind": "k", "record_key": KARI, "message": HOSTILE}],
    }

    found, as_json = told(KARI, **rows).stdout, told(KARI, "--json", **rows).stdout

    for text in (found, as_json):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "[red]<script>" in found
    assert "\n  fake" not in found
    assert "\n      lenke unlink" not in found
    assert json.loads(as_json)["properties"][0]["agreed_value"] == HOSTILE


def test_the_tables_of_an_older_lenke_ask_for_a_plan(
    told: Told, tmp_path: Path
) -> None:
    told(KARI)
    with duckdb.connect(str(tmp_path / "inspection.duckdb")) as tables:
        tables.execute("drop table history")

    found = CliRunner().invoke(app, ["why", KARI])

    assert found.exit_code == 2
    assert "older Lenke" in found.stderr
