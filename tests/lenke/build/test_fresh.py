"""A home begins with all models, built on nothing; that is no plan and no build."""

import stat
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from connections.http.errors import StopRun
from ledger.ledger import ensure_ledger, open_ledger
from lenke.build import build as building
from lenke.build import fresh
from lenke.home.places import Home
from reverse_etl.push.stops import check_plan
from tests import compiled


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    building.begin_home(home)
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

    building.begin_home(home)

    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert warehouse.execute("from ours").fetchall() == [(1,)]


def test_a_warehouse_that_has_nothing_in_it_is_none(tmp_path: Path) -> None:
    home = Home(tmp_path)
    duckdb.connect(home.warehouse).close()

    building.begin_home(home)

    with duckdb.connect(home.warehouse) as warehouse:
        assert building.built_from(warehouse) == compiled.models().key


def test_it_is_its_owners_alone(home: Home) -> None:
    assert stat.S_IMODE(home.warehouse.stat().st_mode) == 0o600


def test_where_it_cannot_be_copied_the_first_build_makes_all(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with mock.patch.object(fresh, "copied", return_value=False):
        building.begin_home(home)
    assert list(tmp_path.iterdir()) == []

    compiled.build(home)

    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert building.built_from(warehouse) == compiled.models().key
