"""Writes to send, and what a push of them gives."""

from typing import Any

from ledger.ledger import Ledger
from reverse_etl import crmoffice, customwebshop, tidsbanken
from reverse_etl.push.push import PushResult, push
from reverse_etl.wire.system import System
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_ACTIVITIES,
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


KUNDE = "tidsbanken:kunde:7"


ANSATT = "tidsbanken:ansatt:412"


PROSJEKT = "tidsbanken:prosjekt:P1"


def pushed(ledger: Ledger, meetings: dict[str, Meeting], *writes: Wanted) -> PushResult:
    connections = {name: meeting.http for name, meeting in meetings.items()}
    return push(plan_of(*writes), ledger, SYSTEMS, connections, run_id="run 1")


def counted(result: PushResult, system_name: str) -> dict[str, int]:
    """Give the outcomes that occurred."""
    return {kind: n for kind, n in result.writes[system_name].items() if n}


def new_customer(number: int = 7, name: str = "Nordlys Prøvebygg") -> Wanted:
    return Wanted(
        "customwebshop",
        "customer",
        TO_SHOP,
        f"tidsbanken:kunde:{number}",
        [
            setting("Navn", "name", name),
            setting("Epost", "email", "Post@nordlys.example"),
        ],
    )


def renamed(meeting: Meeting, entity: str, name: str, after: Any) -> Wanted:
    """Give an update of the only record there, from what stands there now."""
    [record] = meeting.simulator.records(entity)
    flow = TO_SHOP if entity == "customer" else TO_CONTACTS
    return Wanted(
        meeting.http.system,
        entity,
        flow,
        KUNDE if entity == "customer" else ANSATT,
        [setting("Navn", name, after, record[name])],
        record_id=str(record["id"]),
        operation="update",
        version=str(record.get("version", "")) or None,
    )


def new_contact(number: int = 412, family: str = "Prøvesen") -> Wanted:
    return Wanted(
        "crmoffice",
        "contacts",
        TO_CONTACTS,
        f"tidsbanken:ansatt:{number}",
        [setting("Etternavn", "familyName", family)],
    )


def new_activity(*changes: dict[str, Any], level: int = 2) -> Wanted:
    return Wanted(
        "crmoffice",
        "activities",
        TO_ACTIVITIES,
        PROSJEKT,
        [setting("Navn", "subject", "Taklekkasje"), *changes],
        level=level,
    )
