"""Landing 100,000 records for the first time, beside a hand-written floor.

Both are whole processes; what each takes for 100 records is taken off, so that starting
Python and importing packages are neither's.
"""

from pathlib import Path

from bench.measure import Cost
from bench.measure import run as measured
from bench.round import Bench
from bench.stage import Stage, prepared, world
from bench.subject import Subject

SYSTEMS = ("tidsbanken", "powerofficego")
FEW, MANY = 100, 100_000


def run(bench: Bench) -> None:
    """Measure; all in turn, in each round."""
    bench.begin("landing")
    with (
        prepared(world("pairs", FEW), SYSTEMS) as few,
        prepared(world("pairs", MANY), SYSTEMS) as many,
    ):
        for _ in bench.times(5):
            floor_few, floor_many = _floor(bench, few), _floor(bench, many)
            floor = floor_many.cpu - floor_few.cpu
            for subject in bench.subjects:
                start, whole = _load(bench, subject, few), _load(bench, subject, many)
                bench.note(
                    "landing",
                    subject,
                    (whole.cpu - start.cpu) / floor,
                    lenke=whole,
                    start=start,
                    floor=floor_many,
                    floor_start=floor_few,
                )


def _load(bench: Bench, subject: Subject, stage: Stage) -> Cost:
    home = bench.home(f"landing-{subject.name}")
    return subject.lenke(["load"], home, stage.environment)


def _floor(bench: Bench, stage: Stage) -> Cost:
    file: Path = bench.folder / "floor.duckdb"
    file.unlink(missing_ok=True)
    command = bench.script("floor.py", file)
    return measured(command, stage.environment, folder=bench.folder)
