"""Compare the models with the reference on random worlds: `make planner`.

Afterwards rules of the models are switched off one at a time, to see that the
comparison notices each.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from lenke.home.places import Home
from tests.planner.compare import built, compare, compared
from tests.planner.mutants import MUTANTS, decide_without
from tests.planner.show import shown

STARS_OF_A_WORLD = 10_000
STARS_OF_MUTANTS = 3_000
WORLDS_OF_MUTANTS = 3
SHOWN = 5


def main() -> int:
    """Give 1 when any star differs, or when a rule can be switched off unnoticed."""
    parser = argparse.ArgumentParser(prog="planner", description=__doc__)
    parser.add_argument("--stars", type=int, default=1_000_000, help="star-properties")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    differing = _compare_worlds(wanted.stars, wanted.seed)
    unnoticed = _switch_rules_off(wanted.seed)
    return 1 if differing or unnoticed else 0


def _compare_worlds(star_properties: int, seed: int) -> int:
    began, done, differing, first = time.monotonic(), 0, 0, seed
    while done < star_properties:
        size = min(STARS_OF_A_WORLD, max(200, (star_properties - done) // 4))
        with tempfile.TemporaryDirectory() as folder:
            outcome = compared(seed, size, Path(folder))
        for difference in outcome.differences[: max(0, SHOWN - differing)]:
            print(f"seed {seed}, {size} stars:")
            print(shown(difference))
        done += outcome.star_properties
        differing += len(outcome.differences)
        print(
            f"seed {seed}, {size} stars: {done} star-properties compared, "
            f"{differing} stars differ, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        seed += 1
    print(
        f"{done} star-properties, {differing} differences, seeds {first} to {seed - 1}"
    )
    return differing


def _switch_rules_off(seed: int) -> list[str]:
    """Give the rules that can be switched off unnoticed, in worlds of several seeds.

    Not every world has mappings in which each rule matters.
    """
    left = list(MUTANTS)
    for another in range(seed, seed + WORLDS_OF_MUTANTS):
        if left:
            left = _unnoticed(left, another)
    print(f"{len(MUTANTS)} rules switched off, {len(left)} unnoticed")
    return left


def _unnoticed(names: list[str], seed: int) -> list[str]:
    unnoticed = []
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        world = built(seed, STARS_OF_MUTANTS, home)
        for name in names:
            decide_without(MUTANTS[name], home)
            differing = len(compare(world, home).differences)
            print(f"seed {seed}, {name}: {differing} stars differ", flush=True)
            if not differing:
                unnoticed.append(name)
    return unnoticed


if __name__ == "__main__":
    sys.exit(main())
