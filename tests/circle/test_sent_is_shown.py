"""With every plan a test of dbt says: what is sent is what an out_ model shows.

It must hold of a plan with all kinds of writes, and notice a column that shows another
value.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

import duckdb
import pytest

from lenke.build import build as building
from lenke.build.by_dbt import TESTS, BuildFailed
from lenke.build.nodes import prepare
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from tests import compiled
from tests.circle.conftest import Meeting

TEST = "sends_what_it_shows_"
ACTIVITIES = "tidsbanken_prosjekt__crmoffice_activities"
CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


def failures(home: Home) -> dict[str, int]:
    """Run the test of each out_ model; give how many values differ, where any does."""
    found = {}
    with duckdb.connect(str(home.warehouse)) as warehouse:
        prepare(warehouse, home.ledger, BuildOptions(now=datetime.now(UTC)))
        for check in compiled.models().checks:
            wrong = warehouse.execute(check.sql).fetchall()
            if check.name.startswith(TEST) and wrong:
                found[check.name.removeprefix(TEST)] = len(wrong)
    return found


@contextmanager
def showing(home: Home, model: str, column: str, sql: str) -> Iterator[None]:
    """Let a model show another value in a column, inside the block."""
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(f"alter view outbound.{model} rename to {model}_whole")
        warehouse.execute(
            f"create view outbound.{model} as select * replace "
            f'({sql} as "{column}") from outbound.{model}_whole'
        )
    try:
        yield
    finally:
        with duckdb.connect(str(home.warehouse)) as warehouse:
            warehouse.execute(f"drop view outbound.{model}")
            warehouse.execute(f"alter view outbound.{model}_whole rename to {model}")


def test_a_value_that_is_sent_and_not_shown_stops_the_run(meeting: Meeting) -> None:
    activity = meeting.linked(ACTIVITIES)["20001"]
    meeting.edit("tidsbanken", "prosjekt", "20001", AnsvarligId=412)
    meeting.edit("crmoffice", "activities", activity, subject="Ny bru", endsAt=None)
    meeting.systems["tidsbanken"].insert(
        "ansatt", {"Id": 499, "Fornavn": "Ny", "Etternavn": "Ansatt", "Aktiv": True}
    )
    meeting.plan()
    home = meeting.home

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
    shown = {
        node.name for node in compiled.models().nodes if node.name.startswith("out_")
    }

    checked = [check.name for check in compiled.models().checks]

    assert "test_name:sends_what_it_shows" in TESTS
    assert shown
    for name in shown:
        assert any(name in each for each in checked), f"nothing checks {name}"


def test_a_plan_that_sends_what_is_not_shown_is_not_kept(meeting: Meeting) -> None:
    meeting.edit("tidsbanken", "prosjekt", "20001", Navn="Nyere bru")
    [activities] = compiled.models().only("out_crmoffice__activities")
    lying = f"select * replace ('x' as subject) from ({activities.sql})"
    models = replace(
        compiled.models(),
        key="another",
        nodes=tuple(
            replace(node, sql=lying) if node is activities else node
            for node in compiled.models().nodes
        ),
    )
    before = stamp(meeting)

    with (
        mock.patch.object(building, "compiled_models", return_value=models),
        pytest.raises(BuildFailed) as failed,
    ):
        meeting.plan()

    assert f"{TEST}out_crmoffice__activities_: 1 rows are wrong" in str(failed.value)
    assert "Nyere bru" not in str(failed.value)
    assert stamp(meeting) == before
    assert meeting.plan().planned is not None


def stamp(meeting: Meeting) -> list[tuple[object, ...]]:
    """Tell one build from another."""
    with duckdb.connect(str(meeting.home.warehouse)) as warehouse:
        rows: list[tuple[object, ...]] = warehouse.execute(
            "select * from outbound.plan_stamp"
        ).fetchall()
        return rows
