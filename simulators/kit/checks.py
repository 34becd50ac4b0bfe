"""What a member may hold, for systems that store what they are given, as it is.

A check gives the value back, or raises ValueError with what is wrong with it.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from simulators.kit.exact_json import Record

Check = Callable[[object], object]

LARGEST_INTEGER = 2**63 - 1


def text(longest: int | None = None) -> Check:
    """Take text of at most so many characters."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("must be a string")
        if longest is not None and len(value) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return value

    return check


def boolean(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def integer(value: object) -> int:
    """Take a whole number of 64 bits."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("must be an integer")
    if abs(value) > LARGEST_INTEGER:
        raise ValueError("is too large")
    return value


def number(value: object) -> int | Decimal:
    """Take a number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    if not Decimal(value).is_finite():
        raise ValueError("must be a number")
    return value


def one_of(*allowed: int | str) -> Check:
    """Take one of these."""

    def check(value: object) -> object:
        if isinstance(value, bool) or value not in allowed:
            listed = ", ".join(str(one) for one in allowed)
            raise ValueError(f"must be one of {listed}")
        return value

    return check


def a_list(value: object) -> list[object]:
    """Take an array, whatever is in it."""
    if not isinstance(value, list):
        raise ValueError("must be an array")
    return value


def an_object(value: object) -> Record:
    """Take an object, whatever is in it."""
    if not isinstance(value, dict):
        raise ValueError("must be an object")
    return value


def checked(checks: Mapping[str, Check], given: Mapping[str, object]) -> Record:
    """Give the known members, checked; null is always taken, others are ignored."""
    known = {}
    for name, check in checks.items():
        if name not in given:
            continue
        value = given[name]
        try:
            known[name] = None if value is None else check(value)
        except ValueError as error:
            raise ValueError(f"{name} {error}") from error
    return known
