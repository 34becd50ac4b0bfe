"""The members of a record: what is stored of each, and what is wrong with it.

Text is trimmed and "" becomes null before anything else is looked at. What a single
member may hold is in `member_kinds`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulators.kit.exact_json import Record


class Invalid(Exception):  # noqa: N818 - an answer of the system, not our failure
    """Members that are not valid: a JSON pointer and a sentence for each."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        """Keep the errors, each `(pointer, detail)`."""
        super().__init__(
            "; ".join(f"{pointer}: {detail}" for pointer, detail in errors)
        )
        self.errors = errors

    def below(self, pointer: str) -> list[tuple[str, str]]:
        """Give the errors with their pointers continued from `pointer`."""
        return [(pointer + inner, detail) for inner, detail in self.errors]


@dataclass(frozen=True)
class Member:
    """One member: `store` gives what is stored of a value, or raises Invalid.

    When it is left out of a new record, that is wrong if it is `required`, else
    `default` is stored; None then leaves it to the system. A read-only member that a
    caller sends is ignored.
    """

    store: Callable[[Any], Any]
    nullable: bool = True
    default: object = None
    read_only: bool = False
    required: bool = False


def stored(members: Mapping[str, Member], value: object) -> Record:
    """Give what is stored of an object: every member, in order.

    Raises Invalid with everything that is wrong with it.
    """
    if not isinstance(value, dict):
        raise Invalid(("", "must be an object"))
    errors = [(f"/{name}", "unknown member") for name in value if name not in members]
    record: Record = {}
    for name, member in members.items():
        try:
            record[name] = _stored_member(member, value, name)
        except Invalid as invalid:
            errors.extend(invalid.below(f"/{name}"))
    if errors:
        raise Invalid(*errors)
    return record


def merged(target: object, patch: object) -> object:
    """Merge a patch into a value by RFC 7396; a cleared member stays, as null."""
    if not isinstance(patch, dict):
        return patch
    base = target if isinstance(target, dict) else {}
    changed = {name: merged(base.get(name), value) for name, value in patch.items()}
    return {**base, **changed}


def _stored_member(member: Member, value: Record, name: str) -> object:
    if name not in value:
        if member.required:
            raise Invalid(("", "must have a value"))
        default = member.default
        return list(default) if isinstance(default, tuple) else default
    given = value[name]
    if isinstance(given, str):
        given = given.strip() or None
    kept = None if given is None else member.store(given)
    if kept is None and not (member.nullable or member.read_only):
        raise Invalid(("", "must have a value"))
    return kept
