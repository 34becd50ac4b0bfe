"""Switch off one protection at a time: the tests must notice (`make mutants`).

Each mutant is made in a copy of the project, and the tests that should catch it run
there. One that they let through is a protection that nobody holds.
"""

import argparse
import queue
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.mutants.copy import Copy, a_copy
from tests.mutants.mutant import Mutant, batches
from tests.mutants.mutants import MUTANTS


def main() -> int:
    """Make every mutant (or the named ones); end with 1 when one survives."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="mutants to make; all without any")
    parser.add_argument("--jobs", type=int, default=2, help="so many side by side")
    wanted = parser.parse_args()
    unknown = set(wanted.names) - {mutant.name for mutant in MUTANTS}
    if unknown:
        parser.error(f"there is no mutant {', '.join(sorted(unknown))}")
    chosen = [
        mutant for mutant in MUTANTS if not wanted.names or mutant.name in wanted.names
    ]
    with ExitStack() as stack:
        copies = [stack.enter_context(a_copy()) for _ in range(wanted.jobs)]
        failing = _failing_anyway(copies[0], chosen)
        if failing:
            print("These fail without any mutant, so they prove nothing:")
            print("\n".join(failing))
            return 1
        survivors = _tried(chosen, copies)
    print(f"{len(survivors)} survive of {len(chosen)}")
    return 1 if survivors else 0


def _failing_anyway(copy: Copy, mutants: Sequence[Mutant]) -> list[str]:
    """Give the tests that fail although no protection is switched off."""
    return copy.failing(sorted({test for mutant in mutants for test in mutant.tests}))


def _tried(mutants: Sequence[Mutant], copies: Sequence[Copy]) -> list[str]:
    """Make mutants, each in a copy that is free; give the names of the survivors."""
    free: queue.SimpleQueue[Copy] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)

    def survivors_of(batch: list[Mutant]) -> list[str]:
        copy = free.get()
        started = time.monotonic()
        try:
            noticed = copy.noticed(batch)
        finally:
            free.put(copy)
        seconds = (time.monotonic() - started) / len(batch)
        for mutant, test in zip(batch, noticed, strict=True):
            verdict = f"caught by {test}" if test else "SURVIVES"
            print(f"{mutant.name:50} {seconds:4.0f} s  {verdict}", flush=True)
        return [m.name for m, test in zip(batch, noticed, strict=True) if not test]

    with ThreadPoolExecutor(max_workers=len(copies)) as pool:
        found = pool.map(survivors_of, batches(mutants))
        return [name for survivors in found for name in survivors]


if __name__ == "__main__":
    sys.exit(main())
