"""The naive script and the floor do what they are measured for."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from bench import simulated
from bench.measure import Failed, run
from bench.stage import Stage, prepared
from bench.subject import PROJECT
from bench.worlds import make
from simulators.kit.stage import open_simulators
from simulators.kit.store import Store

SYSTEMS = ("tidsbanken", "powerofficego")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Two lists of 60, in which three customers have another name in each."""
    folder = make("pairs", 120, tmp_path / "world")
    file = folder / "powerofficego" / "customers.ndjson"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1:4] = [line.replace(' AS"', ' ANS"') for line in lines[1:4]]
    file.write_text("".join(lines), encoding="utf-8")
    with prepared(folder, SYSTEMS) as stage:
        yield stage


def test_the_naive_script_sends_the_differences_once(
    stage: Stage, tmp_path: Path
) -> None:
    command = [sys.executable, PROJECT / "bench" / "naive.py"]

    first = run(command, stage.environment, folder=tmp_path)
    second = run(command, stage.environment, folder=tmp_path)

    assert first.output == "60 and 60 customers, 3 sent\n"
    assert second.output == "60 and 60 customers, 0 sent\n"
    assert stage.counts("powerofficego")["writes"] == 3
    assert first.cpu > 0
    assert first.peak > 10


def test_the_floor_lands_every_record(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "floor.duckdb"
    command = [sys.executable, PROJECT / "bench" / "floor.py", file]

    cost = run(command, stage.environment, folder=tmp_path)

    assert cost.output == "120 records\n"
    with duckdb.connect(file, read_only=True) as database:
        landed = database.execute(
            "select count(*), count(distinct content_hash), count(record ->> 'Navn') "
            "from kunde"
        ).fetchone()
    assert landed == (60, 60, 60)


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no room'); raise SystemExit(3)"]

    with pytest.raises(Failed, match="ended with 3:\nno room"):
        run(command, {}, folder=tmp_path)
    assert run(command, {}, folder=tmp_path, codes=(0, 3)).output == "no room\n"


def test_a_world_is_the_same_each_time(tmp_path: Path) -> None:
    one, two = (make("people", 40, tmp_path / name) for name in ("one", "two"))

    for file in one.rglob("*.ndjson"):
        there = two / file.relative_to(one)
        # What the simulator stamps is today's; the keys and values are ours.
        assert _ours(file) == _ours(there)


def _ours(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.partition('"Title"')[0].partition('"Adresse"')[0] for line in lines]


def test_people_edit_other_values_in_each_round(tmp_path: Path) -> None:
    simulated.build(tmp_path, "small")

    shown = []
    for number in (1, 2):
        edited = simulated.edit(tmp_path, 8, number)
        with closing(Store(tmp_path)) as store:
            records = open_simulators(store)["tidsbanken"].records("kunde")
        shown.append({one["Telefon"] for one in records if "+4791" in one["Telefon"]})

    assert edited >= 4  # nothing was created yet where the others would be edited
    assert {"+4791010000", "+4791010001"} <= shown[0]
    assert {"+4791020000", "+4791020001"} <= shown[1]
    assert "+4791010000" not in shown[1]


def test_what_a_process_starts_counts_with_it(tmp_path: Path) -> None:
    inner = "import time; held = bytearray(60 << 20); time.sleep(0.6)"
    outer = (
        "import subprocess, sys; held = bytearray(60 << 20); "
        f"subprocess.run([sys.executable, '-c', {inner!r}])"
    )

    cost = run([sys.executable, "-c", outer], {}, folder=tmp_path)

    assert cost.peak > 120
    assert cost.wall > 0.6
