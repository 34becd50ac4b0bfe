"""Plans and ledgers made by hand, as a build would hand them to the push."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from connections.http.exact_json import written
from ledger.ledger import Ledger
from reverse_etl.push.plan import Plan

TO_SHOP = "tidsbanken_kunde__customwebshop_customer"
TO_CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
TO_ACTIVITIES = "tidsbanken_prosjekt__crmoffice_activities"

_CREATE = """
create table outbound.outbound_requests (
    write_key varchar, flow_level integer, flow varchar, operation varchar,
    system_name varchar, entity varchar, record_id varchar, record_key varchar,
    source_key varchar, record_version varchar, change_stamp timestamp,
    payload_hash varchar, reason varchar, seen varchar, changes varchar
)
"""


@dataclass(frozen=True)
class Wanted:
    """A write as a test wants it; what is left out is what most tests want."""

    system_name: str
    entity: str
    flow: str
    source_key: str
    changes: Sequence[dict[str, Any]]
    record_id: str | None = None
    operation: str = "create"
    version: str | None = None
    stamp: datetime | None = None
    level: int = 1
    seen: dict[str, Any] = field(default_factory=dict)


def setting(
    prop: str, name: str, after: Any, *before: Any, path: str | None = None
) -> dict[str, Any]:
    """Give a change of one member; without a `before`, that one is not known."""
    return {
        "property": prop,
        "name": name,
        "json_path": path or f"$.{name}",
        "before": before[0] if before else None,
        "before_known": bool(before),
        "after": after,
        "delivered": None if after is None else str(after),
        "reference_flow": None,
        "reference_key": None,
        "wire_type": "string",
        "required": False,
    }


def referring(
    prop: str, name: str, flow: str, key: str, *, required: bool = False
) -> dict[str, Any]:
    """Give a change of a reference, which the push has to translate."""
    return {
        **setting(prop, name, None),
        "delivered": key,
        "reference_flow": flow,
        "reference_key": key,
        "required": required,
    }


def warehouse_with(*writes: Wanted) -> duckdb.DuckDBPyConnection:
    """Give a warehouse in memory that holds these writes in this order."""
    warehouse = duckdb.connect()
    warehouse.execute("create schema outbound")
    warehouse.execute(_CREATE)
    for number, write in enumerate(writes):
        seen = write.seen or {
            change["json_path"]: change["before"]
            for change in write.changes
            if change["before_known"]
        }
        key = (
            write.record_id and f"{write.system_name}:{write.entity}:{write.record_id}"
        )
        warehouse.execute(
            f"insert into outbound.outbound_requests values ({', '.join('?' * 15)})",
            [
                f"{number:06}",
                write.level,
                write.flow,
                write.operation,
                write.system_name,
                write.entity,
                write.record_id,
                key,
                write.source_key,
                write.version,
                write.stamp,
                f"payload {number}",
                "a test",
                written(seen),
                written(list(write.changes)),
            ],
        )
    return warehouse


def plan_of(*writes: Wanted) -> Plan:
    """Give a plan that holds these writes in this order."""
    return Plan(warehouse_with(*writes))


def events(ledger: Ledger) -> list[tuple[str, str | None]]:
    """Give all intents and receipts: `("intent", None)`, `("receipt", "done")`."""
    rows = ledger.fetch("select event, status from ledger.writes order by rowid")
    return [(row[0], row[1]) for row in rows]


def links(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Give the open links: source key, target key, how they were matched."""
    rows = ledger.fetch(
        "select source_key, target_key, matched_by from ledger.links "
        "where ended_at is null order by source_key"
    )
    return [(row[0], row[1], row[2]) for row in rows]
