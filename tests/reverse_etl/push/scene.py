"""A system with one record, and writes that meet a fault."""

from dataclasses import dataclass, replace
from typing import Any

from ledger.ledger import Ledger
from reverse_etl import crmoffice, customwebshop, tidsbanken
from reverse_etl.push.push import push
from reverse_etl.unsettled.settle import settle_open_writes
from reverse_etl.wire.system import System
from simulators.faults.plan import Fault, Faults
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    TO_SHOP,
    Wanted,
    plan_of,
    setting,
)

SYSTEMS: dict[str, System] = {
    "crmoffice": crmoffice,
    "customwebshop": customwebshop,
    "tidsbanken": tidsbanken,
}
CREATES = ("crmoffice", "customwebshop")
# Per system: entity, flow, the member that is written, what else a record needs.
PLACES: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "crmoffice": ("contacts", TO_CONTACTS, "familyName", {"givenName": "Kari"}),
    "customwebshop": ("customer", TO_SHOP, "name", {"phone": "+4790000001"}),
    "tidsbanken": ("kunde", TO_SHOP, "Navn", {"Id": "K7", "Telefon": "90000001"}),
}
# How a write stands in the ledger after the push, by the fault that it meets.
UNCLEAR = (
    "timeout_before",
    "timeout_after",
    "reset_before",
    "reset_after",
    "error_before",
    "error_after",
    "html_before",
    "html_after",
    "unavailable",
    "redirect_elsewhere",
)
WITH_AN_ANSWER_TO_READ = ("truncated_json", "reset_halfway", "slow", "huge")
TURNED_AWAY_FOR_A_WHILE = (
    "too_many_seconds",
    "too_many_date",
    "too_many_silent",
    "too_many_garbage",
    "too_many_negative",
    "unavailable_seconds",
)


@dataclass(frozen=True)
class Scene:
    """A system with one record, a ledger, and what befalls the next writes."""

    system: Meeting
    ledger: Ledger
    faults: Faults

    @property
    def name(self) -> str:
        """The system's name."""
        return self.system.http.system

    def befalls(self, kind: str, operation: str, **more: Any) -> None:
        """Let it happen to writes of the entity."""
        entity = PLACES[self.name][0]
        self.faults.add(Fault(kind, self.name, operation, entity, **more))

    def records(self) -> list[dict[str, Any]]:
        """Give what the system holds."""
        return self.system.simulator.records(PLACES[self.name][0])

    def names(self) -> list[Any]:
        """Give the written member of every record."""
        return [record[PLACES[self.name][2]] for record in self.records()]

    def wanted(self, operation: str, after: str, number: int = 412) -> Wanted:
        """Give a create, or an update of the only record from what stands there now."""
        entity, flow, member, _ = PLACES[self.name]
        source_key = f"tidsbanken:ansatt:{number}"
        create = Wanted(
            self.name, entity, flow, source_key, [setting("name", member, after)]
        )
        if operation == "create":
            return create
        [record] = self.records()
        return replace(
            create,
            changes=[setting("name", member, after, record[member])],
            operation="update",
            record_id=str(record.get("id") or record["Id"]),
            version=str(record.get("version", "")) or None,
        )

    def push(self, wanted: Wanted) -> dict[str, int]:
        """Send a write; give the outcomes that occurred."""
        connections = {self.name: self.system.http}
        result = push(plan_of(wanted), self.ledger, SYSTEMS, connections, run_id="run")
        return {kind: n for kind, n in result.writes[self.name].items() if n}

    def settle(self) -> list[str]:
        """Find out, ten minutes later, what became of the open writes."""
        self.system.clock.advance(600)
        connections = {self.name: self.system.http}
        return [
            each.status
            for each in settle_open_writes(
                self.ledger, SYSTEMS, connections, run_id="next", settle_seconds=60
            )
        ]


# A second one of these makes a second record; whoever turned it away may be wrong.
MADE_TWICE_WHEN_SENT_TWICE = [("crmoffice", "create")]
WRITES = [
    (name, operation)
    for name in SYSTEMS
    for operation in ("create", "update")
    if operation == "update" or name in CREATES
]
