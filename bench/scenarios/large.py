"""The largest world of the simulators: 87,000 records that become 173,000 by syncing.

Its first sync, a quiet one, and one after people edited one record in a hundred, in
four of the six systems. What the writes of that sync cost is taken off, by what a write
costs in the scenario `writes`; without a reading of that, nothing is.
"""

from contextlib import ExitStack

from bench.round import Bench, sent
from bench.stage import people_edit, simulated, simulated_world

SIZE, RECORDS, FIRST_WRITES = "large", 173_000, 86_000


def run(bench: Bench) -> None:
    """Measure; a first sync takes minutes, so there is one of each Lenke."""
    bench.begin("peak", "first_large", "first_writes")
    bench.begin("quiet_large", "edited", "edited_whole", "edited_writes")
    with ExitStack() as opened:
        places = {}
        for subject in bench.subjects:
            home = bench.home(f"large-{subject.name}")
            folder = simulated_world(SIZE, bench.folder / f"{home.name}-world")
            stage = opened.enter_context(simulated(folder))
            bench.say("  a first sync with so many writes takes minutes ...")
            cost = subject.lenke(["sync"], home, stage.environment, codes=(0, 3))
            assert sent(cost) >= FIRST_WRITES, cost.output
            bench.note("peak", subject, cost.peak, lenke=cost)
            bench.note("first_large", subject, cost.cpu, lenke=cost)
            bench.note("first_writes", subject, sent(cost))
            places[subject] = (home, folder, stage)
            subject.lenke(["sync"], home, stage.environment, codes=(0, 3))
        for number in bench.times(3):
            for subject, (home, folder, stage) in places.items():
                quiet = subject.lenke(["sync"], home, stage.environment, codes=(0, 3))
                bench.note("quiet_large", subject, quiet.cpu, lenke=quiet)
                people_edit(folder, RECORDS // 100, number)
                cost = subject.lenke(["sync"], home, stage.environment, codes=(0, 3))
                writes = sent(cost)
                assert writes > RECORDS // 100, cost.output
                write = bench.results.summary("write", subject.name)
                own = writes * write.median / 1000 if write else 0.0
                bench.note("edited", subject, cost.cpu - own, lenke=cost)
                bench.note("edited_whole", subject, cost.cpu, lenke=cost)
                bench.note("edited_writes", subject, writes)
