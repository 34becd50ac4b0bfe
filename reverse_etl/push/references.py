"""Fill in the ids that references stand for, from the links, this push's included."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ledger.ledger import Ledger
from reverse_etl.push.plan import PlannedChange, Request


@dataclass(frozen=True)
class Resolved:
    """A request with what can be sent of it.

    `changes` are without the references that no link translates yet: they follow in a
    later run. `held_because` says why nothing can be sent; None when it can.
    """

    request: Request
    changes: tuple[PlannedChange, ...]
    held_because: str | None


class References:
    """What references translate to, in one system; used by its lane alone.

    What its threads remember of one level is asked for in the next.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._created: dict[tuple[str, str], str] = {}

    def remember(self, request: Request, record_id: str) -> None:
        """Take note of a record that this push created."""
        self._created[request.flow, request.source_key] = record_id

    def resolve(self, requests: Sequence[Request]) -> list[Resolved]:
        """Fill in the references of several requests, with one query for all."""
        ids = self._ids(requests)
        return [_resolved(request, ids) for request in requests]

    def _ids(self, requests: Sequence[Request]) -> dict[tuple[str, str], str]:
        wanted: set[tuple[str, str]] = {
            (change.reference_flow, change.reference_key)
            for request in requests
            for change in request.changes
            if change.reference_flow and change.reference_key
        }
        if not wanted:
            return {}
        flows, keys = zip(*sorted(wanted), strict=True)
        linked = {
            (flow, source_key): target_key.split(":", 2)[2]
            for flow, source_key, target_key in self._ledger.ask(
                "links_of_sources", flows=list(flows), source_keys=list(keys)
            )
        }
        created = {key: self._created[key] for key in wanted if key in self._created}
        return linked | created


def _resolved(request: Request, ids: dict[tuple[str, str], str]) -> Resolved:
    sendable: list[PlannedChange] = []
    unlinked: list[PlannedChange] = []
    for change in request.changes:
        if change.reference_flow is None or change.reference_key is None:
            sendable.append(change)
            continue
        record_id = ids.get((change.reference_flow, change.reference_key))
        if record_id is None:
            unlinked.append(change)
        else:
            after = _spelt(record_id, change.wire_type)
            sendable.append(replace(change, after=after))
    missing = [change for change in unlinked if change.required or not sendable]
    because = None
    if missing:
        names = ", ".join(f"{each.name} ({each.reference_key})" for each in missing)
        because = f"what it refers to has no link yet: {names}"
    return Resolved(request, tuple(sendable), because)


def _spelt(record_id: str, wire_type: str) -> Any:
    if wire_type in ("integer", "number") and record_id.isdecimal():
        return int(record_id)
    return record_id
