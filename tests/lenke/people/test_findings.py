"""What a person lets stand is no news any more, until it has gone and come back."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from connections.http.errors import ConfigurationError
from ledger.ledger import open_ledger
from lenke.cli import app
from lenke.home.places import Home
from lenke.people import findings
from tests.lenke.published import publish

MASK = "a" * 32
OTHER = "ab" + "c" * 30
REFUSED = "d" * 32
REFUSAL = "e" * 32


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("LENKE_HOME", str(tmp_path))
    publish(
        tmp_path,
        findings=[
            finding(MASK, "masked_value", reach="flow"),
            finding(OTHER, "held_not_accepted", property="email"),
            finding(REFUSED, "held_refused", property="phone", refusal_id=REFUSAL),
        ],
        refusals=[
            {
                "refusal_id": REFUSAL,
                "flow": "f",
                "record_key": "crmoffice:contacts:1",
                "properties": "phone",
                "words": "No.",
            }
        ],
    )
    return Home(tmp_path)


def finding(finding_id: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "finding_id": finding_id,
        "kind": kind,
        "reach": "record",
        "record_key": "crmoffice:contacts:1",
        "message": "So <script>it</script> is.",
        "next_step": "Look.",
        "records": "[]",
        **more,
    }


def acknowledged(home: Home, *ids: str) -> list[tuple[str, str]]:
    """Acknowledge, and give the kinds and fingerprints of the decisions."""
    with open_ledger(home.ledger) as ledger:
        findings.acknowledge(home, ledger, list(ids), "it is fine")
        return ledger.fetch(
            "select kind, payload_hash from ledger.decisions order by payload_hash"
        )


def lenke(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_finding_is_let_stand_by_its_id(home: Home) -> None:
    assert acknowledged(home, "aa") == [("acknowledge_finding", MASK)]


def test_a_finding_about_a_refused_write_goes_by_the_refusal(home: Home) -> None:
    assert acknowledged(home, REFUSED) == [("acknowledge", REFUSAL)]


def test_a_refusal_and_its_finding_are_one_thing(home: Home) -> None:
    assert acknowledged(home, REFUSED, REFUSAL[:5]) == [("acknowledge", REFUSAL)]


def test_all_are_findings_and_refused_writes(home: Home) -> None:
    assert acknowledged(home) == [
        ("acknowledge_finding", MASK),
        ("acknowledge_finding", OTHER),
        ("acknowledge", REFUSAL),
    ]


@pytest.mark.parametrize(("typed", "words"), [("a", "names 2"), ("f", "no finding")])
def test_an_id_that_names_none_or_several_is_refused(
    home: Home, typed: str, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words):
        acknowledged(home, typed)


def let_stand(home: Home, finding_id: str) -> None:
    with duckdb.connect(str(home.inspection)) as connection:
        connection.execute(
            "update findings set acknowledged_at = now()::timestamp, "
            "acknowledged_by = 'anne', acknowledged_because = '[red]fine' "
            "where finding_id = ?",
            [finding_id],
        )


def kinds(*words: str) -> list[str]:
    return [
        each["kind"] for each in json.loads(lenke("findings", *words, "--json").stdout)
    ]


def test_what_stops_most_comes_first_and_what_stands_last(home: Home) -> None:
    assert kinds() == ["masked_value", "held_not_accepted", "held_refused"]

    let_stand(home, MASK)

    assert kinds() == ["held_not_accepted", "held_refused"]
    assert kinds("--all") == ["held_not_accepted", "held_refused", "masked_value"]
    assert kinds("--kind", "masked_value") == []
    assert (
        "Somebody lets 1 more stand: lenke findings --all" in lenke("findings").stderr
    )


def test_all_is_well_is_not_said_while_something_stands(home: Home) -> None:
    for each in (MASK, OTHER, REFUSED):
        let_stand(home, each)

    told = lenke("findings").stdout

    assert told == "No findings. Somebody lets stand: 3 (`lenke findings --all`).\n"


def test_new_is_what_no_run_before_the_newest_that_went_through_had(home: Home) -> None:
    with duckdb.connect(str(home.inspection)) as connection:
        for number, (name, code) in enumerate((("r1", 0), ("r2", 3), ("r3", 4)), 1):
            connection.execute(
                "insert into runs (run_id, run_number, command, exit_code, outcome) "
                "values (?, ?, 'sync', ?, 'ended')",
                [name, number, code],
            )
        for finding_id, run in ((MASK, "r1"), (OTHER, "r2")):
            connection.execute(
                "update findings set first_seen_run_id = ?, first_seen_at = "
                "'2026-03-02 08:00:00' where finding_id = ?",
                [run, finding_id],
            )

    assert kinds("--new") == ["held_not_accepted", "held_refused"]
    let_stand(home, OTHER)
    assert kinds("--new") == ["held_refused"], "nobody has written that one down yet"
