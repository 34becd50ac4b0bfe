"""JSON Patch (RFC 6902) on a record whose members are fixed.

Paths are matched without regard to case. What is removed from an object becomes null,
because a record always has all of its members.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from simulators.kit.exact_json import Record

Steps = list[str]


@dataclass
class Patched:
    """A record while it is patched, and the members that were written to."""

    record: Record
    written: set[str] = field(default_factory=set)


def patched(record: Record, patch: object) -> Patched:
    """Apply a whole patch to a copy of a record; raises ValueError when it fails."""
    if not isinstance(patch, list):
        raise ValueError("a patch must be an array of operations")
    result = Patched(copy.deepcopy(record))
    for place, operation in enumerate(patch):
        try:
            _apply(result, operation)
        except ValueError as error:
            raise ValueError(f"operation {place}: {error}") from error
    return result


def _apply(result: Patched, operation: object) -> None:
    if not isinstance(operation, dict):
        raise ValueError("must be an object")
    name = operation.get("op")
    if not isinstance(name, str) or name not in _OPERATIONS:
        raise ValueError("op must be add, replace, remove, test, copy or move")
    _OPERATIONS[name](result, operation)


def _test(result: Patched, operation: Record) -> None:
    steps = _path(operation, "path")
    if not _is_same(_read(result.record, steps), _value(operation)):
        raise ValueError(f"test of {operation['path']} failed")


def _add(result: Patched, operation: Record) -> None:
    _write(result, _path(operation, "path"), _value(operation), insert=True)


def _replace(result: Patched, operation: Record) -> None:
    _write(result, _path(operation, "path"), _value(operation), insert=False)


def _remove(result: Patched, operation: Record) -> None:
    _take(result, _path(operation, "path"))


def _copy(result: Patched, operation: Record) -> None:
    value = copy.deepcopy(_read(result.record, _path(operation, "from")))
    _write(result, _path(operation, "path"), value, insert=True)


def _move(result: Patched, operation: Record) -> None:
    value = _take(result, _path(operation, "from"))
    _write(result, _path(operation, "path"), value, insert=True)


_OPERATIONS: Mapping[str, Callable[[Patched, Record], None]] = {
    "test": _test,
    "add": _add,
    "replace": _replace,
    "remove": _remove,
    "copy": _copy,
    "move": _move,
}


def _path(operation: Record, name: str) -> Steps:
    pointer = operation.get(name)
    if not isinstance(pointer, str) or not pointer.startswith("/"):
        raise ValueError(f"{name} must be a path such as /PhoneNumber")
    steps = pointer[1:].split("/")
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def _value(operation: Record) -> object:
    if "value" not in operation:
        raise ValueError("value is missing")
    return copy.deepcopy(operation["value"])


def _read(record: Record, steps: Steps) -> object:
    value: object = record
    for step in steps:
        value = _child(value, step)
    return value


def _child(parent: object, step: str) -> object:
    if isinstance(parent, dict):
        return parent[_member(parent, step)]
    if isinstance(parent, list):
        return parent[_place(parent, step, len(parent) - 1)]
    raise ValueError(f"there is no {step}")


def _write(result: Patched, steps: Steps, value: object, *, insert: bool) -> None:
    parent = _read(result.record, steps[:-1])
    last = steps[-1]
    if isinstance(parent, dict):
        parent[_member(parent, last)] = value
    elif isinstance(parent, list) and insert:
        end = len(parent)
        parent.insert(end if last == "-" else _place(parent, last, end), value)
    elif isinstance(parent, list):
        parent[_place(parent, last, len(parent) - 1)] = value
    else:
        raise ValueError(f"there is no {last}")
    result.written.add(_member(result.record, steps[0]))


def _take(result: Patched, steps: Steps) -> object:
    """Remove a value and give it."""
    parent = _read(result.record, steps[:-1])
    value = _child(parent, steps[-1])
    if isinstance(parent, list):
        del parent[int(steps[-1])]
    elif isinstance(parent, dict):
        parent[_member(parent, steps[-1])] = None
    result.written.add(_member(result.record, steps[0]))
    return value


def _member(parent: Record, step: str) -> str:
    for name in parent:
        if name.lower() == step.lower():
            return name
    raise ValueError(f"there is no {step}")


def _place(parent: list[object], step: str, last: int) -> int:
    if not (step.isascii() and step.isdigit() and len(step) < 6 and int(step) <= last):
        raise ValueError(f"there is no {step}")
    return int(step)


def _is_same(one: object, other: object) -> bool:
    """Say whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        same_names = one.keys() == other.keys()
        return same_names and all(_is_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_is_same(*pair) for pair in pairs)
    if _is_number(one) and _is_number(other):
        return one == other
    return type(one) is type(other) and one == other


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
