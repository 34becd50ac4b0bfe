"""A home begins with all models, built on nothing; that is no plan and no build."""

import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from connections.http.errors import StopRun
from ledger.ledger import ensure_ledger, open_ledger
from lenke.build import build as building
from lenke.build import fresh
from lenke.home.places import Home
from lenke.run.publish import publish_again
from reverse_etl.push.stops import check_plan
from tests import compiled

# A run that is killed after DuckDB has written its log into the file once.
KILLED = """
import duckdb, os, sys
warehouse = duckdb.connect(sys.argv[1])
warehouse.execute("create table raw.more (x integer)")
warehouse.execute("checkpoint")
warehouse.execute("insert into raw.more values (1)")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    fresh.begin_home(home, compiled.models)
    return home


def relations(home: Home) -> list[tuple[object, ...]]:
    """Give every column of every relation, with its type and description."""
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(f"attach '{home.ledger}' as ledger_file (read_only)")
        rows: list[tuple[object, ...]] = warehouse.execute(
            "select schema_name, table_name, column_name, data_type, comment "
            "from duckdb_columns() "
            "where database_name = current_database() and not internal order by all"
        ).fetchall()
        return rows


def test_the_first_build_only_fills_what_is_there(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.folder.mkdir()
    with mock.patch.object(building, "renew_seeds") as seeds_made:
        compiled.build(home)
    compiled.build(other)

    assert not seeds_made.called
    assert relations(home) == relations(other)


def test_it_is_no_plan_that_could_be_sent(home: Home) -> None:
    ensure_ledger(home.ledger)
    with (
        duckdb.connect(str(home.warehouse)) as warehouse,
        open_ledger(home.ledger) as ledger,
        pytest.raises(StopRun, match="There is no plan in the warehouse"),
    ):
        check_plan(warehouse, ledger)


def test_a_warehouse_that_is_there_stays(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("create table ours as select 1 as x")

    fresh.begin_home(home, compiled.models)

    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert warehouse.execute("from ours").fetchall() == [(1,)]


def test_a_warehouse_that_has_nothing_in_it_is_none(tmp_path: Path) -> None:
    home = Home(tmp_path)
    duckdb.connect(home.warehouse).close()

    fresh.begin_home(home, compiled.models)

    with duckdb.connect(home.warehouse) as warehouse:
        assert building.built_from(warehouse) == compiled.models().key


def test_a_deleted_warehouse_leaves_no_log_to_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path)
    fresh.begin_home(home, compiled.models)
    subprocess.run([sys.executable, "-c", KILLED, str(home.warehouse)], check=False)
    assert home.warehouse.with_name("warehouse.duckdb.wal").exists()

    home.warehouse.unlink()
    fresh.begin_home(home, compiled.models)

    with duckdb.connect(home.warehouse) as warehouse:
        assert building.built_from(warehouse) == compiled.models().key


def test_a_folder_in_its_place_is_left_to_who_opens_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.warehouse.mkdir()

    fresh.begin_home(home, compiled.models)

    assert list(tmp_path.iterdir()) == [home.warehouse]


def test_nothing_is_published_before_a_build(home: Home) -> None:
    ensure_ledger(home.ledger)

    publish_again(home)
    assert not home.inspection.exists()

    compiled.build(home)
    publish_again(home)
    assert home.inspection.exists()


def test_it_is_its_owners_alone(home: Home) -> None:
    assert stat.S_IMODE(home.warehouse.stat().st_mode) == 0o600


def test_where_it_cannot_be_copied_the_first_build_makes_all(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with mock.patch.object(fresh, "copied", return_value=False):
        fresh.begin_home(home, compiled.models)
    assert list(tmp_path.iterdir()) == []

    compiled.build(home)

    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert building.built_from(warehouse) == compiled.models().key
