"""What a record holds, beside what the merge saw of it and what was sent."""

from reverse_etl.push.journal import Intent
from reverse_etl.push.plan import Request
from reverse_etl.wire.paths import equal, get
from reverse_etl.wire.system import Stored


def ignored(intent: Intent, stored: Stored) -> bool:
    """Say whether an update was accepted and yet all of it is as it was before."""
    return (
        intent.operation == "update"
        and stored.read_back
        and bool(intent.changes)
        and all(
            change.before_known
            and not equal(change.before, change.after)
            and equal(get(stored.record, change.json_path), (True, change.before))
            for change in intent.changes
        )
    )


def is_old(request: Request, current: Stored) -> bool:
    """Say whether a record is shown as it was before what is known of it."""
    return bool(
        current.stamp and request.change_stamp and current.stamp < request.change_stamp
    )


def changed_since(request: Request, current: Stored) -> list[str]:
    """Give the paths that are not what the merge saw.

    A member that is missing says nothing, unless it is one that would be written: what
    is missing can be empty, but it is no value.
    """
    written = {change.json_path for change in request.changes}
    return [
        json_path
        for json_path, value in request.seen.items()
        for known, found in [get(current.record, json_path)]
        if (known and not equal(found, value))
        or (not known and json_path in written and value not in (None, ""))
    ]
