"""What a scenario works with: whom it measures, how often, and where it notes it."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.goals import BY_KEY, SCENARIOS
from bench.measure import Cost
from bench.results import Results
from bench.subject import PROJECT, Subject

_SENT = re.compile(r"([\d,]+) writes, ")


@dataclass
class Bench:
    """One run of the benchmarks; `rounds` is asked for, None leaves it to each."""

    subjects: Sequence[Subject]
    results: Results
    rounds: int | None = None
    folder: Path = field(
        default_factory=lambda: Path(
            tempfile.mkdtemp(prefix="run-", dir=_made(PROJECT / "target" / "bench"))
        )
    )

    def times(self, usual: int) -> range:
        """Give the rounds to do."""
        return range(self.rounds or usual)

    def home(self, name: str) -> Path:
        """Give a fresh LENKE_HOME of this name."""
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        return home

    def script(self, path: str, *words: object) -> list[object]:
        """Give the command that runs a script of this folder."""
        return [sys.executable, PROJECT / "bench" / path, *words]

    def begin(self, *figures: str) -> None:
        """Begin figures anew."""
        for figure in figures:
            self.results.begin(figure)

    def note(self, figure: str, subject: Subject, value: float, **costs: Cost) -> None:
        """Keep a reading and say it."""
        self.results.add(figure, subject.name, value, costs)
        told = BY_KEY[figure]
        shown = ", ".join(
            f"{name} {cost.cpu:.2f} s CPU, {cost.wall:.1f} s, {cost.peak:.0f} MB"
            for name, cost in costs.items()
        )
        whose = "" if len(self.subjects) == 1 else f" [{subject.name}]"
        self.say(f"  {told.title}{whose}: {value:.2f} {told.unit}  ({shown})")

    def say(self, words: str) -> None:
        """Say something to whoever waits."""
        print(words, flush=True)

    def close(self) -> None:
        """Remove the homes."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sent(cost: Cost) -> int:
    """Give how many writes a run says it has sent."""
    found = _SENT.findall(cost.output)
    return int(found[-1].replace(",", "")) if found else 0


def chosen(only: str | None, *, full: bool, long: frozenset[str]) -> list[str]:
    """Give the scenarios to run; ValueError for a word that is none of them."""
    if not only:
        return [name for name in SCENARIOS if full or name not in long]
    asked = [word for word in re.split(r"[,\s]+", only) if word]
    if unknown := [word for word in asked if word not in SCENARIOS]:
        raise ValueError(
            f"ONLY={only}: there is no {', '.join(unknown)}; there are "
            f"{', '.join(SCENARIOS)}."
        )
    return asked


def _made(folder: Path) -> Path:
    os.makedirs(folder, exist_ok=True)
    return folder
