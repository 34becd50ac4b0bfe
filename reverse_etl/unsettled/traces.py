"""What a record tells about a write whose answer got lost."""

from dataclasses import dataclass, replace
from typing import Any

from reverse_etl.push.journal import Intent
from reverse_etl.wire.likeness import could_be
from reverse_etl.wire.paths import as_before, equal, get
from reverse_etl.wire.system import Stored


@dataclass(frozen=True)
class Found:
    """What became of an open write, in a receipt's word (`open`: still unknown)."""

    status: str
    words: str
    stored: Stored | None = None


def compared(intent: Intent, stored: Stored) -> Found:
    """Compare what an update wanted with what is there now.

    `done` when any of it arrived: what came of that, the models tell by the next
    listing. `moved` when none did and what is there can't have come of it: somebody has
    typed it since, whether or not ours was there for a while.
    """
    arrived = [
        equal(get(stored.record, change.json_path), (True, change.after))
        for change in intent.changes
    ]
    if all(arrived):
        return Found("done", "", stored)
    untouched = [
        as_before(stored.record, change.to_send()) for change in intent.changes
    ]
    if all(untouched):
        return Found("not_applied", "the record is as it was before")
    may_be_ours = [
        _may_come_of(get(stored.record, change.json_path)[1], change.after)
        for change in intent.changes
    ]
    if not any(arrived) and (any(untouched) or not any(may_be_ours)):
        return Found("moved", "the record is neither as before nor as sent")
    # Cut, respelt or edited since: the models tell these apart by the next listing.
    return Found("done", "", Stored(stored.record_id, {}, read_back=False))


def _may_come_of(stored: Any, sent: Any) -> bool:
    """Say whether a system can have made a value of another: cut, respelt, left out."""
    return stored is None or could_be(stored, sent) or could_be(sent, stored)


def is_ours(intent: Intent, found: Stored) -> bool:
    """Say whether a record that is not all that was sent is near enough to be the one.

    One of at least three members may differ, if somebody has changed the record since
    it was made, or if the value can be what the system made of ours. Any other record
    may have been made for something else that is much alike.
    """
    if len(intent.changes) < 3 or len(found.differs) > 1:
        return not found.differs
    if found.created and found.stamp and found.stamp > found.created:
        return True
    return all(
        could_be(get(found.record, change.json_path)[1], change.after)
        for change in intent.changes
        if change.json_path in found.differs
    )


def as_created(found: Stored) -> Stored:
    """Give a record as its create left it, as far as that is known.

    If somebody has changed it since, what we sent counts as stored: what it holds now
    is an edit then.
    """
    if found.created is not None and found.stamp == found.created:
        return found
    return replace(found, record={}, stamp=found.created, version=None, read_back=False)


def in_words(found: Stored) -> str:
    """Give the id of a record that may be ours, and what speaks against it."""
    if not found.differs:
        return found.record_id
    return f"{found.record_id} (but for {', '.join(found.differs)})"
