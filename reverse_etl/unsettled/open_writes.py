"""The writes without a clear answer: killed between intent and receipt, or unsure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.ledger import Ledger
from reverse_etl.push.journal import Intent
from reverse_etl.push.plan import planned_changes

# The first columns of the query `open_writes`.
_FACTS = (
    "write_id",
    "run_id",
    "operation",
    "flow",
    "system_name",
    "entity",
    "record_id",
    "source_key",
    "payload_hash",
)


@dataclass(frozen=True)
class OpenWrite:
    """A write whose outcome nobody knows yet (times in naive UTC).

    `sent_at` is the latest moment at which it can have left us. `is_held`: several
    records could be the one that it created, which a person has to look at.
    `is_unsure`: its answer got lost, while we went on.
    """

    intent: Intent
    intended_at: datetime
    sent_at: datetime
    is_held: bool
    is_unsure: bool


def open_writes(ledger: Ledger) -> list[OpenWrite]:
    """Give the writes that are not settled, by system, oldest first."""
    return [_open_write(row) for row in ledger.ask("open_writes")]


def _open_write(row: tuple[Any, ...]) -> OpenWrite:
    facts = dict(zip(_FACTS, row, strict=False))
    changes, intended_at, sent_at, is_held, is_unsure = row[len(_FACTS) :]
    intent = Intent(**facts, changes=planned_changes(changes) if changes else ())
    return OpenWrite(intent, intended_at, sent_at, is_held, is_unsure)
