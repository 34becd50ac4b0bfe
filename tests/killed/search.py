"""Kill a run at every point, at every request, at random moments, and twice.

`make kills` runs all of it; `make kills KILLS=60 SEED=7` a part, in which every point
still has its turn. Each line is a trial, and can be repeated: a kill is named by the
point and by which time it is reached, or by the number of the request.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from connections.machine import crash_points
from tests.killed.kill import Kill
from tests.killed.trial import FIRST, SECOND, Ground, Trial, ground

Planned = tuple[str, tuple[Kill, ...]]

# dbt finishes more than a hundred models a build: every so manieth is enough.
_MODELS_APART = 12
_MOMENTS = 24
_DOUBLES_PER_POINT = 2

# Reached only while an earlier run's writes are settled: the second kill of two.
_ONLY_AFTER_A_KILL = crash_points.SETTLE_POINTS
_LEAVE_WRITES_OPEN = (crash_points.AFTER_INTENT, crash_points.AFTER_SEND)


def planned(prepared: Ground, chance: random.Random) -> list[Planned]:
    """Give all trials, in an order in which every point comes early."""
    rest = [*_singles(prepared), *_requests(prepared), *_moments(prepared, chance)]
    rest += _doubles(prepared, chance)
    chance.shuffle(rest)
    first_of_point: dict[str | None, Planned] = {}
    for each in rest:
        first_of_point.setdefault(each[1][-1].point, each)
    early = list(first_of_point.values())
    return early + [each for each in rest if each not in early]


def _singles(prepared: Ground) -> Iterator[Planned]:
    for start in (FIRST, SECOND):
        counts = Counter(_undisturbed(prepared, start).runs[0].points)
        for point, number in counts.items():
            every = range(1, number + 1)
            if point == crash_points.INSIDE_BUILD:
                every = range(1, number + 1, _MODELS_APART)
            elif start == FIRST:  # what differs there is the first time of each
                every = range(1, 2)
            yield from ((start, (Kill(point, number=each),)) for each in every)


def _requests(prepared: Ground) -> Iterator[Planned]:
    number = _undisturbed(prepared, SECOND).runs[0].requests
    for each in range(1, number + 1):
        for applied in ("before", "after"):
            yield SECOND, (Kill(request=applied, number=each),)


def _moments(prepared: Ground, chance: random.Random) -> Iterator[Planned]:
    for start in (FIRST, SECOND):
        seconds = _undisturbed(prepared, start).runs[0].seconds
        for _ in range(_MOMENTS // 2):
            yield start, (Kill(after_seconds=chance.uniform(0.05, seconds)),)


def _doubles(prepared: Ground, chance: random.Random) -> Iterator[Planned]:
    run = _undisturbed(prepared, SECOND).runs[0]
    writes, counts = run.writes, Counter(run.points)
    counts[crash_points.BEFORE_SETTLING] = 1
    for point in crash_points.POINTS:
        if point in crash_points.LEDGER_POINTS:
            continue
        often = _DOUBLES_PER_POINT * (3 if point in _ONLY_AFTER_A_KILL else 1)
        for _ in range(often):
            opening = Kill(
                chance.choice(_LEAVE_WRITES_OPEN), number=chance.randint(1, writes)
            )
            number = chance.choice((1, 1, 2))
            number = 1 if counts[point] == 1 else number
            yield SECOND, (opening, Kill(point, number=number))
    for each in range(1, 7):
        opening = Kill(crash_points.AFTER_SEND, number=chance.randint(1, writes))
        yield SECOND, (opening, Kill(request="after", number=each))


def _undisturbed(prepared: Ground, start: str) -> Trial:
    prepared.undisturbed_end(start)
    return prepared.undisturbed[start]


def report(trials: Iterable[Trial]) -> list[str]:
    """Print what was reached and killed; give what is wrong."""
    reached: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    wrong = []
    for trial in trials:
        reached += trial.reached
        for kill in trial.killed:
            where = f"a request, {kill.request} it is applied" if kill.request else ""
            killed[kill.point or where or "a moment"] += 1
        wrong += [f"{trial}: {words}" for words in trial.violations]
    print(f"\n{'where':<42}{'reached':>9}{'killed':>9}")
    for point in crash_points.POINTS:
        print(f"{point:<42}{reached[point]:>9}{killed[point]:>9}")
    for other in sorted(killed.keys() - set(crash_points.POINTS)):
        print(f"{other:<42}{'':>9}{killed[other]:>9}")
    print(f"{'kills in all':<42}{'':>9}{killed.total():>9}")
    missed = [point for point in crash_points.POINTS if not killed[point]]
    return wrong + [f"nothing was killed at: {point}" for point in missed]


def main() -> int:
    """Run the trials; 1 when anything ended as it should not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="0: all")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    trials: list[Trial] = []
    with (
        tempfile.TemporaryDirectory(prefix="lenke-kills-") as folder,
        ground(Path(folder) / "scene") as prepared,
    ):
        todo = planned(prepared, random.Random(asked.seed))  # noqa: S311 - no secret
        todo = todo[: asked.kills or None]
        print(f"seed {asked.seed}, {len(todo)} trials", flush=True)
        for number, (start, kills) in enumerate(todo, start=1):
            began = time.monotonic()
            trial = prepared.trial(start, *kills)
            trials.append(trial)
            verdict = "VIOLATED" if trial.violations else "ok"
            if len(trial.killed) < len(kills):
                verdict += f", {len(trial.killed)} of {len(kills)} kills reached"
            seconds = time.monotonic() - began
            print(f"{number:>4} {seconds:5.1f} s  {trial}: {verdict}", flush=True)
            for words in trial.violations:
                print(f"       {words[:600]}", flush=True)
    wrong = report(trials)
    print(f"\n{len(trials)} trials, {len(wrong)} violations, seed {asked.seed}")
    for words in wrong:
        print(f"  {words[:600]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
