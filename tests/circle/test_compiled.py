"""What dbt compiled once decides what dbt decides, in every kind of run.

Before each build of a run its warehouse is copied, and `dbt build` builds the copy at
the same instant: then every table of both is compared, row by row.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pytest

from lenke.build.build import build
from lenke.build.options import BuildOptions
from lenke.home.places import PROJECT, Home
from lenke.run import stages
from lenke.run.confirm import Doubts
from tests.circle.conftest import meeting_in, quickly, synced_in

pytestmark = pytest.mark.long

Contents = dict[tuple[str, str], list[str]]

_TABLES = """
select table_schema, table_name
from information_schema.tables
where
    table_catalog = current_database()
    and not starts_with(table_schema, 'raw')
order by all
"""


@contextmanager
def built_both_ways(folder: Path) -> Iterator[list[tuple[Contents, Contents]]]:
    """Let each build in the block be made by dbt too; collect what both left."""
    both: list[tuple[Contents, Contents]] = []

    def build_both(home: Home, options: BuildOptions, *more: Any) -> Doubts | None:
        copy = Home(folder / str(len(both)))
        copy.folder.mkdir(exist_ok=True)
        for file in (home.warehouse, home.ledger):
            if file.exists():
                shutil.copy(file, copy.folder)
        doubts = build(home, options, *more)
        if doubts is None:
            build_by_dbt(copy, options)
            both.append((contents(home), contents(copy)))
        return doubts

    with mock.patch.object(stages, "build", build_both):
        yield both


def build_by_dbt(home: Home, options: BuildOptions) -> None:
    """Run `dbt build`, as a person would, without the tests."""
    told = options.values() | {"now": f"{options.values()['now']}"}
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("dbt")), "--quiet", "build"),
            *("--exclude-resource-type", "test", "unit_test"),
            *("--target-path", str(home.target), "--log-path", str(home.target)),
            *("--vars", json.dumps(told)),
        ],
        cwd=PROJECT,
        env={**os.environ, "LENKE_HOME": str(home.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def contents(home: Home) -> Contents:
    """Give the rows of every table and view, in an order of their own."""
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(f"attach '{home.ledger}' as ledger_file (read_only)")
        found = {}
        for schema, name in warehouse.execute(_TABLES).fetchall():
            columns = "* replace (null as built_from)" if name == "plan_stamp" else "*"
            rows = warehouse.execute(f'select {columns} from {schema}."{name}"')
            found[schema, name] = sorted(map(repr, rows.fetchall()))
        return found


def assert_equal(both: list[tuple[Contents, Contents]], builds: int) -> None:
    """Compare what both ways left."""
    assert len(both) == builds
    for ours, theirs in both:
        assert len(ours) > 200
        differ = [name for name in theirs if ours.get(name) != theirs[name]]
        assert ours.keys() == theirs.keys()
        assert not differ


def test_edits_are_decided_alike(tmp_path: Path) -> None:
    with quickly():
        meeting = synced_in(_made(tmp_path / "home"))
        activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20001"]
        meeting.edit("tidsbanken", "prosjekt", "20001", Navn="Ny bru")
        meeting.edit("crmoffice", "activities", activity, subject="Enda en bru")

        with built_both_ways(tmp_path) as both:
            planned = meeting.plan()

    assert planned.planned is not None
    assert planned.planned.writes
    assert_equal(both, 1)


def test_a_first_and_a_quiet_run_are_decided_alike(tmp_path: Path) -> None:
    with quickly():
        meeting = meeting_in(_made(tmp_path / "home"))
        with built_both_ways(tmp_path) as both:
            first, second = meeting.sync(), meeting.sync()

    assert first.writes
    assert second.exit_code == 0
    assert_equal(both, 3)


def test_a_recovery_is_decided_alike(tmp_path: Path) -> None:
    with quickly():
        meeting = synced_in(_made(tmp_path / "home"))
        meeting.home.ledger.unlink()

        with built_both_ways(tmp_path) as both:
            planned = meeting.plan()

    assert any("ledger" in each for each in planned.warnings)
    assert_equal(both, 1)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
