"""A run's clock never goes back behind what an earlier run has written down."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from connections.http.errors import StopRun
from ledger.ledger import open_ledger
from lenke.home.places import Home
from lenke.run.clock import in_step
from lenke.run.surroundings import Surroundings
from loaders.raw.tables import create_tables

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A LENKE_HOME in which a run ended at noon."""
    made = Home(tmp_path)
    with open_ledger(made.ledger, at(NOON)) as ledger:
        run = ledger.start_run("sync")
        ledger.finish_run(run.run_id, "done", 0, {})
    return made


def test_a_clock_that_goes_on_is_left_alone(home: Home) -> None:
    around = Surroundings(clock=at(NOON + SECOND))

    with in_step(home, around) as stepped:
        assert stepped is around


def test_where_nothing_was_ever_done_any_time_is_right(tmp_path: Path) -> None:
    around = Surroundings(clock=at(NOON))

    with in_step(Home(tmp_path), around) as stepped:
        assert stepped is around

    assert not Home(tmp_path).ledger.exists()


def test_a_clock_that_went_back_goes_on_from_the_newest_run(home: Home) -> None:
    told: list[str] = []
    moments = iter([NOON - timedelta(hours=3), NOON - timedelta(hours=3) + SECOND])
    around = Surroundings(clock=lambda: next(moments), on_stage=told.append)

    with in_step(home, around) as stepped:
        now = stepped.clock()

    assert now == NOON + 2 * SECOND
    assert list(stepped.warnings) == told
    assert "written down 2026-03-03 12:00:00 UTC" in told[0]
    assert "3:00:00 ahead" in told[0]


def test_a_few_seconds_are_not_worth_a_word(home: Home) -> None:
    with in_step(home, Surroundings(clock=at(NOON - 5 * SECOND))) as stepped:
        assert stepped.clock() > NOON
        assert stepped.warnings == ()


def test_what_was_read_after_the_last_run_counts_too(home: Home) -> None:
    later = NOON + timedelta(hours=2)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        create_tables(warehouse)
        warehouse.execute(
            "insert into raw.listings by name select 'l1' as listing_id, "
            "?::timestamptz as started_at, ?::timestamptz as finished_at",
            [later, later],
        )

    with in_step(home, Surroundings(clock=at(NOON + SECOND))) as stepped:
        assert stepped.clock() == later + SECOND


def test_a_clock_that_is_behind_by_more_than_a_day_stops_the_run(home: Home) -> None:
    around = Surroundings(clock=at(NOON - timedelta(days=1, seconds=1)))

    with pytest.raises(StopRun) as stopped, in_step(home, around):
        pass

    words = str(stopped.value)
    assert "behind by 1 day, 0:00:01" in words
    assert "Nothing was read or sent" in words
    assert "restore a ledger.duckdb" in words
