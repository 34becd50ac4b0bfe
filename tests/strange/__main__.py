"""Search for an answer that breaks a promise: `make strange WORLDS=30 SEED=1`."""

import argparse
import sys
import time
from collections import Counter

from tests.strange.answers import ANSWERS
from tests.strange.worlds import turn

# With this many worlds every strange answer should have come.
_ENOUGH = 30


def main() -> int:
    """Turn many worlds, until a promise is broken; 1 when an answer never came."""
    parser = argparse.ArgumentParser(prog="make strange", description=__doc__)
    parser.add_argument("--worlds", type=int, default=30)
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    reached: Counter[str] = Counter()
    started, edits = time.monotonic(), 0
    for seed in range(given.seed, given.seed + given.worlds):
        edits += turn(seed, given.runs, reached)
        print(
            f"seed {seed}: {edits} edits, {reached.total()} strange answers of "
            f"{len(reached)} kinds, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    missed = sorted(ANSWERS.keys() - reached.keys())
    print(f"{len(ANSWERS)} kinds, never reached: {', '.join(missed) or 'none'}")
    return 1 if missed and given.worlds >= _ENOUGH else 0


if __name__ == "__main__":
    sys.exit(main())
