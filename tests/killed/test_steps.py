"""Single steps, killed by SIGKILL and taken again. Each was once found by `make kills`.

The step runs in a process of its own, in which `reached` kills at one point.
"""

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from connections.machine import crash_points
from connections.private.files import write_private
from ledger.ledger import open_ledger
from lenke.home.places import PROJECT, Home
from lenke.run.publish import publish

_KILLED = """
import os, signal, sys
from pathlib import Path
from connections.machine import crash_points

def reached(point):
    if point == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

crash_points.reached = reached
folder = Path(sys.argv[2])
"""

_WRITE_A_FILE = """
from connections.private.files import write_private
write_private(folder / "ledger.id", "new")
"""

_MAKE_A_LEDGER = """
from ledger.ledger import ensure_ledger
ensure_ledger(folder / "ledger.duckdb")
"""

_PUBLISH = """
from lenke.home.places import Home
from lenke.run.publish import publish
publish(Home(folder))
"""


def killed(step: str, point: str, folder: Path) -> None:
    """Take a step in a process that dies at this point."""
    ran = subprocess.run(
        [sys.executable, "-c", _KILLED + step, point, str(folder)],
        cwd=PROJECT,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, "the point was not reached"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_killed_before_its_renaming_is_as_before_and_leaves_nothing_for_long(
    tmp_path: Path,
) -> None:
    write_private(tmp_path / "ledger.id", "old")

    killed(_WRITE_A_FILE, crash_points.FILE_WRITTEN, tmp_path)
    found = (tmp_path / "ledger.id").read_text()
    write_private(tmp_path / "ledger.id", "newest")

    assert found == "old"
    assert (tmp_path / "ledger.id").read_text() == "newest"
    assert names(tmp_path) == ["ledger.id"]


@pytest.mark.parametrize(
    "point", [crash_points.INSIDE_MIGRATION, crash_points.LEDGER_FILLED]
)
def test_a_ledger_killed_in_the_making_is_made_anew_and_leaves_nothing(
    tmp_path: Path, point: str
) -> None:
    killed(_MAKE_A_LEDGER, point, tmp_path)
    missing = not (tmp_path / "ledger.duckdb").exists()

    with open_ledger(tmp_path / "ledger.duckdb") as ledger:
        runs = ledger.identity.run_counter

    assert missing
    assert runs == 0
    assert names(tmp_path) == ["ledger.duckdb", "ledger.id"]


def test_a_publishing_that_was_killed_half_way_is_done_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    open_ledger(home.ledger).close()
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("create schema inspection; create schema outbound")
        warehouse.execute("create table inspection.links as select 1 as link")
        warehouse.execute("create table inspection.runs as select 2 as run")
        warehouse.execute(
            "create table outbound.plan_stamp as "
            "select '' as ledger_id, 0 as run_counter, now() as built_at"
        )

    killed(_PUBLISH, crash_points.INSIDE_PUBLISHING, tmp_path)
    publish(home)

    with duckdb.connect(str(home.inspection), read_only=True) as published:
        tables = published.execute("select table_name from duckdb_tables() order by 1")
        assert tables.fetchall() == [("links",), ("published",), ("runs",)]
    assert not [name for name in names(tmp_path) if name.startswith(".")]
