"""With every plan a test of dbt says: what is sent is what an out_ model shows.

It must hold of a plan with all kinds of writes, and notice a column that shows another
value.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from lenke.run import dbt
from tests.circle.conftest import Meeting

PROJECT = Path(__file__).parents[2]
SHOWS = "test_name:sends_what_it_shows"
ACTIVITIES = "tidsbanken_prosjekt__crmoffice_activities"
CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def failures(home: Path) -> dict[str, int]:
    """Run the test of each out_ model; give how many values differ, where any does."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")),
            *("--quiet", "test", "--select", SHOWS),
            *("--target-path", str(home / "target")),
            *("--log-path", str(home / "target")),
        ],
        cwd=PROJECT,
        env={**os.environ, "LENKE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads((home / "target/run_results.json").read_text(encoding="utf-8"))
    assert len(results["results"]) == 16, done.stdout + done.stderr
    return {
        result["unique_id"].split(".")[2].removeprefix("sends_what_it_shows_"): result[
            "failures"
        ]
        for result in results["results"]
        if result["status"] != "pass"
    }


@contextmanager
def showing(home: Path, model: str, column: str, sql: str) -> Iterator[None]:
    """Let a model show another value in a column, inside the block."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
        warehouse.execute(f"alter view outbound.{model} rename to {model}_whole")
        warehouse.execute(
            f"create view outbound.{model} as select * replace "
            f'({sql} as "{column}") from outbound.{model}_whole'
        )
    try:
        yield
    finally:
        with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
            warehouse.execute(f"drop view outbound.{model}")
            warehouse.execute(f"alter view outbound.{model}_whole rename to {model}")


@pytest.mark.long
def test_a_value_that_is_sent_and_not_shown_stops_the_run(meeting: Meeting) -> None:
    activity = meeting.linked(ACTIVITIES)["20001"]
    meeting.edit("tidsbanken", "prosjekt", "20001", AnsvarligId=412)
    meeting.edit("crmoffice", "activities", activity, subject="Ny bru", endsAt=None)
    meeting.systems["tidsbanken"].insert(
        "ansatt", {"Id": 499, "Fornavn": "Ny", "Etternavn": "Ansatt", "Aktiv": True}
    )
    meeting.plan()
    home = meeting.home.folder

    whole = failures(home)
    with showing(home, "out_crmoffice__activities", "ownerId", '"subject"'):
        another_reference = failures(home)
    with showing(home, "out_tidsbanken__prosjekt", "FerdigDato", "'2031-01-01'"):
        not_emptied = failures(home)
    with showing(home, "out_crmoffice__contacts", "familyName", "null"):
        nothing = failures(home)

    assert whole == {}
    assert another_reference == {"out_crmoffice__activities_": 1}
    assert not_emptied == {"out_tidsbanken__prosjekt_": 1}
    assert nothing == {"out_crmoffice__contacts_": 1}


def test_it_runs_with_every_plan() -> None:
    assert SHOWS in dbt.TESTS
