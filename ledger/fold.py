"""Fold the receipts of writes that were done into the state, once each.

A push appends receipts only, which is quick; here they become observations, record
states and links, set by set, in one transaction. Folding again changes nothing.
"""

from connections.machine import crash_points
from ledger.ledger import Ledger
from ledger.matched_by import ADOPTED
from ledger.statements import carried_out

# Files of `sql/`, in the order in which they are carried out.
_FOLDED = (
    "unfolded",
    "newly_done",
    "fold_observations",
    "fold_record_states",
    "fold_links",
    "fold_ended_links",
    "note_folded",
)


def fold(ledger: Ledger) -> int:
    """Fold all receipts that are not folded yet; give their number.

    Not one byte of the ledger changes when there is none.
    """
    [(waiting,)] = ledger.ask("count_waiting")
    if not waiting:
        return 0
    crash_points.reached(crash_points.BEFORE_FOLD)
    given = {"adopted": ADOPTED, "now": ledger.now()}
    with ledger.transaction() as connection:
        for name in _FOLDED:
            for _ in carried_out(connection, name, given):
                crash_points.reached(crash_points.INSIDE_FOLD)
    crash_points.reached(crash_points.AFTER_FOLD)
    return int(waiting)
