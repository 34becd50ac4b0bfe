"""What happens to a record of Membercare, whoever changes it.

Through the API an organization can be made and changed, and an invoice can get another
status; companies are in `companies`. People may do everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from simulators.kit.checks import (
    Check,
    a_list,
    an_object,
    boolean,
    checked,
    integer,
    number,
    text,
)
from simulators.kit.exact_json import Record
from simulators.kit.http import Refused, json_response
from simulators.kit.store import Database, Entity
from simulators.parts.membercare.companies import Debtors
from simulators.parts.membercare.invoices import STATUS, blank_invoice, settled_invoice
from simulators.parts.membercare.requests import refused, refusing
from simulators.parts.membercare.values import (
    LocalTime,
    address,
    category,
    contact,
    local_time,
)

NOUNS = {
    "companies": "company",
    "persons": "person",
    "organizations": "organization",
    "invoices": "invoice",
    "products": "product",
}
FIRST_PART = 50001
FIRST_IDS = {"invoices": 700512, "products": 31}

ORGANIZATION_PATCH: Mapping[str, Check] = {
    "name": text(100),
    "name2": text(),
    "membershipAllowed": boolean,
    "boardMemberAllowed": boolean,
    "webEnabled": boolean,
    "organizationCategory": category,
}
ORGANIZATION_POST: Mapping[str, Check] = {
    "identificationNumber": text(20),
    **ORGANIZATION_PATCH,
    "contacts": a_list,
    "addresses": a_list,
}
_ORGANIZATION_BY_A_PERSON: Mapping[str, Check] = {
    **ORGANIZATION_POST,
    "companyLink": text(),
    "startDate": local_time,
    "endDate": local_time,
}
_PRODUCT: Mapping[str, Check] = {
    "name": text(),
    "vatPercent": number,
    "notOnInvoiceIfZero": boolean,
    "context": integer,
    "valid": boolean,
    "productGroup": an_object,
}
_NEW_ORGANIZATION: Record = {
    "identificationNumber": None,
    "name": None,
    "name2": None,
    "membershipAllowed": True,
    "boardMemberAllowed": True,
    "webEnabled": False,
    "organizationCategory": None,
    "contacts": [],
    "addresses": [],
}
_NEW_PRODUCT: Record = {
    "name": None,
    "vatPercent": 0,
    "notOnInvoiceIfZero": False,
    "context": 0,
    "valid": True,
    "productGroup": None,
}
ORGANIZATIONS = Entity(
    "organizations",
    {"number": lambda record: int(record["id"]), "ended": lambda one: one["endDate"]},
    ("number",),
)
PRODUCTS = Entity("products", {"number": lambda record: int(record["id"])}, ("number",))


@dataclass(frozen=True)
class MembercareRecords:
    """The records, changed by the system's rules."""

    database: Database
    now: LocalTime
    debtors: Debtors

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record and give it as stored."""
        with refusing():
            if entity in ("companies", "persons"):
                return self.debtors.insert(entity, record)
            if entity == "organizations":
                return self._new_organization(record, _ORGANIZATION_BY_A_PERSON)
            own_id = self._own_id(entity, record.get("id"))
            if entity == "invoices":
                blank = blank_invoice(own_id)
                return self._kept(entity, settled_invoice(self.database, blank, record))
            blank = {**_NEW_PRODUCT, "url": f"/api/v1/products/{own_id}"}
            return self._kept(
                entity, {"id": own_id, **blank, **checked(_PRODUCT, record)}
            )

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change the given members, by the names that they are read by."""
        old = self.existing(entity, key)
        with refusing():
            if entity in ("companies", "persons"):
                return self.debtors.edit(entity, old, changes)
            if entity == "organizations":
                known = checked(_ORGANIZATION_BY_A_PERSON, changes)
                if known.pop("identificationNumber", key) != key:
                    raise ValueError("identificationNumber cannot be changed")
                return self._settled(old, self._with_parts(known))
            if entity == "invoices":
                return self._kept(entity, settled_invoice(self.database, old, changes))
            return self._kept(entity, {**old, **checked(_PRODUCT, changes)})

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Close a company or person, end an organization, retire a product.

        With `hard` any record is gone for good; an invoice goes in no other way.
        """
        old = self.existing(entity, key)
        if hard:
            self.database[entity].remove(key)
            return
        now = self.now()
        ended: Mapping[str, Record] = {
            "companies": {"closeDate": now},
            "persons": {"closeDate": now},
            "organizations": {"endDate": now},
            "products": {"valid": False},
        }
        if entity not in ended:
            raise refused(400, f"{NOUNS[entity]} {old['id']} cannot be deleted")
        self.edit(entity, key, ended[entity])

    def existing(self, entity: str, key: str) -> Record:
        """Give a record; refuses a key that is not there, in the entity's own form."""
        found = self.database[entity].get(key)
        if found is not None:
            return found
        if entity in ("invoices", "products"):
            body = {
                "type": "https://tools.ietf.org/html/rfc7231#section-6.5.4",
                "title": "Not Found",
                "status": 404,
                "detail": f"No such {NOUNS[entity]}",
            }
            problem = "application/problem+json; charset=utf-8"
            raise Refused(json_response(body, 404, content_type=problem))
        raise refused(404, f"No such {NOUNS[entity]}")

    def create_organization(self, given: Record) -> Record:
        """Store a new organization, as POST does."""
        with refusing():
            return self._new_organization(given, ORGANIZATION_POST)

    def patch_organization(self, key: str, given: Record) -> Record:
        """Change an organization; its contacts and addresses cannot be."""
        old = self.existing("organizations", key)
        with refusing():
            return self._settled(old, checked(ORGANIZATION_PATCH, given))

    def set_status(self, key: str, given: Record) -> Record:
        """Change the status of an invoice, whatever else is sent with it."""
        old = self.existing("invoices", key)
        with refusing():
            status = checked(STATUS, given)
            if status.get("financeStatus") is None:
                raise ValueError("financeStatus is missing")
            return self._kept("invoices", {**old, **status})

    def _new_organization(self, given: Record, checks: Mapping[str, Check]) -> Record:
        known = checked(checks, given)
        key = known.get("identificationNumber")
        if not key:
            raise ValueError("identificationNumber is missing")
        if self.database["organizations"].get(key) is not None:
            raise ValueError(f"identificationNumber {key} is taken")
        fresh = {
            **_NEW_ORGANIZATION,
            "id": self.database.next_number("organization"),
            "fullName": None,
            "companyLink": None,
            "startDate": self.now(),
            "endDate": None,
            "url": f"/api/v1/organizations/{key}",
        }
        return self._settled(fresh, self._with_parts(known))

    def _with_parts(self, known: Record) -> Record:
        """Give the contacts and addresses among the members their ids and stamps."""
        parts = {}
        for name, make in (("contacts", contact), ("addresses", address)):
            if name in known:
                entered = known[name] or []
                parts[name] = [make(one, self._new_part, self.now()) for one in entered]
        return {**known, **parts}

    def _settled(self, old: Record, changes: Record) -> Record:
        """Keep an organization, with the full name that follows from its names."""
        new = {**old, **changes}
        if not new["name"]:
            raise ValueError("name is missing")
        new["fullName"] = " ".join(filter(None, (new["name"], new["name2"])))
        self.database["organizations"].put(new["identificationNumber"], new)
        return new

    def _kept(self, entity: str, record: Record) -> Record:
        self.database[entity].put(str(record["id"]), record)
        return record

    def _own_id(self, entity: str, given: object) -> int:
        """Give the id of a new record: the given one, or the next that is free."""
        table = self.database[entity]
        if given is None:
            while table.get(str(own_id := self._numbered(entity))) is not None:
                pass
            return own_id
        own_id = integer(given)
        if table.get(str(own_id)) is not None:
            raise ValueError(f"id {own_id} is taken")
        return own_id

    def _numbered(self, entity: str) -> int:
        return self.database.next_number(entity, FIRST_IDS[entity])

    def _new_part(self) -> int:
        return self.database.next_number("part", FIRST_PART)
