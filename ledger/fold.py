"""Fold the receipts of writes that were done into the state, once each.

A push appends receipts only, which is quick; here they become observations, record
states and links, set by set, in one transaction. Folding again changes nothing. The
values are many times as many as the receipts, so they are folded in parts.
"""

from collections.abc import Iterator

import duckdb

from connections.machine import crash_points
from ledger.ledger import Ledger
from ledger.matched_by import ADOPTED
from ledger.statements import carried_out

# So many receipts have their values in memory at once.
AT_ONCE = 20_000

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
_IN_PARTS = "fold_observations"


def fold(ledger: Ledger) -> int:
    """Fold all receipts that are not folded yet; give their number.

    Not one byte of the ledger changes when there is none.
    """
    [(waiting,)] = ledger.ask("count_waiting")
    if not waiting:
        return 0
    crash_points.reached(crash_points.BEFORE_FOLD)
    given = {"adopted": ADOPTED, "now": ledger.now(), "at_once": AT_ONCE}
    with ledger.transaction() as connection:
        for name in _FOLDED:
            for part in _parts(connection, name):
                for _ in carried_out(connection, name, {**given, "part": part}):
                    crash_points.reached(crash_points.INSIDE_FOLD)
    crash_points.reached(crash_points.AFTER_FOLD)
    return int(waiting)


def _parts(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[int]:
    """Number the parts in which a file is carried out, the oldest receipts first."""
    if name != _IN_PARTS:
        yield 0
        return
    rows = connection.execute("select distinct part from newly_done order by part")
    for (part,) in rows.fetchall():
        yield part
