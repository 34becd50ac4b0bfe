"""A trial: runs that are killed, then runs that are not, and how it ends."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.killed import world
from tests.killed.end import End
from tests.killed.kill import Kill, Ran
from tests.killed.scene import Scene, scene

# Where a trial begins: nothing was ever synced, or people have edited since.
FIRST, SECOND = "first sync", "second sync"

# Undisturbed, one run writes and the next has nothing to do. A run that was killed may
# have left writes to settle, so one more may write.
_MOST_RUNS = 3


@dataclass
class Trial:
    """What came of one: its runs, and what was not as without the kills."""

    start: str
    kills: Sequence[Kill]
    runs: list[Ran] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def reached(self) -> Counter[str]:
        """Count the points that its runs reached."""
        return Counter(point for run in self.runs for point in run.points)

    @property
    def killed(self) -> list[Kill]:
        """Name the kills that took place."""
        pairs = zip(self.kills, self.runs, strict=False)
        return [kill for kill, run in pairs if run.was_killed]

    def __str__(self) -> str:
        """Say what it was, so that it can be repeated."""
        return f"{self.start}: {' then '.join(map(str, self.kills)) or 'undisturbed'}"


class Ground:
    """A scene with both starts, and how each ends without a kill."""

    def __init__(self, made: Scene, starts: Sequence[str]) -> None:
        """Prepare these starts; nothing is killed here."""
        self.scene = made
        self.undisturbed: dict[str, Trial] = {}
        self._ends: dict[str, End] = {}
        made.keep(FIRST)
        if SECOND not in starts:
            return
        assert made.run().code == 0
        made.clock.later(3600)
        world.people_warm_up(made.systems)
        made.clock.later(60)
        assert made.run().code == 0
        made.clock.later(3600)
        world.people_edit(made.systems, made.target_of, made.clock.later)
        made.clock.offset = 0
        made.keep(SECOND)

    def undisturbed_end(self, start: str) -> End:
        """Give how it ends without a kill."""
        if start not in self._ends:
            trial = self._run(start, ())
            assert not trial.violations, trial.violations
            self.undisturbed[start] = trial
            self._ends[start] = self.end()
            assert not self._ends[start].wrong, self._ends[start].wrong
        return self._ends[start]

    def trial(self, start: str, *kills: Kill) -> Trial:
        """Kill a run at each of these, let runs finish, and compare the end."""
        wanted = self.undisturbed_end(start)
        trial = self._run(start, kills)
        if not trial.violations:
            trial.violations += self.end().differences(wanted)
        return trial

    def end(self) -> End:
        """Look at what systems and home hold now."""
        return End(self.scene.systems, self.scene.home)

    def _run(self, start: str, kills: Sequence[Kill]) -> Trial:
        self.scene.back_to(start)
        trial = Trial(start, kills)
        for kill in kills:
            trial.runs.append(self.scene.run(kill))
        for _ in range(_MOST_RUNS):
            ran = self.scene.run()
            trial.runs.append(ran)
            if ran.code != 0:
                words = " ".join(ran.words.split())[-600:]
                trial.violations.append(f"a run after it ended {ran.code}: {words}")
                return trial
            if ran.writes == 0:
                return trial
        trial.violations.append(f"run {_MOST_RUNS} after it still wrote {ran.writes}")
        return trial


@contextmanager
def ground(folder: Path, starts: Sequence[str] = (FIRST, SECOND)) -> Iterator[Ground]:
    """Open a scene and prepare it."""
    with scene(folder) as made:
        yield Ground(made, starts)
