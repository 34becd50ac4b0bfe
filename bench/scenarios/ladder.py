"""The same quiet delta run on 1,000 and on 173,000 records, beside the naive script.

Growth is the exponent g of cost ~ records^g: 0 means that size costs nothing, 1 that it
costs in full.
"""

import math

from bench.measure import Cost
from bench.measure import run as measured
from bench.round import Bench
from bench.stage import Stage, prepared, world
from bench.subject import Subject

SYSTEMS = ("tidsbanken", "powerofficego")
SMALL, LARGE = 1000, 173_000


def run(bench: Bench) -> None:
    """Measure both sizes in turn, in each round."""
    bench.begin("delta", "growth")
    with (
        prepared(world("pairs", SMALL), SYSTEMS) as small,
        prepared(world("pairs", LARGE), SYSTEMS) as large,
    ):
        few = Homes(bench, small, "few")
        many = Homes(bench, large, "many")
        for _ in bench.times(5):
            naive = measured(
                bench.script("naive.py"), large.environment, folder=bench.folder
            )
            for subject in bench.subjects:
                little, much = few.sync(subject), many.sync(subject)
                bench.note(
                    "delta", subject, much.cpu / naive.cpu, lenke=much, naive=naive
                )
                value = exponent(little, much, LARGE / SMALL)
                bench.note("growth", subject, value, few=little, many=much)


class Homes:
    """A home of each subject that has met the systems before, and was quiet once."""

    def __init__(self, bench: Bench, stage: Stage, name: str) -> None:
        """Let each do its first sync."""
        bench.say(f"  the homes that have {name} records meet their systems ...")
        self._environment = stage.environment
        self._homes = {one: bench.home(f"{name}-{one.name}") for one in bench.subjects}
        self.first = {one: self.sync(one) for one in bench.subjects}
        for one in bench.subjects:
            self.sync(one)

    def sync(self, subject: Subject, **settings: str) -> Cost:
        """Let a subject sync, with some settings of its own."""
        told = {**self._environment, **settings}
        return subject.lenke(["sync"], self._homes[subject], told)


def exponent(little: Cost, much: Cost, times: float) -> float:
    """Give g of cost ~ records^g, where `much` has so many times the records."""
    return math.log(much.cpu / little.cpu) / math.log(times)
