"""A quiet sync of two lists of 1,000 customers, beside the naive script on the same.

The home has met the systems before, and nothing has changed since: both read what there
is to read, and find nothing to send.
"""

from bench.measure import run as measured
from bench.round import Bench
from bench.stage import prepared, world

SYSTEMS = ("tidsbanken", "powerofficego")
RECORDS = 2000


def run(bench: Bench) -> None:
    """Measure; both in turn, in each round."""
    bench.begin("quiet")
    with prepared(world("pairs", RECORDS), SYSTEMS) as stage:
        homes = {one: bench.home(f"quiet-{one.name}") for one in bench.subjects}
        for subject, home in homes.items():
            subject.lenke(["sync"], home, stage.environment)
            subject.lenke(["sync"], home, stage.environment)
        for _ in bench.times(5):
            naive = measured(
                bench.script("naive.py"), stage.environment, folder=bench.folder
            )
            for subject, home in homes.items():
                cost = subject.lenke(["sync"], home, stage.environment)
                bench.note(
                    "quiet", subject, cost.cpu / naive.cpu, lenke=cost, naive=naive
                )
