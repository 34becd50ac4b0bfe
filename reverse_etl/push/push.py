"""Send a plan: systems side by side, each with a few writes at a time.

Within a system a level is finished before the next begins, because a reference needs
the id of a record that may have just been created. References stay within a system, so
a slow or dead one delays no other.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

import duckdb

from connections.http.client import Http
from connections.http.errors import LenkeError
from connections.machine.unforeseen import unforeseen
from ledger.fold import fold
from ledger.ledger import Ledger
from reverse_etl.push.claims import Claims
from reverse_etl.push.ended import Outcome
from reverse_etl.push.journal import Journal
from reverse_etl.push.one_by_one import OneByOne
from reverse_etl.push.plan import Plan
from reverse_etl.push.privileges import Privileges
from reverse_etl.push.references import References, Resolved
from reverse_etl.push.write import Writer
from reverse_etl.wire.system import System

OUTCOMES = (
    "create",
    "update",
    "delete",
    "refused",
    "moved",
    "unknown",
    "held",
    "gone",
    "skipped",
)

_UNSURE_IN_A_ROW = 5

# Seconds that writes in flight get after Ctrl-C, before their waiting is ended too.
_GRACE = 10.0

Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class PushResult:
    """What became of a plan.

    `writes` counts each of `OUTCOMES` per system; `stopped` says, per system that was
    out, why; `not_granted` has the words of record types that we may not write. Skipped
    writes were not tried; the next run decides them anew.
    """

    writes: Mapping[str, Mapping[str, int]]
    stopped: Mapping[str, str]
    not_granted: Sequence[str] = ()


def push(
    plan: Plan,
    ledger: Ledger,
    systems: Mapping[str, System],
    connections: Mapping[str, Http],
    *,
    run_id: str,
    on_progress: Progress = lambda system_name, outcome: None,
) -> PushResult:
    """Send a checked plan and fold its receipts into the state.

    `on_progress(system_name, outcome)` is called after each write, from several
    threads. Raises StopRun, or KeyboardInterrupt, after the writes in flight are done.
    """
    fold(ledger)  # links of a killed push are needed for references
    claims = Claims(ledger)
    halt = threading.Event()
    try:
        with Journal(ledger) as journal:
            lanes = {
                name: _Lane(
                    name,
                    planned,
                    plan,
                    Writer(systems[name], connections[name], journal, claims, run_id)
                    if name in systems and name in connections
                    else None,
                    References(ledger),
                    halt,
                    on_progress,
                )
                for name, planned in plan.sizes().items()
            }
            _run(lanes, connections, halt)
    except KeyboardInterrupt:
        fold(ledger)
        raise
    fold(ledger)
    return PushResult(
        writes={name: lane.counts() for name, lane in lanes.items()},
        stopped={name: lane.stopped for name, lane in lanes.items() if lane.stopped},
        not_granted=tuple(
            words for lane in lanes.values() for words in lane.not_granted()
        ),
    )


def _run(
    lanes: Mapping[str, "_Lane"], connections: Mapping[str, Http], halt: threading.Event
) -> None:
    with ThreadPoolExecutor(max_workers=max(len(lanes), 1)) as pool:
        running = {name: pool.submit(lane.run) for name, lane in lanes.items()}
        try:
            wait(running.values())
        except BaseException:  # Ctrl-C: what is in flight ends, nothing more begins
            halt.set()
            _end(running, connections)
            raise
    for future in running.values():
        future.result()


def _end(
    running: Mapping[str, "Future[None]"], connections: Mapping[str, Http]
) -> None:
    """Let the writes in flight end; those that still wait for their turn stop."""
    wait(running.values(), timeout=_GRACE)
    for name, future in running.items():
        if not future.done() and name in connections:
            connections[name].close()
    wait(running.values())


class _Lane:
    """The writes to one system, level by level."""

    def __init__(
        self,
        name: str,
        planned: int,
        plan: Plan,
        writer: Writer | None,
        references: References,
        halt: threading.Event,
        on_progress: Progress,
    ) -> None:
        self.stopped: str | None = None
        self._name = name
        self._planned = planned
        self._plan = plan
        self._writer = writer
        self._references = references
        self._halt = halt
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._partly_refused = 0
        self._unsure_in_a_row = 0
        self._is_broken = False  # by what nobody foresaw
        self._privileges = Privileges(name)

    def run(self) -> None:
        """Send everything that is planned for this system, unless it stops.

        What nobody foresaw stops this system; the others go on.
        """
        try:
            self._send_all()
        except (LenkeError, duckdb.Error, OSError):  # the ledger and the disk
            self._halt.set()
            raise
        except Exception as error:
            self.stopped = unforeseen(self._name, "writing to it", error)

    def _send_all(self) -> None:
        if self._writer is None:
            self.stopped = f"{self._name}: not configured. Its writes wait for it."
            return
        writer, workers = self._writer, self._writer.http.at_once
        with ThreadPoolExecutor(workers, thread_name_prefix=self._name) as pool:
            for level in self._plan.levels(self._name):
                some = [OneByOne(self._resolved(level))] * workers
                for _ in pool.map(partial(self._send_each, writer), some):
                    pass

    def _resolved(self, level: int) -> Iterator[Resolved]:
        """Give a level's writes while they may be sent, with their references."""
        for batch in self._plan.batches(self._name, level):
            if self._goes_on():
                yield from self._references.resolve(batch)

    def _goes_on(self) -> bool:
        return not (self._halt.is_set() or self.stopped or self._is_broken)

    def _send_each(self, writer: Writer, waiting: OneByOne[Resolved]) -> None:
        """Send what waits, one after the other; other workers do so as well."""
        for resolved in waiting:
            outcome = self._one(writer, resolved)
            if outcome is not None and outcome.record_id is not None:
                self._references.remember(resolved.request, outcome.record_id)

    def counts(self) -> dict[str, int]:
        """Give the number of writes per outcome; what was not tried is skipped.

        One that was done but for refused values counts as both.
        """
        counts = {outcome: self._counts[outcome] for outcome in OUTCOMES}
        counts["skipped"] = self._planned - (sum(counts.values()) - counts["skipped"])
        counts["refused"] += self._partly_refused
        return counts

    def not_granted(self) -> list[str]:
        """Give the words of each record type that we may not write."""
        return list(self._privileges.refused.values())

    def _one(self, writer: Writer, resolved: Resolved) -> Outcome | None:
        entity = resolved.request.entity
        if not self._goes_on() or entity in self._privileges.refused:
            return None
        try:
            outcome = writer.write(resolved)
        except BaseException as error:
            self._is_broken = True
            error.add_note(resolved.request.write_key)
            if not isinstance(error, Exception) or isinstance(error, LenkeError):
                self._halt.set()
            raise
        with self._lock:
            self._note(outcome)
            self._privileges.note(entity, outcome)
        self._on_progress(self._name, outcome.kind)
        return outcome

    def _note(self, outcome: Outcome) -> None:
        self._counts[outcome.kind] += 1
        self._partly_refused += outcome.partly_refused
        unsure = outcome.kind == "unknown"
        self._unsure_in_a_row = self._unsure_in_a_row + 1 if unsure else 0
        if outcome.system_stopped and not self.stopped:
            self.stopped = outcome.system_stopped
        if self._unsure_in_a_row >= _UNSURE_IN_A_ROW and not self.stopped:
            self.stopped = (
                f"{self._name}: {self._unsure_in_a_row} writes in a row had no clear "
                "answer, so no more are sent. The next run looks what became of them."
            )
