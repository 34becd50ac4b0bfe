"""Send what a refused write leaves to be sent, part by part.

Each part is a write of its own, with its own intent and receipt, so that a run killed
between two of them goes on like any other: what was not sent is planned again.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from reverse_etl.push.ended import Outcome
from reverse_etl.push.isolate import Changes
from reverse_etl.push.plan import Request
from reverse_etl.wire.paths import get
from reverse_etl.wire.system import Stored

Once = Callable[[Request, Changes], Outcome]


def part_by_part(once: Once, request: Request, first: Outcome) -> Outcome:
    """Make the attempts that a first one calls for; give how it all ended.

    Every refusal leaves less to send, so this ends. It ends early when nobody knows
    what the record holds now.
    """
    waiting = deque(first.then)
    if not waiting:
        return first
    done: Outcome | None = None
    while waiting:
        part = waiting.popleft()
        outcome = once(request, part)
        if outcome.kind == request.operation:
            done = outcome
            if outcome.stored is None or not outcome.stored.read_back:
                break
            request = _after(request, part, outcome.stored)
        elif outcome.kind == "refused":
            waiting.extendleft(reversed(outcome.then))
        elif done is None or outcome.kind not in ("moved", "gone"):
            return replace(outcome, partly_refused=True)
        else:
            break
    if done is None:
        return replace(first, then=())
    return replace(done, partly_refused=True)


def _after(request: Request, part: Changes, stored: Stored) -> Request:
    """Give the request as a record that holds our own part has to be met."""
    seen = dict(request.seen)
    for change in part:
        known, value = get(stored.record, change.json_path)
        if known:
            seen[change.json_path] = value
    return replace(
        request,
        seen=seen,
        record_version=stored.version or request.record_version,
        change_stamp=stored.stamp or request.change_stamp,
    )
