"""What happens to a record of PowerOffice Go, whoever changes it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from simulators.kit.checks import Check, an_object, checked
from simulators.kit.exact_json import Record
from simulators.kit.http import Clock
from simulators.parts.powerofficego.members import (
    CHANGED,
    CREATED,
    DEFAULTS,
    MEMBERS,
    REFERENCE,
    ROLES,
    UNCHECKED,
    key_of,
    required_members,
)
from simulators.parts.powerofficego.problems import refused, refusing
from simulators.parts.powerofficego.replica import Tables
from simulators.parts.powerofficego.times import stamp

FIRST_CONTACT, FIRST_PERSON, FIRST_ADDRESS = 51200731, 7700123, 880001


@dataclass(frozen=True)
class PowerOfficeRecords:
    """The records, changed by the system's rules.

    `series` is, by role, the lowest and the highest Number that may be given.
    """

    tables: Tables
    series: Mapping[str, tuple[int, int]]
    clock: Clock

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record, as a person enters it.

        A `ledger` row is what a contact has in the books: ContactId and Balance. An
        employee or customer with the Id of the other role becomes a role of it.
        """
        if entity == "ledger":
            return self._book(record)
        with refusing():
            return self.create(entity, record, _unchecked(entity), record.get("Id"))

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change the given members; those of an address may be given singly.

        A contact person with another ContactId moves there, and keeps its own Id.
        """
        if entity == "ledger":
            found = self.tables.database["ledger"].get(key)
            return self._book({**(found or {"ContactId": int(key)}), **changes})
        old = self.existing(entity, key)
        address = changes.get("MailAddress")
        if isinstance(address, dict):
            whole = {**(old["MailAddress"] or {}), **address}
            changes = {**changes, "MailAddress": whole}
        with refusing():
            known = checked(_unchecked(entity), changes)
            if entity == "contactperson" and "ContactId" in changes:
                old = {**old, "ContactId": self.owner(str(changes["ContactId"]))}
                self.tables.remove(entity, [key])
            return self.change(entity, old, known, known)

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Delete a record for good, the only way; a contact in use is refused."""
        if entity == "ledger":
            self.tables.database["ledger"].remove(key)
            return
        record = self.existing(entity, key)
        if entity in ROLES:
            if self._booked(record) is not None:
                raise refused(409, f"Contact {key} is in use.")
            if self._other_role(entity, record["Id"]) is not None:
                raise refused(409, f"Contact {key} is active in another role.")
            persons = self.tables.database["contactperson"]
            owned = persons.select("owner = ?", (record["Id"],))
            keys = [key_of("contactperson", person) for person in owned]
            self.tables.remove("contactperson", keys)
        self.tables.remove(entity, [key])

    def create(
        self,
        entity: str,
        given: Record,
        checks: Mapping[str, Check],
        own_id: int | None = None,
    ) -> Record:
        """Store a new record. ValueError is a refusal, in words for the caller."""
        address = given.get("MailAddress")
        for name in ("City", "ZipCode"):
            if address is not None and not an_object(address).get(name):
                raise ValueError(f"MailAddress needs {name}")
        known = checked(checks, given)
        if entity in ROLES and known.get("Number") is None:
            known["Number"] = self._next_number(entity)
        return self.change(entity, self._blank(entity, given, own_id), known, ())

    def change(
        self,
        entity: str,
        old: Record,
        changes: Record,
        written: Collection[str],
    ) -> Record:
        """Keep changes that were checked already, by the rules that span members.

        `written` are the members that were sent: the stamp moves with any of them but
        MailAddress, also when nothing changed. ValueError is a refusal.
        """
        defaults = DEFAULTS[entity]
        new = {**old, **changes}
        new.update({name: one for name, one in defaults.items() if new[name] is None})
        for name in required_members(entity, new):
            if not new[name]:
                raise ValueError(f"{name} is required")
        self._check_unique(entity, new)
        now = stamp(self.clock())
        if "MailAddress" in changes and entity in ROLES and new["MailAddress"]:
            new["MailAddress"] = self._stamped(old, new["MailAddress"], now)
        if set(written) != {"MailAddress"}:
            new[CHANGED] = now
        if entity in ROLES:
            self._archive(entity, old, new, now)
        self.tables.put(entity, new)
        return new

    def existing(self, entity: str, key: str) -> Record:
        """Give a record; refuses a key that is not there."""
        found = self.tables.get(entity, key)
        if found is None:
            raise refused(404, f"There is no {entity} {key}.")
        return found

    def owner(self, contact_id: str) -> int:
        """Give the id of a customer; nobody else can own contact persons here."""
        if self.tables.get("customers", contact_id) is None:
            raise refused(404, f"There is no customer or supplier {contact_id}.")
        return int(contact_id)

    def _blank(self, entity: str, given: Record, own_id: int | None) -> Record:
        """Give a record of which only what the system sets is known."""
        numbered, now = self.tables.database.next_number, stamp(self.clock())
        members: Record = {**dict.fromkeys(MEMBERS[entity]), **DEFAULTS[entity]}
        stamps = {CREATED[entity]: now, CHANGED: now}
        if entity == "contactperson":
            owner = self.owner(str(given.get("ContactId")))
            own_id = own_id or numbered("contact person", FIRST_PERSON)
            if self.tables.get(entity, f"{owner}/{own_id}") is not None:
                raise ValueError(f"Id {own_id} is taken")
            return {"Id": own_id, "ContactId": owner, **members, **stamps}
        own_id = own_id or self._next_contact()
        if self.tables.get(entity, str(own_id)) is not None:
            raise ValueError(f"Id {own_id} is taken")
        role = self._other_role(entity, own_id)
        contact = {
            "SubledgerAccountId": numbered("subledger account", 3_000_001),
            "ContactCreatedDateTimeOffset": now,
        }
        if role is not None:
            members["IsArchived"] = role["IsArchived"]
            contact = {name: role[name] for name in contact}
        active = {"IsActive": True} if entity == "customers" else {}
        return {"Id": own_id, **members, **contact, **active, **stamps}

    def _next_contact(self) -> int:
        """Give an id that no role has, or two contacts would become one."""
        while True:
            own_id = self.tables.database.next_number("contact", FIRST_CONTACT)
            if all(self.tables.get(role, str(own_id)) is None for role in ROLES):
                return own_id

    def _check_unique(self, entity: str, record: Record) -> None:
        unique = [("reference", REFERENCE[entity])]
        if entity in ROLES:
            unique += [("external_number", "ExternalNumber"), ("number", "Number")]
            self._check_number(entity, record["Number"])
        for column, name in unique:
            value = record[name]
            if value is None:
                continue
            where = f"{column} = ? and key <> ?"
            holder = self.tables.database[entity].first(
                where, (value, key_of(entity, record))
            )
            if holder is not None:
                raise ValueError(f"{name} {value} is held by contact {holder['Id']}")

    def _check_number(self, entity: str, number: object) -> None:
        lowest, highest = self.series[entity]
        if not isinstance(number, int) or not lowest <= number <= highest:
            raise ValueError(f"Number must lie between {lowest} and {highest}")

    def _next_number(self, entity: str) -> int:
        lowest, _ = self.series[entity]
        table = self.tables.database[entity]
        while True:
            number = self.tables.database.next_number(f"{entity} number", lowest)
            if not table.count("number = ?", (number,)):
                return number

    def _stamped(self, old: Record, address: Record, now: str) -> Record:
        """Give an address its id and a stamp of its own."""
        before = old["MailAddress"] or {}
        numbered = self.tables.database.next_number
        own_id = before.get("Id") or numbered("address", FIRST_ADDRESS)
        return {**address, "Id": own_id, CHANGED: now}

    def _archive(self, entity: str, old: Record, new: Record, now: str) -> None:
        """Let a contact be archived in both of its roles, or in none."""
        if entity == "customers":
            new["IsActive"] = not new["IsArchived"]
        booked = self._booked(new)
        if new["IsArchived"] and not old["IsArchived"] and booked and booked["Balance"]:
            raise ValueError(f"Contact {new['Id']} has a balance, it stays active")
        role = self._other_role(entity, new["Id"])
        if role is None or role["IsArchived"] == new["IsArchived"]:
            return
        other = {**role, "IsArchived": new["IsArchived"], CHANGED: now}
        if "IsActive" in other:
            other["IsActive"] = not other["IsArchived"]
        self.tables.put(_other(entity), other)

    def _other_role(self, entity: str, contact_id: int) -> Record | None:
        return self.tables.get(_other(entity), str(contact_id))

    def _booked(self, record: Record) -> Record | None:
        return self.tables.database["ledger"].get(str(record["Id"]))

    def _book(self, row: Record) -> Record:
        kept = {"ContactId": row["ContactId"], "Balance": row.get("Balance", 0)}
        self.tables.database["ledger"].put(str(kept["ContactId"]), kept)
        return kept


def _other(entity: str) -> str:
    return {"employees": "customers", "customers": "employees"}[entity]


def _unchecked(entity: str) -> Mapping[str, Check]:
    members = MEMBERS[entity]
    lax = {name: check for name, check in UNCHECKED.items() if name in members}
    return {**members, **lax}
