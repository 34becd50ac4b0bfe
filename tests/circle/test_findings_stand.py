"""A finding is new once, stands when a person lets it, and is new again later."""

import json
import shlex
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lenke.cli import app
from tests.circle.conftest import Meeting
from tests.models.test_next_steps import IN_BACKTICKS, understood

pytestmark = pytest.mark.long

TO_SHOP = "tidsbanken_kunde__customwebshop_customer"


def lenke(*words: str) -> Result:
    """Run the command here, on the home that the environment names."""
    return CliRunner().invoke(app, list(words))


def gone(*words: str) -> list[dict[str, Any]]:
    """Give the findings about records that are gone."""
    told = lenke("findings", "--kind", "record_gone", *words, "--json")
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


def decision() -> dict[str, Any]:
    """Give the newest decision to let a finding stand."""
    told = lenke("decisions", "--kind", "acknowledge_finding", "--json")
    newest: dict[str, Any] = json.loads(told.stdout)[0]
    return newest


def test_a_finding_is_new_once_and_stands_until_it_comes_back(meeting: Meeting) -> None:
    shop = meeting.linked(TO_SHOP)["K1"]
    key = f"customwebshop:customer:{shop}"
    meeting.systems["customwebshop"].remove("customer", shop)
    meeting.sync()
    [first] = gone("--new")
    assert first["record_key"] == key
    assert first["reach"] == "record"
    assert first["explained"] == "docs/findings.md#record_gone"
    assert {each["record_key"] for each in first["records"]} >= {"tidsbanken:kunde:K1"}
    for _ in range(2):
        meeting.sync(full=True)
    assert gone("--new") == []
    [known] = gone()
    assert known["finding_id"] == first["finding_id"]
    assert known["first_seen_at"] is not None

    seen = lenke("findings", "acknowledge", known["finding_id"][:8])

    assert seen.exit_code == 0, seen.stderr
    assert gone() == []
    assert gone("--all")[0]["acknowledged_at"] is not None
    assert decision()["status"] == "in force"
    meeting.sync(full=True)
    assert gone() == []
    assert meeting.writes() == {}

    assert lenke("decisions", "withdraw", decision()["id"]).exit_code == 0
    assert len(gone()) == 1
    lenke("findings", "acknowledge", known["finding_id"])
    meeting.edit("customwebshop", "customer", shop, deletedAt=None)
    meeting.sync()
    meeting.sync()
    assert gone("--all") == []
    assert decision()["status"] == "over"
    meeting.systems["customwebshop"].remove("customer", shop)
    meeting.sync()
    [again] = gone("--new")
    assert again["finding_id"] == known["finding_id"]
    assert again["acknowledged_at"] is None


def test_every_command_of_a_next_step_is_understood(meeting: Meeting) -> None:
    rows = meeting.ask("select distinct next_step from inspection.findings")

    found = [each for (text,) in rows for each in IN_BACKTICKS.findall(text)]

    assert found
    for each in found:
        understood(shlex.split(each))
