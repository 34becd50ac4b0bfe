"""A push of 5,000 creates to a system that allows 500 calls a second, 20 ms away.

The system counts: its writes from the first to the last, and the calls that it refused
because there were more than 500 in some second. The share is of what the limit allows
in that time.
"""

from bench.round import Bench, sent
from bench.stage import prepared, world

SYSTEMS = ("tidsbanken", "custompms")
WRITES, LIMIT, LATENCY_MS = 5_000, 500, 20.0


def run(bench: Bench) -> None:
    """Measure; each round has a fresh home and a fresh server."""
    bench.begin("pace", "refused")
    for _ in bench.times(5):
        for subject in bench.subjects:
            home = bench.home(f"push-{subject.name}")
            with prepared(
                world("single", WRITES),
                SYSTEMS,
                latency_ms=LATENCY_MS,
                limit=LIMIT,
                requests_per_second=LIMIT,
            ) as stage:
                subject.lenke(["plan"], home, stage.environment)
                cost = subject.lenke(["push"], home, stage.environment)
                counted = stage.counts("custompms")
            assert sent(cost) == WRITES, cost.output
            seconds = counted["seconds_of_writing"]
            bench.note("pace", subject, 100 * WRITES / seconds / LIMIT, lenke=cost)
            bench.note("refused", subject, counted["refused"])
