"""Search for schedules that break a promise: `make engine WORLDS=200 SEED=1`."""

import argparse
import time

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.engine._events import done
from tests.engine._machine import Circle


def main() -> None:
    """Turn many worlds; end with 1 at the first promise that is broken."""
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


if __name__ == "__main__":
    main()
