"""Carry out one write: look, commit the intent, send, commit the receipt.

No data is decided here. A record that is no longer what the merge saw is left alone,
and what nobody knows is written down as unknown, for the next run to look at.
"""

from dataclasses import dataclass, replace

from connections.http.client import Http
from connections.http.errors import (
    Gone,
    LenkeError,
    Moved,
    Refused,
    SkipRecord,
    StopRun,
    SystemStopped,
    Unsure,
)
from connections.machine import crash_points
from ledger.matched_by import ADOPTED, CREATED
from reverse_etl.push.claims import Claims
from reverse_etl.push.defect import defect
from reverse_etl.push.ended import Outcome
from reverse_etl.push.isolate import Changes, laid_to
from reverse_etl.push.journal import Intent, Journal, Receipt
from reverse_etl.push.part_by_part import part_by_part
from reverse_etl.push.plan import Request
from reverse_etl.push.references import Resolved
from reverse_etl.push.since import changed_since, ignored, is_old
from reverse_etl.wire.system import Stored, System


@dataclass(frozen=True)
class Writer:
    """Carries out the writes to one system, for several threads."""

    system: System
    http: Http
    journal: Journal
    claims: Claims
    run_id: str

    def write(self, resolved: Resolved) -> Outcome:
        """Carry out one write; raises StopRun when the ledger cannot be written.

        When values are refused, the rest is sent without them.
        """
        if resolved.held_because is not None:
            return Outcome("held")
        first = self._once(resolved.request, resolved.changes)
        return part_by_part(self._once, resolved.request, first)

    def _once(self, request: Request, changes: Changes) -> Outcome:
        """Make one attempt: an intent and a receipt of its own."""
        request = replace(request, changes=changes)
        intent = Intent(
            write_id=self.journal.new_write_id(),
            run_id=self.run_id,
            operation=request.operation,
            flow=request.flow,
            system_name=request.system_name,
            entity=request.entity,
            record_id=request.record_id,
            source_key=request.source_key,
            changes=changes,
            payload_hash=request.payload_hash,
        )
        try:
            current = self._current(request)
        except Moved:
            return Outcome("moved")  # the next listing tells; there is nothing to keep
        except SkipRecord as skipped:
            # Nothing was sent; the receipt alone says what a single read has shown.
            return self._skipped(intent, skipped)
        except SystemStopped as stopped:
            return Outcome("skipped", system_stopped=str(stopped))
        except LenkeError:
            raise
        except Exception as error:
            return self._defect(intent, "refused", error)
        crash_points.reached(crash_points.BEFORE_INTENT)
        self.journal.intent(intent)
        crash_points.reached(crash_points.AFTER_INTENT)
        return self._sent(request, intent, current)

    def _current(self, request: Request) -> Stored | None:
        """Read the record where If-Match does not guard it; Moved if it changed.

        If-Match guards what the merge was shown. What it only took for empty, because
        the answer had no such member, is looked at again.
        """
        is_guarded = not self.system.TRAITS.rereads and all(
            change.before_known for change in request.changes
        )
        if request.record_id is None or is_guarded:
            return None
        current = self.system.read(self.http, request.entity, request.record_id)
        name = f"{request.system_name}:{request.entity}:{request.record_id}"
        if self.system.TRAITS.reads_by_list and is_old(request, current):
            raise Moved(
                f"{name}: was shown with the stamp {current.stamp}, but one of "
                f"{request.change_stamp} is known. Nothing was written; the next run "
                "decides again."
            )
        changed = changed_since(request, current)
        if changed:
            raise Moved(
                f"{name}: {', '.join(changed)} changed while we were deciding. "
                "Nothing was written; the next run decides again."
            )
        return current

    def _sent(
        self, request: Request, intent: Intent, current: Stored | None
    ) -> Outcome:
        try:
            stored = self._send(request, intent, current)
        except Refused as refused:
            return self._refused(intent, refused)
        except SkipRecord as skipped:
            return self._skipped(intent, skipped)
        except Unsure as unsure:
            return self._settled(intent, "unknown", str(unsure))
        except SystemStopped as stopped:
            # It may have stopped between the write and reading what was stored.
            self._settled(intent, "unknown", str(stopped))
            return Outcome("unknown", system_stopped=str(stopped))
        except LenkeError:
            raise
        except Exception as error:
            return self._defect(intent, "unknown", error)
        crash_points.reached(crash_points.AFTER_SEND)
        try:
            return self._received(intent, stored)
        except LenkeError:
            raise
        except Exception as error:
            return self._defect(intent, "unknown", error)

    def _received(self, intent: Intent, stored: Stored | None) -> Outcome:
        """Commit the receipt of a write that was accepted."""
        if stored is not None and ignored(intent, stored):
            return self._settled(
                intent,
                "refused",
                f"{intent.system_name}:{intent.entity}:{intent.record_id}: the system "
                "accepted this write, but nothing of it was stored.",
            )
        matched_by = None
        if intent.operation == "create" and stored is not None:
            matched_by = ADOPTED if stored.adopted else CREATED
            if not self._claimed(intent, stored):
                # One that bears our reference is the one; else ours is yet to be found.
                return self._settled(
                    intent,
                    "refused" if stored.adopted else "unknown",
                    f"{intent.system_name}:{intent.entity} for {intent.source_key}: "
                    f"the system answers that it is {stored.record_id}, which is "
                    "linked to another record. Look at both with `lenke links`.",
                )
        self.journal.hand_in(
            Receipt(intent, self.run_id, "done", stored=stored, matched_by=matched_by)
        )
        crash_points.reached(crash_points.AFTER_RECEIPT)
        created = stored.record_id if matched_by and stored is not None else None
        return Outcome(intent.operation, record_id=created, stored=stored)

    def _send(
        self, request: Request, intent: Intent, current: Stored | None
    ) -> Stored | None:
        changes = [change.to_send() for change in intent.changes]
        version = request.record_version
        match request.operation, request.record_id:
            case "create", None:
                return self.system.create(
                    self.http,
                    request.entity,
                    changes,
                    write_id=intent.write_id,
                    source_key=request.source_key,
                )
            case "update", str(record_id):
                return self.system.update(
                    self.http, request.entity, record_id, version, current, changes
                )
            case "delete", str(record_id):
                self.system.delete(self.http, request.entity, record_id, version)
                return None
        raise StopRun(
            f"{request.write_key}: {request.operation} of record {request.record_id} "
            "is no write that a plan can hold. Run `lenke plan` again."
        )

    def _claimed(self, intent: Intent, stored: Stored) -> bool:
        key = f"{intent.system_name}:{intent.entity}:{stored.record_id}"
        return self.claims.claim(key, intent.flow, intent.source_key)

    def _refused(self, intent: Intent, refused: Refused) -> Outcome:
        """Note what is refused: the whole write, or some values of it."""
        laid = laid_to(intent.operation, intent.changes, refused)
        receipt = Receipt(intent, self.run_id, "refused", error=str(refused))
        self.journal.receipt(replace(receipt, refused_units=laid.units))
        return Outcome("refused", then=laid.then, refusal=refused)

    def _defect(self, intent: Intent, status: str, error: Exception) -> Outcome:
        return self._settled(intent, status, defect(intent.operation, intent, error))

    def _skipped(self, intent: Intent, skipped: SkipRecord) -> Outcome:
        outcome = self._settled(intent, _status(skipped), str(skipped))
        refusal = skipped if isinstance(skipped, Refused) else None
        return replace(outcome, refusal=refusal)

    def _settled(self, intent: Intent, status: str, error: str) -> Outcome:
        self.journal.receipt(Receipt(intent, self.run_id, status, error=error))
        return Outcome(status)


def _status(skipped: SkipRecord) -> str:
    if isinstance(skipped, Gone):
        return "gone"
    if isinstance(skipped, Refused):
        return "refused"
    return "moved"
