"""What happens to a record of CRM-Office, whoever changes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulators.kit.exact_json import Record
from simulators.kit.http import Clock, Refused, json_response
from simulators.kit.store import Database
from simulators.parts.crmoffice.values import ACTIVITY, CONTACT, Spell, stamp, stored

SPELLS: Mapping[str, Mapping[str, Spell]] = {
    "contacts": CONTACT,
    "activities": ACTIVITY,
}
REQUIRED = {"contacts": "familyName", "activities": "subject"}
FIRST_IDS = {"contacts": 30001, "activities": 88001}
PLAIN_KEYS = {"users": "userName", "consents": "code"}


@dataclass(frozen=True)
class CrmRecords:
    """The records, changed by the system's rules; `owners` is where ownerId points."""

    database: Database
    clock: Clock
    owners: str

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record and give it as stored."""
        if entity in PLAIN_KEYS:
            return self._keep_plain(entity, record)
        blank = dict.fromkeys(SPELLS[entity])
        number = self.database.next_number(entity, FIRST_IDS[entity])
        now = stamp(self.clock())
        settled = self._settled(entity, record, blank)
        new = {"id": str(number), **settled, "createdAt": now, "modifiedAt": now}
        self.database[entity].put(new["id"], new)
        return new

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change the members sent; the stamp moves even when nothing changes."""
        old = self.existing(entity, key)
        if entity in PLAIN_KEYS:
            return self._keep_plain(entity, {**old, **changes})
        now = max(old["modifiedAt"], stamp(self.clock()))
        new = {**self._settled(entity, changes, old), "modifiedAt": now}
        self.database[entity].put(key, new)
        return new

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Remove a record for good, the only way there is."""
        self.existing(entity, key)
        self.database[entity].remove(key)

    def existing(self, entity: str, key: str) -> Record:
        """Give a record; refuses a key that is not there."""
        found = self.database[entity].get(key)
        if found is None:
            raise refused(404, "not_found", f"{entity} {key}: no such record")
        return found

    def _settled(self, entity: str, given: Record, old: Record) -> Record:
        """Give the record that the changes make of the old one, checked."""
        try:
            changes = stored(SPELLS[entity], given)
        except ValueError as error:
            raise refused(400, "validation", str(error)) from error
        new = {**old, **changes}
        needed = REQUIRED[entity]
        if new[needed] is None:
            raise refused(400, "validation", f"{needed}: must have a value")
        owner = changes.get("ownerId")
        if owner is not None and self.database[self.owners].get(owner) is None:
            kind = self.owners.removesuffix("s")
            raise refused(400, "validation", f"ownerId: no such {kind}")
        starts, ends = new.get("startsAt"), new.get("endsAt")
        if starts is not None and ends is not None and ends < starts:
            raise refused(400, "validation", "endsAt: before startsAt")
        return new

    def _keep_plain(self, entity: str, record: Record) -> Record:
        key = str(record[PLAIN_KEYS[entity]])
        blank = {"displayName": None, "active": True} if entity == "users" else {}
        kept = {PLAIN_KEYS[entity]: key, **blank, **record}
        self.database[entity].put(key, kept)
        return kept


def refused(status: int, error: str, message: str) -> Refused:
    """Give a refusal in the system's own form."""
    return Refused(json_response({"error": error, "message": message}, status))
