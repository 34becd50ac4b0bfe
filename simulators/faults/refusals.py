"""Faults of a system that takes no new value of one member, while the rest is fine."""

from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.wrappers import Response

from simulators.faults.fault import Early, Hit, Kind
from simulators.kit.exact_json import dumps, loads
from simulators.kit.http import json_response


def _refusing(words: str) -> Early:
    """Refuse a write that would give the member another value than it has."""

    def early(hit: Hit) -> Response | None:
        member = hit.fault.member
        assert member is not None, "it was checked when the fault was added"
        try:
            sent = loads(hit.request.get_data())
        except ValueError:
            return None
        values = list(_values(sent, member))
        if not values or all(_is_empty(value) for value in values):
            return None
        if all(dumps(value) in _held(hit, member) for value in values):
            return None
        told = words.format(member=member)
        return json_response({"error": "validation", "message": told}, 400)

    return early


def _values(sent: Any, member: str) -> Iterator[Any]:
    """Give what a body says of a member, wherever it stands in it."""
    if isinstance(sent, list):
        for each in sent:
            yield from _values(each, member)
    elif isinstance(sent, dict) and "op" in sent:
        if sent["op"] != "test" and str(sent["path"]).rpartition("/")[2] == member:
            yield sent.get("value")
    elif isinstance(sent, dict):
        for name, value in sent.items():
            if name == member:
                yield value
            else:
                yield from _values(value, member)


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _held(hit: Hit, member: str) -> set[str]:
    """Give what the record holds there now: a whole record is put back with it."""
    target = hit.target
    if target.operation != "update":
        return set()
    keys = [target.record_id] if target.record_id else _keys(hit)
    held = (hit.simulator.get(target.entity, key) for key in keys if key is not None)
    return {
        dumps(value)
        for record in held
        if record is not None
        for value in _values(record, member)
    }


def _keys(hit: Hit) -> list[str]:
    sent = loads(hit.request.get_data())
    rows = sent if isinstance(sent, list) else [sent]
    return [str(row["Id"]) for row in rows if isinstance(row, dict) and "Id" in row]


REFUSALS: Mapping[str, Kind] = {
    "value_refused": Kind(early=_refusing("{member}: is not valid"), needs="member"),
    "value_refused_unnamed": Kind(
        early=_refusing("the request is not valid"), needs="member"
    ),
}
