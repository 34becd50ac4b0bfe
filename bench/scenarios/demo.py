"""The demo's world: its first sync, and a sync after people made eight edits."""

from contextlib import ExitStack

from bench.round import Bench, sent
from bench.stage import people_edit, simulated, simulated_world

EDITS = 8


def run(bench: Bench) -> None:
    """Measure; the last home of each is kept for the edits."""
    bench.begin("first", "edits")
    with ExitStack() as opened:
        last = {}
        for number in bench.times(5):
            for subject in bench.subjects:
                name = f"demo-{subject.name}-{number}"
                home = bench.home(name)
                folder = simulated_world("small", bench.folder / f"{name}-world")
                stage = opened.enter_context(simulated(folder))
                cost = subject.lenke(["sync"], home, stage.environment)
                assert sent(cost) > 300, cost.output
                bench.note("first", subject, cost.cpu, lenke=cost)
                last[subject] = (home, folder, stage)
        for subject, (home, _, stage) in last.items():
            subject.lenke(["sync"], home, stage.environment)
        for number in bench.times(5):
            for subject, (home, folder, stage) in last.items():
                people_edit(folder, EDITS, number)
                cost = subject.lenke(["sync"], home, stage.environment)
                assert sent(cost) > EDITS, cost.output
                bench.note("edits", subject, cost.cpu, lenke=cost)
