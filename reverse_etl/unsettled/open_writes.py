"""The writes without a clear answer: killed between intent and receipt, or unsure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.ledger import Ledger
from reverse_etl.push.journal import Intent
from reverse_etl.push.plan import planned_changes

# The first columns of the query below.
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

_OPEN = """
with receipts as (
    select
        write_id,
        bool_or(status not in ('unknown', 'held')) as is_settled,
        bool_or(status = 'held') as is_held,
        max(case when status = 'unknown' then event_at end) as unknown_at
    from ledger.writes
    where event = 'receipt'
    group by write_id
)
select
    intents.write_id,
    intents.run_id,
    intents.operation,
    intents.flow,
    intents.system_name,
    intents.entity,
    intents.record_id,
    intents.source_key,
    intents.payload_hash,
    intents.changes,
    intents.event_at,
    coalesce(receipts.unknown_at, intents.event_at) as sent_at,
    coalesce(receipts.is_held, false) as is_held,
    receipts.unknown_at is not null as is_unsure
from ledger.writes as intents
left join receipts on intents.write_id = receipts.write_id
where intents.event = 'intent' and not coalesce(receipts.is_settled, false)
order by intents.system_name, intents.event_at, intents.write_id
"""


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
    return [_open_write(row) for row in ledger.fetch(_OPEN)]


def _open_write(row: tuple[Any, ...]) -> OpenWrite:
    facts = dict(zip(_FACTS, row, strict=False))
    changes, intended_at, sent_at, is_held, is_unsure = row[len(_FACTS) :]
    intent = Intent(**facts, changes=planned_changes(changes) if changes else ())
    return OpenWrite(intent, intended_at, sent_at, is_held, is_unsure)
