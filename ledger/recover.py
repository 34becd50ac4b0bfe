"""A recovery in the ledger: it is noticed, it links what is proved, a person accepts.

Until it is accepted, only links are written. Accepting is one transaction: what the old
ledger remembers of values that have changed since is in doubt from then on, so that the
next build hears all members of those stars anew instead of bringing old values back.
"""

from ledger.decide import MOVED, NEW_LINKS, write_down
from ledger.ledger import Ledger
from ledger.statements import sql

_OPEN = "select what_was_seen from ledger.recoveries where accepted_at is null"


def noticed(ledger: Ledger) -> str | None:
    """Give what showed that this ledger is old, until a person has accepted it."""
    seen = [words for (words,) in ledger.fetch(_OPEN)]
    return "; ".join(seen) or None


def notice(ledger: Ledger, run_id: str, what_was_seen: str) -> None:
    """Remember that this ledger is an old one, unless that is remembered already."""
    if noticed(ledger) is None:
        with ledger.transaction() as connection:
            connection.execute(
                sql("note_recovery"),
                {
                    "run_id": run_id,
                    "now": ledger.now(),
                    "what_was_seen": what_was_seen,
                },
            )


def adopt(ledger: Ledger, run_id: str) -> None:
    """Link what a build has proved to belong together; nothing else is believed."""
    write_down(ledger, run_id, (NEW_LINKS, "keep_look_alikes"))


def accept(ledger: Ledger, run_id: str, run_counter: int) -> None:
    """Go on with this ledger, because a person says so.

    The warehouse beside it holds a build of this run; `run_counter` is the latest step
    that any other file knows of.
    """
    write_down(
        ledger,
        run_id,
        (*MOVED, NEW_LINKS, "keep_look_alikes", "doubt_values", "accept_recovery"),
    )
    ledger.accept_as_newest(run_counter)
