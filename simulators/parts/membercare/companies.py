"""What happens to Membercare's companies and persons, whoever changes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulators.kit.checks import a_list, an_object, checked
from simulators.kit.exact_json import Record
from simulators.kit.store import Database
from simulators.parts.membercare.debtors import (
    BY_A_PERSON,
    ORG_NUMBER_NAME,
    PATCH,
    PUT,
    REFUSED_ON_CREATE,
    base_of,
    blank_company,
    blank_person,
    in_read_names,
    in_write_names,
)
from simulators.parts.membercare.values import LocalTime, address, contact, org_number

FIRST_NUMBER, FIRST_PART = 104417, 50001
TABLES = ("companies", "persons")


@dataclass(frozen=True)
class Debtors:
    """The companies and persons. ValueError is a refusal, in words for the caller."""

    database: Database
    now: LocalTime

    def create_company(self, given: Record) -> Record:
        """Store a new company, as POST does."""
        for name in REFUSED_ON_CREATE:
            if name in given:
                raise ValueError(f"{name} cannot be set when a company is created")
        known = checked(PUT, given)
        if not known.get("companyName"):
            raise ValueError("companyName is missing")
        new = {**self._blank("companies", self._new_number()), **in_read_names(known)}
        return self._store_company({}, new)

    def put_company(self, old: Record, given: Record) -> Record:
        """Set every member that PUT has; those left out become null."""
        whole = {**dict.fromkeys(PUT), **checked(PUT, given)}
        return self._store_company(old, {**old, **in_read_names(whole)})

    def patch_company(self, old: Record, given: Record) -> Record:
        """Set the members that are there; null clears."""
        changes = in_read_names(checked(PATCH, given))
        return self._store_company(old, {**old, **changes})

    def insert(self, entity: str, given: Record) -> Record:
        """Store a new company or person with all that belongs to it."""
        number = str(given.get("debtorAccountNumber") or self._new_number())
        if not (number.isascii() and number.isdigit()):
            raise ValueError("debtorAccountNumber must be a number")
        if self._is_taken(number):
            raise ValueError(f"debtorAccountNumber {number} is taken")
        return self.edit(entity, self._blank(entity, number), given)

    def edit(self, entity: str, old: Record, given: Record) -> Record:
        """Change any member, by the name that it is read by, as a person does."""
        changes = in_read_names(checked(BY_A_PERSON, in_write_names(given)))
        changes.update(self._parts(given))
        known = {name: value for name, value in changes.items() if name in old}
        new = {**old, **known}
        if entity == "persons":
            name = given.get("name", old["name"])
            return self._store(entity, old, {**new, "name": name})
        if "name" in given and "companyName" not in given:
            new.update({"companyName": given["name"], "companyName2": None})
        return self._store_company(old, new)

    def add_contacts(self, company: Record, given: object) -> list[Record]:
        """Add contacts; the stamps of those already there move with them."""
        now = self.now()
        added = [contact(each, self._new_part, now) for each in a_list(given)]
        there = [{**each, "lastChange": now} for each in company["contacts"]]
        self._store_company(company, {**company, "contacts": there + added})
        return added

    def add_addresses(self, company: Record, given: object) -> list[Record]:
        """Add addresses."""
        now = self.now()
        added = [address(each, self._new_part, now) for each in a_list(given)]
        whole = company["addresses"] + added
        self._store_company(company, {**company, "addresses": whole})
        return added

    def set_org_number(self, company: Record, given: object, *, again: bool) -> None:
        """Set the Norwegian organisation number; one that is there only `again`."""
        there = (company["businessNumbers"] or {}).get(ORG_NUMBER_NAME)
        if there is not None and not again:
            raise ValueError("the company has a Norwegian company number already")
        numbers = {ORG_NUMBER_NAME: org_number(given, self._new_part)}
        self._store_company(company, {**company, "businessNumbers": numbers})

    def link(self, company: Record, foreign_system: int, external_id: str) -> None:
        """Link a company to an id in another system, in the place of an earlier one."""
        if not external_id or len(external_id) > 50:
            raise ValueError("externalId must have 1 to 50 characters")
        mappings = [
            each
            for each in company["foreignSystemMappings"]
            if each["foreignSystem"]["id"] != foreign_system
        ]
        name = f"System {foreign_system}"
        mapping = {
            "id": self._new_part(),
            "externalId": external_id,
            "foreignSystem": {"id": foreign_system, "name": name},
        }
        new = {**company, "foreignSystemMappings": [*mappings, mapping]}
        self._store_company(company, new)

    def _parts(self, given: Mapping[str, object]) -> Record:
        """Give what a person entered beside the base record, with ids and stamps."""
        now = self.now()
        parts: Record = {}
        for name, make in (("contacts", contact), ("addresses", address)):
            if name in given:
                entered = a_list(given[name])
                parts[name] = [make(each, self._new_part, now) for each in entered]
        if "foreignSystemMappings" in given:
            parts["foreignSystemMappings"] = a_list(given["foreignSystemMappings"])
        if "businessNumbers" in given:
            number = an_object(given["businessNumbers"] or {}).get(ORG_NUMBER_NAME)
            kept = None if number is None else org_number(number, self._new_part)
            parts["businessNumbers"] = {ORG_NUMBER_NAME: kept}
        return parts

    def _store_company(self, old: Record, new: Record) -> Record:
        """Keep a company, with the name that follows from its two names."""
        names = [new["companyName"], new["companyName2"]]
        name = " ".join(name for name in names if name) or None
        return self._store("companies", old, {**new, "name": name})

    def _store(self, entity: str, old: Record, new: Record) -> Record:
        """Keep a record; its stamp moves only when its base did."""
        is_new = old.get("lastChange") is None
        if is_new or base_of(old) != base_of(new):
            new = {**new, "lastChange": self.now()}
        self.database[entity].put(new["debtorAccountNumber"], new)
        return new

    def _blank(self, entity: str, number: str) -> Record:
        if entity == "persons":
            return blank_person(number)
        return blank_company(number, self.database.next_number("company"))

    def _new_number(self) -> str:
        while True:
            number = str(self.database.next_number("debtor", FIRST_NUMBER))
            if not self._is_taken(number):
                return number

    def _is_taken(self, number: str) -> bool:
        return any(self.database[table].get(number) for table in TABLES)

    def _new_part(self) -> int:
        return self.database.next_number("part", FIRST_PART)
