"""How it all ended: what systems and ledger hold, apart from ids and times.

Two runs give a new record different ids, so it goes by the source record that it is
linked with. Whatever can't be named that way is a record too many, and shows.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import duckdb

from lenke.home.places import Home
from simulators.kit.core import Simulator

Row = tuple[Any, ...]

# Entities in which a simulator keeps what is no record of people.
_OWN = {"refresh_tokens", "consents", "idempotency_keys"}

# Ids, numbers that systems give, and times; versions count how often, not what.
_PASSING = {
    "id",
    "version",
    "createdat",
    "updatedat",
    "modifiedat",
    "lastchange",
    "customernumber",
    "postid",
    "sistendretdato",
    "sistendretavid",
    "opprettetdato",
    "contactcreateddatetimeoffset",
    "employeecreateddatetimeoffset",
    "customercreateddatetimeoffset",
    "createddatetimeoffset",
    "lastchangeddatetimeoffset",
}
_GIVEN_NUMBERS = {("customwebshop", "order"): "number"}

_LINKS = "select flow, source_key, target_key from ledger.links where ended_at is null"

_LEDGER = {
    "links": "select flow, source_key, target_key, ended_because from ledger.links",
    "agreed values": (
        "select source_key, property, agreed_value, won_by, rule "
        "from ledger.agreed_values"
    ),
    "value history": (
        "select source_key, property, previous_value, agreed_value, rule "
        "from ledger.value_history"
    ),
    "observations": (
        "select record_key, property, observed, delivered, is_delivered "
        "from ledger.observations"
    ),
    "conflicts": (
        "select source_key, property, winning_system, winning_value, losing_key, "
        "losing_value, rule, status from ledger.conflicts"
    ),
    "settled flows": "select flow from ledger.settled_flows",
    "first runs": "select flow, write_key from ledger.first_run_writes",
    "listed entities": "select distinct system_name, entity from ledger.listings",
    "waiting": "select record_key from ledger.record_states where waits",
}

_INSPECTION = {
    "findings": "select kind, record_key, property from inspection.findings",
    "plan": "select flow, operation, system, entity from inspection.plan",
    "coverage": "select * from inspection.coverage",
    "published": "select table_name, column_count from duckdb_tables()",
}

_MUST_BE_EMPTY = {
    "open write": """
        select write_id, system_name, entity, source_key from ledger.writes as intents
        where event = 'intent' and not exists (
            select 1 from ledger.writes as receipts
            where receipts.write_id = intents.write_id and receipts.event = 'receipt'
                and receipts.status not in ('unknown', 'held')
        )
    """,
    "created twice": """
        select flow, source_key from ledger.writes
        where event = 'receipt' and status = 'done' and operation = 'create'
        group by flow, source_key having count(*) > 1
    """,
    "receipt not folded": """
        select write_id from ledger.writes
        where event = 'receipt' and status = 'done'
            and write_id not in (select write_id from ledger.folded_writes)
    """,
    "linked twice": """
        select flow, source_key from ledger.links where ended_at is null
        group by flow, source_key having count(*) > 1
    """,
    "target linked twice": """
        select target_key from ledger.links where ended_at is null
        group by target_key having count(*) > 1
    """,
}


class End:
    """What there is at an end; `differences` compares it with another."""

    def __init__(self, systems: Mapping[str, Simulator], home: Home) -> None:
        """Look at systems and home; no run is active."""
        self.wrong: list[str] = []
        self._rows: dict[str, Counter[str]] = {}
        with duckdb.connect() as connection:
            connection.execute(f"attach '{home.ledger}' as remembered (read_only)")
            connection.execute("use remembered")
            links = connection.execute(_LINKS).fetchall()
            self._names = {target: f"<{flow} {key}>" for flow, key, target in links}
            for what, sql in _MUST_BE_EMPTY.items():
                for row in connection.execute(sql).fetchall():
                    self.wrong.append(f"{what}: {row}")
            for what, sql in _LEDGER.items():
                rows = connection.execute(sql).fetchall()
                self._rows[what] = Counter(self._named(row) for row in rows)
        with duckdb.connect(str(home.inspection), read_only=True) as connection:
            for what, sql in _INSPECTION.items():
                rows = connection.execute(sql).fetchall()
                self._rows[what] = Counter(self._named(row) for row in rows)
        self._rows["files"] = Counter(
            path.name for path in home.folder.iterdir() if path.name != "logs"
        )
        for name, system in systems.items():
            for (entity,) in system.database.fetch("select name from layouts", ()):
                if entity not in _OWN:
                    self._rows[f"{name} {entity}"] = Counter(
                        self._record(name, entity, record)
                        for record in system.records(entity)
                    )

    def differences(self, other: "End") -> list[str]:
        """Say what is not as in the other, and what is wrong by itself."""
        found = list(self.wrong)
        for what in self._rows:
            ours, theirs = self._rows[what], other._rows[what]
            found += [f"{what}, too many: {row}" for row in (ours - theirs).elements()]
            found += [f"{what}, missing: {row}" for row in (theirs - ours).elements()]
        return found

    def _named(self, row: Row) -> str:
        key = next((str(v) for v in row if str(v).count(":") >= 2), "")
        return repr(tuple(self._value(key, value) for value in row))

    def _value(self, key: str, value: Any) -> Any:
        """Name a linked record: by its key, or by its id in a member that refers."""
        if value in self._names:
            return self._names[value]
        text = str(value).strip('"')
        system = key.split(":")[0]
        for entity in ("contacts", "customer"):
            if name := self._names.get(f"{system}:{entity}:{text}"):
                return name
        return value

    def _record(self, system: str, entity: str, record: Mapping[str, Any]) -> str:
        own = str(record.get("id") or record.get("Id"))
        key = f"{system}:{entity}:{own}"
        given = _GIVEN_NUMBERS.get((system, entity))
        kept = {
            name: self._value(key, value) if name.endswith("Id") else value
            for name, value in record.items()
            if name.lower() not in _PASSING and name != given
        }
        name = self._names.get(key, "not linked")
        return f"{name} {json.dumps(kept, ensure_ascii=False, default=str)}"
