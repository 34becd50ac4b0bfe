"""Intents and receipts: what we are about to send, and what became of it.

An intent is on disk when its call returns, and so is every receipt before it.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from connections.http.exact_json import written
from ledger.ledger import Ledger
from reverse_etl.push.plan import PlannedChange
from reverse_etl.push.together import Group, Row, Together
from reverse_etl.wire.paths import get
from reverse_etl.wire.system import Stored

_COLUMNS = (
    "write_id",
    "event",
    "run_id",
    "event_at",
    "operation",
    "flow",
    "system_name",
    "entity",
    "record_id",
    "source_key",
    "properties_before",
    "properties_after",
    "delivered",
    "payload_hash",
    "status",
    "error",
    "stored",
    "stored_stamp",
    "stored_version",
    "changes",
    "matched_by",
    "refused_units",
    "is_unguarded",
)
_LISTS = ", ".join(["unnest(?)"] * len(_COLUMNS))
_INSERT = f"insert into ledger.writes ({', '.join(_COLUMNS)}) select {_LISTS}"


@dataclass(frozen=True)
class Intent:
    """A write that is about to be sent; its references are translated already."""

    write_id: str
    run_id: str
    operation: str
    flow: str
    system_name: str
    entity: str
    record_id: str | None
    source_key: str
    changes: tuple[PlannedChange, ...]
    payload_hash: str | None


@dataclass(frozen=True)
class Receipt:
    """What became of a write: the statuses are listed at `ledger.writes`.

    `stored` is the record that its system holds now, if that is known; only the
    members that were written are kept of it. `refused_units` are the fingerprints of
    the values that a refusal is laid to; None: the whole write.
    """

    intent: Intent
    run_id: str
    status: str
    error: str | None = None
    stored: Stored | None = None
    matched_by: str | None = None
    refused_units: tuple[str, ...] | None = None


class Journal:
    """Appends to the ledger's writes; several threads may share it.

    Closing waits for all rows; StopRun when one of them did not reach the disk.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._together = Together(self._commit)
        identity = ledger.identity
        self._prefix = f"{identity.ledger_id[:8]}-{identity.run_counter}"

    def close(self) -> None:
        """Return when every row that was handed in is on disk; StopRun otherwise."""
        self._together.close()
        self._together.check()

    def __enter__(self) -> "Journal":
        """Open for a `with` block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Close at the end of a `with` block; an error in it is told before a loss."""
        self._together.close()
        if kind is None:
            self._together.check()

    def new_write_id(self) -> str:
        """Give an id that names the ledger and the run too; at most 40 characters."""
        return f"{self._prefix}-{secrets.token_hex(8)}"

    def intent(self, intent: Intent) -> None:
        """Return when the intent is on disk, and every receipt that came before it.

        StopRun when one of them cannot be: then nothing may be sent.
        """
        changes = intent.changes
        before = {each.name: each.before for each in changes if each.before_known}
        after = {each.name: each.after for each in changes}
        delivered = {each.property: each.delivered for each in changes}
        self._append(
            {
                **_facts(intent),
                "event": "intent",
                "run_id": intent.run_id,
                "properties_before": written(before),
                "properties_after": written(after),
                "delivered": written(delivered),
                "payload_hash": intent.payload_hash,
                "changes": written([_sent(each) for each in changes]),
            }
        ).wait()
        self._together.check()

    def receipt(self, receipt: Receipt) -> None:
        """Return when the receipt is on disk; StopRun when it cannot be."""
        self._hand_in(receipt).wait()

    def hand_in(self, receipt: Receipt) -> None:
        """Return at once: the receipt is on disk before any intent that comes later."""
        self._hand_in(receipt)

    def _hand_in(self, receipt: Receipt) -> Group:
        facts = _facts(receipt.intent)
        stored = receipt.stored
        if stored is not None:
            facts |= {
                "record_id": stored.record_id,
                "stored_stamp": stored.stamp,
                "stored_version": stored.version,
                "is_unguarded": not stored.guarded,
            }
            if stored.read_back:
                facts["stored"] = written(_kept(stored, receipt.intent.changes))
        if receipt.refused_units is not None:
            facts["refused_units"] = written(list(receipt.refused_units))
        return self._append(
            {
                **facts,
                "event": "receipt",
                "run_id": receipt.run_id,
                "status": receipt.status,
                "error": receipt.error,
                "matched_by": receipt.matched_by,
                "payload_hash": receipt.intent.payload_hash,
            }
        )

    def _append(self, row: dict[str, Any]) -> Group:
        return self._together.hand_in({**row, "event_at": self._ledger.now()})

    def _commit(self, rows: list[Row]) -> None:
        with self._ledger.transaction() as connection:
            connection.execute(
                _INSERT, [[row.get(name) for row in rows] for name in _COLUMNS]
            )


def _facts(intent: Intent) -> dict[str, Any]:
    return {
        "write_id": intent.write_id,
        "operation": intent.operation,
        "flow": intent.flow,
        "system_name": intent.system_name,
        "entity": intent.entity,
        "record_id": intent.record_id,
        "source_key": intent.source_key,
    }


def _sent(change: PlannedChange) -> dict[str, Any]:
    return {
        "property": change.property,
        "name": change.name,
        "json_path": change.json_path,
        "before": change.before,
        "before_known": change.before_known,
        "after": change.after,
        "delivered": change.delivered,
    }


def _kept(stored: Stored, changes: tuple[PlannedChange, ...]) -> dict[str, Any]:
    kept = {}
    for change in changes:
        known, value = get(stored.record, change.json_path)
        if known:
            kept[change.property] = value
    return kept
