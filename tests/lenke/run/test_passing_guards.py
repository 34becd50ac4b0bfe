"""What the models found to be too much stops a push, and a person can let it pass."""

from pathlib import Path

import duckdb
import pytest

from connections.settings.read import LenkeSettings
from lenke.home.places import Home
from lenke.run.guards import StoppedByGuard, pass_guards
from lenke.run.report import STOPPED_BY_GUARD, RunReport
from lenke.run.run import Run, RunOptions
from lenke.run.surroundings import Sessions, Surroundings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A build that found a mass change, and a system that rests."""
    made = Home(tmp_path)
    with duckdb.connect(str(made.warehouse)) as warehouse:
        warehouse.execute("create schema matching")
        warehouse.execute("create schema merging")
        warehouse.execute("create schema outbound")
        warehouse.execute(
            "create table merging.merge_resting_properties as "
            "select 'powerofficego' as system_name, 'employees' as entity, "
            "'EmailAddress' as name, 7 as turned, 8 as held, 'nothing' as shown"
        )
        warehouse.execute(
            "create table matching.match_systems as "
            "select 'crmoffice' as system_name, true as rests, 'short' as why_not, "
            "false as is_another_tenant"
        )
        warehouse.execute(
            "create table outbound.outbound_guards as select 'f' as flow, 'update' as "
            "operation, 'f would update 90' as what_was_seen, 0.2 as share, 9 as number"
        )
    return made


def a_run(home: Home, *, allows: bool) -> Run:
    return Run(
        home,
        RunOptions(allow_mass_change=allows),
        LenkeSettings(),
        Surroundings(),
        Sessions({}, {}),
        RunReport("run 1"),
    )


def test_a_guard_stops_a_push_in_words(home: Home) -> None:
    run = a_run(home, allows=False)

    with pytest.raises(StoppedByGuard, match=r"f would update 90.*allow-mass-change"):
        pass_guards(run)

    assert run.report.exit_code == STOPPED_BY_GUARD


def test_a_person_lets_a_mass_change_pass_but_a_resting_system_rests(
    home: Home,
) -> None:
    run = a_run(home, allows=True)

    pass_guards(run)

    assert run.report.exit_code == STOPPED_BY_GUARD


def test_a_property_that_rests_is_said_in_words(home: Home) -> None:
    run = a_run(home, allows=True)

    pass_guards(run)

    words = "powerofficego employees EmailAddress rests: 7 of the 8 linked records"
    assert words in run.report.warnings[1]
    assert "lenke sync --full --allow-mass-change" in run.report.warnings[1]
