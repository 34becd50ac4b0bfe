"""Lay a refusal to the values that it is about, so that the rest can go.

After a 400 or 422 the values that the answer names are left out, and the rest is sent.
Where it names none, or speaks of several, each that could be meant is then sent by
itself: the one that is refused alone is the one. What may not be left out by the seeds
(`PlannedChange.unit` is None) is never parted from the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from connections.http.errors import Refused
from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.named import pointed_at, spoken_of

Changes = tuple[PlannedChange, ...]

_ABOUT_VALUES = (400, 422)


@dataclass(frozen=True)
class Laid:
    """What a refusal is laid to, and what to send now.

    `units` are the fingerprints of the refused values: None when it is the whole write,
    empty when that is yet to be found out. `then` are the attempts to make next.
    """

    units: tuple[str, ...] | None
    then: tuple[Changes, ...] = ()


WHOLE = Laid(None)


def laid_to(operation: str, changes: Changes, refused: Refused) -> Laid:
    """Say which of the changes of a write a refusal is about."""
    is_about_values = refused.status in _ABOUT_VALUES and not refused.lacks_privilege
    if not is_about_values or operation not in ("create", "update"):
        return WHOLE
    pointed = pointed_at(refused.said, changes)
    named = _units(pointed)
    if pointed and not named:
        return WHOLE  # it points at what can't be left out
    suspects = named or _units(spoken_of(refused.said, changes))
    is_named = bool(named) or len(suspects) == 1
    if not suspects:
        suspects = _units(each for each in changes if not each.was_accepted)
    if not suspects:
        return WHOLE
    rest = tuple(each for each in changes if each.unit not in suspects)
    if is_named or (len(suspects) == 1 and not rest):
        return Laid(suspects, (rest,) if rest else ())
    if operation == "create":
        # What is left out follows as an update of the new record, and is judged there.
        return Laid((), (rest,)) if rest else WHOLE
    alone = tuple(
        tuple(each for each in changes if each.unit == unit) for unit in suspects
    )
    return Laid((), ((rest,) if rest else ()) + alone)


def _units(changes: Iterable[PlannedChange]) -> tuple[str, ...]:
    """Give the units of changes that may be left out, each once, in their order."""
    return tuple(dict.fromkeys(each.unit for each in changes if each.unit is not None))
