"""Which of the members that we sent an answer names, in its structure or its words.

No two systems say it alike: `{"errors": [{"pointer": "/email"}]}`, `{"errors":
{"EmailAddress": [...]}}`, `"detail": "EmailAddress is not valid"`, or the value itself
in quotes. It is a hint from a stranger: only what we sent is looked for.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.paths import names

# Members whose value says which member is meant, and members that hold such lists.
_POINTERS = (
    *("pointer", "path", "source", "target", "location", "name", "key", "attribute"),
    *("field", "fields", "fieldname", "member", "members", "membername"),
    *("property", "properties", "propertyname", "param", "parameter"),
)
_LISTS = ("error", "modelstate", "violation", "invalid", "failure", "problem")
_MOST = 2000  # texts of one answer
_LONGEST = 20_000  # characters of all of them
_SHORTEST_VALUE = 4  # shorter values stand in any sentence

_LISTED = "[]"  # around the members of an object in a list

Steps = tuple[str, ...]


def pointed_at(
    said: Any, changes: Sequence[PlannedChange]
) -> tuple[PlannedChange, ...]:
    """Give the changes whose member the structure of an answer points at."""
    places = list(_places(said))
    return tuple(
        change
        for change in changes
        if any(_is_meant(_folded(change), place) for place in places)
    )


def spoken_of(said: Any, changes: Sequence[PlannedChange]) -> tuple[PlannedChange, ...]:
    """Give the changes whose member, or value, the words of an answer speak of."""
    text = "\n".join(text for text, _, _ in _walk(said))[:_LONGEST].casefold()
    return tuple(change for change in changes if _is_spoken_of(change, text))


def _is_spoken_of(change: PlannedChange, text: str) -> bool:
    sought = {change.name.casefold(), *_spellings(names(change.json_path)[-1])}
    if isinstance(change.after, str) and len(change.after) >= _SHORTEST_VALUE:
        sought.add(change.after.casefold())
    return any(
        re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) is not None
        for each in sought
    )


def _spellings(member: str) -> set[str]:
    """Give a member as it may stand in a sentence: EmailAddress, email address."""
    parts = re.findall(r"[A-ZÆØÅ]?[^A-ZÆØÅ_\W]+|[A-ZÆØÅ]+", member)
    folded = [part.casefold() for part in parts]
    joined = {sign.join(folded) for sign in (" ", "-", "_")} if len(folded) > 1 else ()
    return {member.casefold(), *joined}


def _is_meant(path: Steps, place: Steps) -> bool:
    """Say whether a place is a member, its end, what is around it or inside it."""
    return bool(place) and (
        path in (place[-len(path) :], place[: len(path)])
        or place in (path[-len(place) :], path[: len(place)])
    )


def _folded(change: PlannedChange) -> Steps:
    return tuple(step.casefold() for step in names(change.json_path))


def _places(said: Any) -> Iterator[Steps]:
    for text, is_key, parent in _walk(said):
        heads_reasons = is_key and (parent is None or parent.startswith(_LISTS))
        if heads_reasons or (not is_key and parent in _POINTERS):
            yield _steps(text)


def _steps(text: str) -> Steps:
    """Read `/billingAddress/city`, `$.billingAddress.city` or `[0].Epost`."""
    if re.search(r"\s", text.strip()):
        return ()
    steps = re.split(r"[./\[\]'\"#$~]+", text.strip().casefold())
    return tuple(step for step in steps if step and not step.isdecimal())


def _walk(said: Any) -> Iterator[tuple[str, bool, str | None]]:
    """Give every text of an answer, whether it is a key, and the key around it.

    A key counts as a place where it holds a list of reasons: at the top, or in a member
    that is one for errors.
    """
    waiting: list[tuple[Any, str | None]] = [(said, None)]
    told = 0
    while waiting and told < _MOST:
        value, parent = waiting.pop()
        told += 1
        if isinstance(value, str):
            yield value, False, parent
        elif isinstance(value, list):
            waiting.extend(
                (each, _LISTED if isinstance(each, dict) else parent) for each in value
            )
        elif isinstance(value, dict):
            for key, inner in value.items():
                folded = str(key).casefold()
                if parent is not None or isinstance(inner, list):
                    yield str(key), True, parent
                waiting.append((inner, folded))
