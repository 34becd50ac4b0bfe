"""Find and replace members of a record by JSON path: `$.name`, `$.address.city`.

A name with other signs than letters, digits and underscores is quoted: `$."e-mail"`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from connections.http.errors import ConfigurationError
from connections.http.exact_json import whole_pairs
from reverse_etl.wire.system import Change

_STEP = re.compile(r'\.(?:(\w+)|"([^"]+)")')
_PATH = re.compile(r'\$(?:\.(?:\w+|"[^"]+"))+')


def get(record: Mapping[str, Any], json_path: str) -> tuple[bool, Any]:
    """Give whether the record tells the member, and its value.

    A member that is missing is not known. Inside an object that is null, every member
    is known to be null: the record says that there is none of it.
    """
    found: Any = record
    for name in names(json_path):
        if found is None:
            return True, None
        if not isinstance(found, Mapping) or name not in found:
            return False, None
        found = found[name]
    return True, found


def nest(changes: Iterable[Change]) -> dict[str, Any]:
    """Give the changes as one object, which is a merge patch (RFC 7396)."""
    patch: dict[str, Any] = {}
    for change in changes:
        *parents, last = names(change.json_path)
        inner = patch
        for name in parents:
            inner = inner.setdefault(name, {})
        inner[last] = change.after
    return patch


def replace(record: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """Give a copy of the record with the changed members replaced, the rest as is."""
    copy = dict(record)
    for change in changes:
        *parents, last = names(change.json_path)
        inner = copy
        for name in parents:
            inner[name] = dict(inner.get(name) or {})
            inner = inner[name]
        inner[last] = change.after
    return copy


def pointer(json_path: str) -> str:
    """Give the JSON Pointer (RFC 6901) of a path: `/MailAddress/City`."""
    return pointer_to(names(json_path))


def pointer_to(steps: Sequence[str]) -> str:
    """Give the JSON Pointer that goes through these members."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in steps)


@lru_cache(maxsize=4096)
def names(json_path: str) -> tuple[str, ...]:
    """Give the members that a path goes through; ConfigurationError if it is none."""
    if not _PATH.fullmatch(json_path):
        raise ConfigurationError(
            f"json_path {json_path!r} cannot be followed. Write the names of the "
            "members, `$.name` or `$.address.city`; lists cannot be reached into."
        )
    return tuple(plain or quoted for plain, quoted in _STEP.findall(json_path))


def moved(record: Mapping[str, Any], changes: Iterable[Change]) -> list[str]:
    """Give the paths of the changes whose member is no longer what the merge saw."""
    return [change.json_path for change in changes if not as_before(record, change)]


def as_before(record: Mapping[str, Any], change: Change) -> bool:
    """Say whether a member is what the merge saw; one that is missing can be empty."""
    known, value = get(record, change.json_path)
    if change.before is None:
        return value is None
    return known and equal(value, change.before)


def equal(one: Any, other: Any) -> bool:
    """Compare JSON values: 25 equals 25.0, but true is not 1.

    Texts are compared as they are kept (see `connections.http.exact_json.written`).
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(
            equal(one[name], other[name]) for name in one
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    if _is_number(one) and _is_number(other):
        return bool(one == other)
    if isinstance(one, str) and isinstance(other, str):
        return whole_pairs(one) == whole_pairs(other)
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
