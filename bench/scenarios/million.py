"""1,000,000 records in two lists: full listings, and a run with nothing due.

Full listings are what a system without a filter of changes costs in every run, and the
others once in so many hours (`full_listing_hours`, 0 here).
"""

from bench.measure import run as measured
from bench.round import Bench
from bench.scenarios.ladder import SMALL, SYSTEMS, Homes, exponent
from bench.stage import prepared, world

RECORDS = 1_000_000


def run(bench: Bench) -> None:
    """Measure; a round takes minutes, so there are three."""
    bench.begin("million", "million_peak", "million_growth")
    with (
        prepared(world("pairs", SMALL), SYSTEMS) as small,
        prepared(world("pairs", RECORDS), SYSTEMS) as large,
    ):
        few = Homes(bench, small, "few")
        many = Homes(bench, large, "many")
        for subject, cost in many.first.items():
            bench.note("million_peak", subject, cost.peak, lenke=cost)
        for _ in bench.times(3):
            naive = measured(
                bench.script("naive.py"), large.environment, folder=bench.folder
            )
            for subject in bench.subjects:
                full = many.sync(subject, LENKE__FULL_LISTING_HOURS="0")
                bench.note(
                    "million", subject, full.cpu / naive.cpu, lenke=full, naive=naive
                )
                bench.note("million_peak", subject, full.peak, lenke=full)
                little, much = few.sync(subject), many.sync(subject)
                value = exponent(little, much, RECORDS / SMALL)
                bench.note("million_growth", subject, value, few=little, many=much)
