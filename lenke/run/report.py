"""What a run says about itself: one object, for machines and for the ledger."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lenke.signals.spans import span

# Exit codes are a promise: cron scripts branch on them.
DONE = 0
STOPPED_BY_ERROR = 1
WRONG_USAGE = 2
PARTLY_DONE = 3
STOPPED_BY_GUARD = 4
ANOTHER_RUN = 5

_WRITES = ("create", "update", "delete", "refused", "moved", "unknown")


@dataclass(frozen=True)
class Planned:
    """What a push would do now: writes per operation, links, values that would lose."""

    writes: dict[str, int]
    new_links: int
    ended_links: int
    conflicts: int

    @property
    def in_all(self) -> int:
        """The number of writes."""
        return sum(self.writes.values())


@dataclass
class RunReport:
    """One run: what it loaded, linked and wrote, how long it took, how it ended.

    `links` counts new links per flow, `ended_links` those that ended; `conflicts` the
    values that lost in this run; `held` what can't be passed on now; `warnings` are
    words for a person; `unreachable` says, per system that was out, why. Of a plan,
    `planned` says what a push would do, and `guards` what would stop it.
    """

    run_id: str
    outcome: str = "done"
    exit_code: int = DONE
    loaded: dict[str, dict[str, int]] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    ended_links: int = 0
    writes: dict[str, dict[str, int]] = field(default_factory=dict)
    conflicts: int = 0
    held: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)
    command: str = "sync"
    planned: Planned | None = None
    guards: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note how long a stage takes, however it ends; what is done twice adds up."""
        started = time.monotonic()
        try:
            with span(stage):
                yield
        finally:
            took = time.monotonic() - started
            self.seconds[stage] = self.seconds.get(stage, 0.0) + took

    def note_writes(self, writes: Mapping[str, Mapping[str, int]]) -> None:
        """Take over how many writes of each kind a system had."""
        self.writes = {
            system: {kind: counts.get(kind, 0) for kind in _WRITES}
            for system, counts in writes.items()
        }

    @property
    def sent(self) -> int:
        """The number of writes that were applied."""
        return sum(
            counts.get(kind, 0)
            for counts in self.writes.values()
            for kind in ("create", "update", "delete")
        )

    def worsen(self, exit_code: int, outcome: str, words: str) -> None:
        """Note something that keeps this run from being all done.

        A guard outranks what was only partly done.
        """
        self.warnings.append(words)
        if exit_code > self.exit_code:
            self.exit_code = exit_code
            self.outcome = outcome

    def as_json(self) -> dict[str, Any]:
        """Give the object that `--json` prints."""
        return {
            "run_id": self.run_id,
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "loaded": self.loaded,
            "links": self.links,
            "ended_links": self.ended_links,
            "writes": self.writes,
            "conflicts": self.conflicts,
            "held": self.held,
            "seconds": {name: round(took, 3) for name, took in self.seconds.items()},
            "warnings": self.warnings,
            "unreachable": self.unreachable,
            **(
                {}
                if self.planned is None
                else {"planned": vars(self.planned), "guards": self.guards}
            ),
        }
