"""1,000,000 employees and 1,000,000 contact persons, by e-mail and by national id."""

import json
import sys

from bench.measure import run as measured
from bench.round import Bench
from bench.stage import prepared, world
from bench.subject import PROJECT

SYSTEMS = ("tidsbanken", "powerofficego")
COUNT = 1_000_000


def run(bench: Bench) -> None:
    """Measure; both are timed in one process, in turn."""
    bench.begin("matching")
    rounds = len(bench.times(3))
    for subject in bench.subjects:
        home = bench.home(f"matching-{subject.name}")
        with prepared(world("people", 200), SYSTEMS) as stage:
            subject.lenke(["sync"], home, stage.environment)
        cost = measured(
            [sys.executable, PROJECT / "bench/matching/__main__.py", COUNT, rounds],
            {"LENKE_HOME": str(home), "PYTHONPATH": str(subject.tree)},
            folder=home,
        )
        for line in cost.output.splitlines():
            if line.startswith("{"):
                told = json.loads(line)
                models = told["models"]
                value = sum(models.values()) / told["plain"]
                assert told["plain_pairs"] > COUNT // 2, told
                assert told["pairs"] >= told["plain_pairs"], told
                parts = [
                    f"{relation.rpartition('.')[2]} {cpu:.1f} s"
                    for relation, cpu in models.items()
                ]
                bench.say(f"  {', '.join(parts)}; plain {told['plain']:.1f} s")
                bench.note("matching", subject, value, whole=cost)
