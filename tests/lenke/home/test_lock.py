"""One run at a time, and what it makes is nobody else's to read."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connections.machine.database import connect
from lenke.home.lock import AnotherRun, only_run
from lenke.home.places import Home

_HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from filelock import FileLock
with FileLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let files be readable by everybody, as on most machines."""
    before = os.umask(0o000)
    yield
    os.umask(before)


def test_a_second_run_is_refused_while_one_is_active(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS_THE_LOCK, str(home.lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(AnotherRun, match="Another run is active"), only_run(home):
            pass
        other.communicate()

    with only_run(home):  # it has ended
        pass


@pytest.mark.usefixtures("open_umask")
def test_what_a_run_makes_is_its_owners_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)

    with only_run(home):
        connect(home.warehouse).close()
        (tmp_path / "made").mkdir()

    modes = {
        each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()
    }
    assert modes == {home.lock.name: 0o600, home.warehouse.name: 0o600, "made": 0o700}


def test_nobody_opens_the_warehouse_before_the_run_has_ended(tmp_path: Path) -> None:
    home = Home(tmp_path)
    opens = "import duckdb, sys; duckdb.connect(sys.argv[1]).close()"
    other = [sys.executable, "-c", opens, str(home.warehouse)]

    with only_run(home):
        connect(home.warehouse).close()  # as each stage does
        meanwhile = subprocess.run(other, capture_output=True, text=True)
    afterwards = subprocess.run(other, capture_output=True, text=True)

    assert "Could not set lock" in meanwhile.stderr
    assert afterwards.returncode == 0
