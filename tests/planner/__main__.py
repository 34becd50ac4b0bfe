"""Compare the models with the reference on random worlds: `make planner`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.planner._compare import compared
from tests.planner._show import shown

STARS_OF_A_WORLD = 10_000
SHOWN = 5


def main() -> int:
    """Compare until enough star-properties are; give 1 when any star differs."""
    parser = argparse.ArgumentParser(prog="planner", description=__doc__)
    parser.add_argument("--stars", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    began = time.monotonic()
    star_properties, differing, seed = 0, 0, wanted.seed
    while star_properties < wanted.stars:
        with tempfile.TemporaryDirectory() as folder:
            missing = wanted.stars - star_properties
            size = min(STARS_OF_A_WORLD, max(200, missing // 4))
            outcome = compared(seed, size, Path(folder))
        for difference in outcome.differences[: max(0, SHOWN - differing)]:
            print(f"seed {seed}, {size} stars:")
            print(shown(difference))
        star_properties += outcome.star_properties
        differing += len(outcome.differences)
        print(
            f"seed {seed}, {size} stars: {star_properties} star-properties compared, "
            f"{differing} stars differ, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        seed += 1
    print(
        f"{star_properties} star-properties, {differing} differences, "
        f"seeds {wanted.seed} to {seed - 1}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
