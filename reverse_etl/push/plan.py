"""The plan that a build made: the writes of `outbound.outbound_requests`, as they are.

It is read piece by piece, so that memory does not grow with the number of writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from connections.http.exact_json import parsed
from reverse_etl.wire.system import Change

_BATCH = 512

_COLUMNS = (
    "write_key, flow_level, flow, operation, system_name, entity, record_id, "
    "source_key, record_version, change_stamp, payload_hash, seen, changes"
)


@dataclass(frozen=True)
class PlannedChange:
    """One member to write, as decided.

    `property` is the star's name for it and `name` the system's own; `after` is spelt
    as the system spells it, and `delivered` is the same in our spelling. A reference
    has no `after` yet: `reference_key` is to be translated through the links of
    `reference_flow`. `unit` is the fingerprint of the values that can be left out
    together when they are refused; None: the rest can't go without it. `was_accepted`:
    the record has had this value before.
    """

    property: str
    name: str
    json_path: str
    before: Any
    before_known: bool
    after: Any
    delivered: str | None
    reference_flow: str | None = None
    reference_key: str | None = None
    wire_type: str = "string"
    required: bool = False
    unit: str | None = None
    was_accepted: bool = False

    def to_send(self) -> Change:
        """Give the part that the system needs to know."""
        return Change(self.json_path, self.before, self.before_known, self.after)


@dataclass(frozen=True)
class Request:
    """One write that was decided: `record_id` is None for a create.

    `seen` maps the JSON paths of all mapped members to what the merge saw, and
    `change_stamp` (naive UTC) is the newest stamp that is known of the record.
    """

    write_key: str
    flow_level: int
    flow: str
    operation: str
    system_name: str
    entity: str
    record_id: str | None
    source_key: str
    record_version: str | None
    change_stamp: datetime | None
    payload_hash: str | None
    seen: dict[str, Any]
    changes: tuple[PlannedChange, ...]


class Plan:
    """The writes of one build, in a warehouse that nobody writes meanwhile."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection) -> None:
        self._warehouse = warehouse

    def sizes(self) -> dict[str, int]:
        """Give the number of writes per system."""
        rows = self._warehouse.execute(
            "select system_name, count(*) from outbound.outbound_requests "
            "group by system_name order by system_name"
        ).fetchall()
        return dict(rows)

    def levels(self, system_name: str) -> list[int]:
        """Give the levels of a system's writes, referred records first."""
        rows = (
            self._warehouse.cursor()
            .execute(
                "select distinct flow_level from outbound.outbound_requests "
                "where system_name = ? order by flow_level",
                [system_name],
            )
            .fetchall()
        )
        return [row[0] for row in rows]

    def batches(self, system_name: str, flow_level: int) -> Iterator[list[Request]]:
        """Give a level's writes, some hundred at a time, always in the same order."""
        cursor = self._warehouse.cursor().execute(
            f"select {_COLUMNS} from outbound.outbound_requests "  # noqa: S608 - names
            "where system_name = ? and flow_level = ? order by write_key",
            [system_name, flow_level],
        )
        while rows := cursor.fetchmany(_BATCH):
            yield [_request(row) for row in rows]


def planned_changes(text: str) -> tuple[PlannedChange, ...]:
    """Read changes from their JSON: members that a change does not know are left."""
    return tuple(
        PlannedChange(
            property=change["property"],
            name=change["name"],
            json_path=change["json_path"],
            before=change["before"],
            before_known=change["before_known"],
            after=change["after"],
            delivered=change["delivered"],
            reference_flow=change.get("reference_flow"),
            reference_key=change.get("reference_key"),
            wire_type=change.get("wire_type", "string"),
            required=change.get("required", False),
            unit=change.get("unit"),
            was_accepted=change.get("was_accepted", False),
        )
        for change in parsed(text)
    )


def _request(row: tuple[Any, ...]) -> Request:
    columns = dict(zip(_COLUMNS.split(", "), row, strict=True))
    seen, changes = columns.pop("seen"), columns.pop("changes")
    return Request(
        **columns,
        seen=parsed(seen) if seen else {},
        changes=planned_changes(changes) if changes else (),
    )
