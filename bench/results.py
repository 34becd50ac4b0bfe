"""What was measured, kept in a file after each reading: an interruption loses none."""

import json
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import Cost
from bench.subject import PROJECT

PARTS = ("cpu", "wall", "peak")
FILE = PROJECT / "target" / "bench" / "results.json"


@dataclass(frozen=True)
class Summary:
    """The readings of one figure."""

    median: float
    low: float
    high: float
    rounds: int


@dataclass
class Results:
    """Readings by figure and subject, in a file."""

    path: Path = FILE

    def begin(self, figure: str) -> None:
        """Forget the readings of a figure, because it is measured anew."""
        kept = self._read()
        kept[figure] = {
            "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
            "commit": _commit(),
            "readings": {},
        }
        self._write(kept)

    def add(
        self, figure: str, subject: str, value: float, costs: Mapping[str, Cost]
    ) -> None:
        """Keep a reading, and what each process of it cost."""
        kept = self._read()
        reading = {
            "value": value,
            "costs": {
                name: {part: round(getattr(cost, part), 3) for part in PARTS}
                for name, cost in costs.items()
            },
        }
        kept[figure]["readings"].setdefault(subject, []).append(reading)
        self._write(kept)

    def summary(self, figure: str, subject: str) -> Summary | None:
        """Give the middle and the ends of the readings; None when there are none."""
        found = self._read().get(figure, {}).get("readings", {}).get(subject, [])
        values = [reading["value"] for reading in found]
        if not values:
            return None
        return Summary(statistics.median(values), min(values), max(values), len(values))

    def processes(self, figure: str, subject: str) -> dict[str, Cost]:
        """Give the median costs of each process of a figure, part by part."""
        found = self._read().get(figure, {}).get("readings", {}).get(subject, [])
        names = dict.fromkeys(name for reading in found for name in reading["costs"])
        of = {
            name: [one["costs"][name] for one in found if name in one["costs"]]
            for name in names
        }
        return {name: _middle(costs) for name, costs in of.items()}

    def when(self, figure: str) -> str:
        """Say when a figure was measured, and at which commit."""
        kept = self._read().get(figure)
        return f"{kept['at'][:10]}, {kept['commit']}" if kept else ""

    def _read(self) -> dict[str, Any]:
        if not self.path.exists():
            return {}
        kept: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return kept

    def _write(self, kept: Mapping[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        new.replace(self.path)


def _middle(costs: Sequence[Mapping[str, float]]) -> Cost:
    cpu, wall, peak = (
        statistics.median(cost[part] for cost in costs) for part in PARTS
    )
    return Cost(cpu, wall, peak)


def _commit() -> str:
    """Give the short hash of the commit that is checked out; + when it was changed."""
    said = subprocess.run(
        ["git", "-C", str(PROJECT), "describe", "--always", "--dirty=+"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"
