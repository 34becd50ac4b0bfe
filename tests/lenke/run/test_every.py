"""A sync at a pace: turn after turn until a signal, whatever becomes of one of them.

The turns are small commands; a signal needs a process of its own, so there is one.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lenke.cli import app
from lenke.run.every import Schedule

PACED = """
import sys
from datetime import timedelta
from lenke.run.every import Schedule
turn = [sys.executable, "-c", sys.argv[1], sys.argv[2]]
code = Schedule(turn, timedelta(seconds=float(sys.argv[3])), print).keep_on()
print("ended")
sys.exit(code)
"""

# One turn: a line in a file says that it began, another one that it came to its end.
TURN = """
import signal, sys, time
with open(sys.argv[1], "a") as log:
    print("began", file=log, flush=True)
    try:
        {does}
    except KeyboardInterrupt:
        print("stopped", file=log)
        sys.exit(1)
    print("done", file=log)
"""


def paced(log: Path, does: str, seconds: float) -> "subprocess.Popen[str]":
    """Begin turns that each do the same."""
    return subprocess.Popen(
        [sys.executable, "-c", PACED, TURN.format(does=does), str(log), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def until(log: Path, *lines: str) -> None:
    """Wait until these lines are in the file; AssertionError when they don't come."""
    for _ in range(600):
        if log.exists() and log.read_text().split()[: len(lines)] == list(lines):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text() if log.exists() else "no turn began")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the turns write."""
    return tmp_path / "turns"


def test_a_turn_that_is_killed_is_followed_by_the_next(log: Path) -> None:
    schedule = paced(log, "signal.raise_signal(signal.SIGKILL)", 1)
    until(log, "began", "began")
    schedule.send_signal(signal.SIGTERM)
    said, _ = schedule.communicate(timeout=30)

    assert schedule.returncode == 0
    assert "SIGKILL. The next one looks" in said


def test_asked_to_stop_between_two_turns_it_ends_at_once(log: Path) -> None:
    schedule = paced(log, "pass", 3600)
    until(log, "began", "done")
    time.sleep(0.3)
    schedule.send_signal(signal.SIGTERM)
    said, _ = schedule.communicate(timeout=30)

    assert (schedule.returncode, said) == (0, "ended\n")
    assert log.read_text().split() == ["began", "done"]


def test_asked_to_stop_in_a_turn_it_lets_that_come_to_its_end(log: Path) -> None:
    schedule = paced(log, "time.sleep(1)", 1)
    until(log, "began")
    schedule.send_signal(signal.SIGINT)
    said, _ = schedule.communicate(timeout=30)

    assert schedule.returncode == 0
    assert "when this sync is done" in said
    assert log.read_text().split() == ["began", "done"]


def test_asked_twice_it_stops_the_turn(log: Path) -> None:
    schedule = paced(log, "time.sleep(60)", 1)
    until(log, "began")
    schedule.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    schedule.send_signal(signal.SIGTERM)
    schedule.communicate(timeout=30)

    assert schedule.returncode == 0
    assert log.read_text().split() == ["began", "stopped"]


def test_a_first_turn_that_can_not_begin_ends_it(log: Path) -> None:
    schedule = paced(log, "sys.exit(2)", 3600)
    schedule.communicate(timeout=30)

    assert schedule.returncode == 2


def test_other_ends_of_a_turn_end_nothing(log: Path) -> None:
    schedule = paced(log, "sys.exit(4)", 1)
    until(log, "began", "began")
    schedule.kill()
    schedule.communicate(timeout=30)


@pytest.mark.parametrize(
    ("took", "far", "pause"), [(100, 1, 800), (0, 1.1, 990), (2000, 1, 1)]
)
def test_the_pace_is_from_begin_to_begin_give_or_take_a_tenth(
    monkeypatch: pytest.MonkeyPatch, took: float, far: float, pause: float
) -> None:
    asked: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: 5000.0)

    def spread(low: float, high: float) -> float:
        asked.extend([low, high])
        return far

    schedule = Schedule([], timedelta(minutes=15), print, spread)

    assert schedule.pause(5000.0 - took) == pytest.approx(pause)
    assert asked == [0.9, 1.1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["--every", "15m", "--full"], "count for one run"),
        (["--every", "15m", "--allow-mass-change"], "count for one run"),
        (["--every", "15m", "--accept-ledger"], "count for one run"),
        (["--every", "0.5s"], "at least 1s"),
        (["--every", "often"], "a number and s, m, h or d"),
    ],
)
def test_what_can_not_be_meant_is_wrong_usage(typed: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["sync", *typed])

    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
