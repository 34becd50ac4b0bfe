"""Find out what became of writes without a clear answer, before anything is decided.

A write is open when its run was killed, or when its answer got lost. Until it is
settled, an open create counts as a link, and an open update keeps its record out of
the merge.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

from connections.http.client import Http
from connections.http.errors import (
    Gone,
    LenkeError,
    SkipRecord,
    SystemStopped,
    Unsure,
)
from connections.machine import crash_points
from ledger.fold import fold
from ledger.ledger import Ledger
from ledger.matched_by import CREATED
from reverse_etl.push.defect import defect
from reverse_etl.push.journal import Intent, Journal, Receipt
from reverse_etl.unsettled.open_creates import OpenCreates
from reverse_etl.unsettled.open_writes import OpenWrite, open_writes
from reverse_etl.unsettled.traces import Found, compared
from reverse_etl.wire.system import System


@dataclass(frozen=True)
class Settled:
    """What was found out about an open write; `status` is `open` when nothing was."""

    intent: Intent
    status: str
    words: str


def settle_open_writes(
    ledger: Ledger,
    systems: Mapping[str, System],
    connections: Mapping[str, Http],
    *,
    run_id: str,
    settle_seconds: float,
) -> list[Settled]:
    """Look at every open write and commit what became of it; then fold that.

    A create that cannot be found is believed absent at once where the system would
    recognise a second one, elsewhere only `settle_seconds` after it was sent. The
    writes to a system that does not answer stay open.
    """
    fold(ledger)
    by_system = {
        name: list(writes)
        for name, writes in groupby(
            open_writes(ledger), key=lambda each: each.intent.system_name
        )
    }
    if not by_system:
        return []
    crash_points.reached(crash_points.BEFORE_SETTLING)

    def settle(name: str) -> list[Settled]:
        if name not in systems or name not in connections:
            words = f"{name} is not configured"
            return [Settled(each.intent, "open", words) for each in by_system[name]]
        system, http, writes = systems[name], connections[name], by_system[name]
        creates = OpenCreates(ledger, system, http, writes, settle_seconds)
        settler = _Settler(
            ledger, journal, system, http, run_id, settle_seconds, creates
        )
        return settler.settle(writes)

    with (
        Journal(ledger) as journal,
        ThreadPoolExecutor(max_workers=len(by_system)) as pool,
    ):
        settled = [each for found in pool.map(settle, by_system) for each in found]
    fold(ledger)
    return settled


class _Settler:
    """Settles the open writes of one system, one after the other."""

    def __init__(
        self,
        ledger: Ledger,
        journal: Journal,
        system: System,
        http: Http,
        run_id: str,
        settle_seconds: float,
        creates: OpenCreates,
    ) -> None:
        self._ledger = ledger
        self._journal = journal
        self._system = system
        self._http = http
        self._run_id = run_id
        self._settle_seconds = settle_seconds
        self._creates = creates

    def settle(self, writes: list[OpenWrite]) -> list[Settled]:
        """Give what was found out; when the system stops, the rest stays open."""
        settled: list[Settled] = []
        stopped: str | None = None
        for write in writes:
            finding = Found("open", stopped or "")
            if stopped is None:
                try:
                    finding = self._found(write)
                except SystemStopped as error:
                    stopped = str(error)
                    finding = Found("open", stopped)
                except (SkipRecord, Unsure) as error:
                    finding = Found("open", str(error))
                except LenkeError:
                    raise
                except Exception as error:
                    finding = Found("open", defect("settling", write.intent, error))
            crash_points.reached(crash_points.OPEN_WRITE_LOOKED_AT)
            self._commit(write, finding)
            crash_points.reached(crash_points.OPEN_WRITE_SETTLED)
            settled.append(Settled(write.intent, finding.status, finding.words))
        return settled

    def _commit(self, write: OpenWrite, finding: Found) -> None:
        if finding.status == "open" or (finding.status == "held" and write.is_held):
            return
        is_created = finding.status == "done" and write.intent.operation == "create"
        self._journal.receipt(
            Receipt(
                write.intent,
                self._run_id,
                finding.status,
                error=finding.words or None,
                stored=finding.stored,
                matched_by=CREATED if is_created else None,
            )
        )

    def _found(self, write: OpenWrite) -> Found:
        intent = write.intent
        try:
            if intent.operation == "create":
                return self._creates.found(write)
            assert intent.record_id is not None, "only a create has no record yet"
            stored = self._system.read(self._http, intent.entity, intent.record_id)
        except Gone as gone:
            done = intent.operation == "delete"
            return Found("done" if done else "gone", "" if done else str(gone))
        if intent.operation == "delete":
            return Found("not_applied", "the record is still there")
        found = compared(intent, stored)
        # What somebody else wrote meanwhile does not say that ours won't come yet.
        is_missing = found.status in ("not_applied", "moved")
        if is_missing and not self._is_believed_absent(write):
            return Found("open", f"{found.words}, which may be too early to believe")
        return found

    def _is_believed_absent(self, write: OpenWrite) -> bool:
        """Say whether a change that can't be seen will not be applied later.

        A request whose answer got lost may still be under way; a guard refuses it.
        """
        traits = self._system.TRAITS
        age = (self._ledger.now() - write.sent_at).total_seconds()
        return not write.is_unsure or traits.level == "A" or age >= self._settle_seconds
