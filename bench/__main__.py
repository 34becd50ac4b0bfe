"""Measure, and write docs/performance.md: python -m bench [--full] [--only A,B].

`--base COMMIT` measures this Lenke against the one of an earlier commit instead, writes
no document, and ends with 1 when something has become slower. A scenario that fails is
said, the others go on, and it ends with 1, too. `--rounds 1` is quick and
proves little. `--report` only writes the document anew, from what was measured.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from bench import report
from bench.goals import LONG
from bench.measure import Failed
from bench.results import FILE, Results
from bench.round import Bench, chosen
from bench.subject import subjects


def main() -> int:
    """Run the scenarios that were asked for; give the exit code."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--only", default="")
    asked.add_argument("--base", default="")
    asked.add_argument("--rounds", type=int, default=0)
    asked.add_argument("--report", action="store_true")
    given = asked.parse_args()
    try:
        names = chosen(given.only, full=given.full, long=LONG)
        measured = subjects(given.base or None)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    results = Results(FILE.with_name("against-base.json") if given.base else FILE)
    failed = (
        []
        if given.report
        else measure(Bench(measured, results, given.rounds or None), names)
    )
    if given.base:
        lines, slower = report.compared(results, names)
        print("\n".join(lines))
        return 1 if slower or failed else 0
    report.write(results)
    print("\n".join(report.table(results)))
    print(f"Written to {report.PAGE}.")
    return 1 if failed else 0


def measure(bench: Bench, names: Sequence[str]) -> list[str]:
    """Run scenarios one after the other; give the names of those that failed."""
    failed = []
    try:
        for name in names:
            scenario = import_module(f"bench.scenarios.{name}")
            bench.say(f"{name}: {str(scenario.__doc__).splitlines()[0]}")
            try:
                scenario.run(bench)
            except (Failed, AssertionError) as error:
                bench.say(f"  {name} FAILED: {error}")
                failed.append(name)
    finally:
        bench.close()
        bench.say(f"Every reading is in {bench.results.path}.")
    return failed


if __name__ == "__main__":
    sys.exit(main())
