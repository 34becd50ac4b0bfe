"""Decisions of people, as they are written to the ledger.

Each takes a step of the ledger: a plan that was made before it is old then, and what a
run did afterwards is told from what was done before, whatever the clock said.
"""

import getpass
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger import recover
from ledger.ledger import Ledger
from ledger.statements import sql

_WITHDRAW = "insert into ledger.withdrawn_decisions values (?, ?, ?, ?)"


@dataclass(frozen=True)
class Decision:
    """What a person decides: of which kind, and about what.

    A system that is paused stands as `source_key`. Of a restored value `target_key` is
    the record that it is from, when its link has to be there still. `payload_hash` is
    the fingerprint of refused values.
    """

    kind: str
    source_key: str | None
    flow: str | None = None
    target_key: str | None = None
    property: str | None = None
    decided_value: str | None = None
    conflict_id: str | None = None
    payload_hash: str | None = None


def write_down(
    ledger: Ledger,
    decisions: Sequence[Decision],
    reason: str | None,
    conflict_status: str | None = None,
) -> None:
    """Keep decisions, all or none; their conflicts get the status."""
    if not decisions:
        return
    takes_a_step = _is_the_newest(ledger)
    with ledger.transaction() as connection:
        if takes_a_step:
            connection.execute(_STEP)
        for each in decisions:
            connection.execute(
                sql("add_decision"),
                {
                    **vars(each),
                    "decision_id": str(uuid.uuid4()),
                    "reason": reason,
                    "decided_by": person(),
                    "now": ledger.now(),
                },
            )
            if conflict_status and each.conflict_id:
                connection.execute(
                    "update ledger.conflicts set status = ? where conflict_id = ?",
                    [conflict_status, each.conflict_id],
                )
    ledger.tell()


def take_back(ledger: Ledger, decision_ids: Iterable[str], reason: str | None) -> None:
    """Withdraw decisions; a losing value that they were about is in the list again."""
    takes_a_step = _is_the_newest(ledger)
    with ledger.transaction() as connection:
        if takes_a_step:
            connection.execute(_STEP)
        for each in decision_ids:
            connection.execute(_WITHDRAW, [each, reason, person(), ledger.now()])
            connection.execute(sql("put_back_in_the_list"), {"decision_id": each})
    ledger.tell()


_STEP = "update ledger.identity set run_counter = run_counter + 1"


def _is_the_newest(ledger: Ledger) -> bool:
    """Tell whether the ledger may take a step: one that may be an old one does not.

    It would come to a step that the newest one had, and nobody could tell any more.
    """
    return ledger.told_otherwise() is None and recover.noticed(ledger) is None


def person() -> str:
    """Give the name of whoever decides, as this machine knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no user name in a bare container
        return "somebody"
