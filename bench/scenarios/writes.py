"""What a write costs the client: pushes of 2,000 and of 12,000 creates, nothing waits.

A push also starts, takes its locks, checks its plan and builds once more. What stays
the same cancels out in the difference between the two, so the figure is the cost of one
more write: its intent, its request, its receipt, and its row in the tables after that.
"""

from bench.measure import Cost
from bench.round import Bench, sent
from bench.stage import prepared, world
from bench.subject import Subject

SYSTEMS = ("tidsbanken", "custompms")
FEW, MANY = 2_000, 12_000


def run(bench: Bench) -> None:
    """Measure both sizes in turn, in each round."""
    bench.begin("write")
    for _ in bench.times(3):
        for subject in bench.subjects:
            few, many = (_push(bench, subject, count) for count in (FEW, MANY))
            value = 1000 * (many.cpu - few.cpu) / (MANY - FEW)
            bench.note("write", subject, value, few=few, many=many)


def _push(bench: Bench, subject: Subject, count: int) -> Cost:
    home = bench.home(f"writes-{subject.name}-{count}")
    with prepared(world("single", count), SYSTEMS) as stage:
        subject.lenke(["plan"], home, stage.environment)
        cost = subject.lenke(["push"], home, stage.environment)
        assert sent(cost) == count, cost.output
        assert stage.counts("custompms")["writes"] == count
    return cost
