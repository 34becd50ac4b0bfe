"""Measure, and write docs/performance.md: python -m bench [--full] [--only A,B].

`--base COMMIT` measures this Lenke against the one of an earlier commit instead, writes
no document, and ends with 1 when something has become slower. `--rounds 1` is quick and
proves little. `--report` only writes the document anew, from what was measured.
"""

import argparse
import sys
from importlib import import_module

from bench import report
from bench.goals import LONG
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
    if not given.report:
        bench = Bench(measured, results, given.rounds or None)
        try:
            for name in names:
                bench.say(f"{name}: {_first_line(name)}")
                import_module(f"bench.scenarios.{name}").run(bench)
        finally:
            bench.close()
            bench.say(f"Every reading is in {results.path}.")
    if given.base:
        lines, slower = report.compared(results, names)
        print("\n".join(lines))
        return 1 if slower else 0
    report.write(results)
    print("\n".join(report.table(results)))
    print(f"Written to {report.PAGE}.")
    return 0


def _first_line(name: str) -> str:
    module = import_module(f"bench.scenarios.{name}")
    return str(module.__doc__).splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
