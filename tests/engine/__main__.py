"""Search for schedules that break a promise: `make engine WORLDS=90 SEED=1`."""

import argparse
import sys
import time
from collections.abc import Iterable

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from connections.machine import crash_points
from simulators.faults.plan import KINDS
from tests.engine.events import done
from tests.engine.machine import Circle
from tests.engine.wire import KILLS

# With this many worlds everything that can happen should have happened.
_ENOUGH = 60

# Publishing is left out around a run of this engine: `make kills` comes there. And
# nothing that Lenke sends has blanks at its ends that could be trimmed.
_NOT_HERE = {
    crash_points.INSIDE_PUBLISHING,
    crash_points.INSPECTION_COPIED,
    crash_points.INSPECTION_PUBLISHED,
    "stored_trimmed",
}


def main() -> int:
    """Turn many worlds; 1 at the first promise broken, or when a fault never came."""
    parser = argparse.ArgumentParser(prog="make engine", description=__doc__)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shrink", action="store_true")
    given = parser.parse_args()
    phases = [Phase.generate, *([Phase.shrink] if given.shrink else [])]
    started = time.monotonic()
    print(f"seed {given.seed}: {given.worlds} worlds", flush=True)
    machine = hypothesis.seed(given.seed)(type("Circle", (Circle,), {}))
    try:
        run_state_machine_as_test(
            machine,
            settings=hypothesis.settings(
                max_examples=given.worlds,
                stateful_step_count=given.steps,
                deadline=None,
                phases=phases,
                database=None,
                verbosity=hypothesis.Verbosity.normal,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        for name, number in sorted(done.items()):
            print(f"{number:8} {name}")
        print(f"{time.monotonic() - started:8.0f} seconds", flush=True)
    missed = sorted(each for each in _wanted() if not done[f"reached: {each}"])
    if missed and given.worlds >= _ENOUGH:
        print(f"never reached: {', '.join(missed)}", flush=True)
        return 1
    return 0


def _wanted() -> Iterable[str]:
    points = [point for point in crash_points.POINTS if point not in _NOT_HERE]
    kinds = [kind for kind in KINDS if kind not in _NOT_HERE]
    return [*kinds, *KILLS, *(f"killed at {point}" for point in points)]


if __name__ == "__main__":
    sys.exit(main())
