"""The members of Membercare's debtors, the records that may pay: read and written.

What is read and what is written differ: a name is derived, and one member is spelt in
two ways.
"""

from collections.abc import Mapping

from simulators.kit.checks import Check, an_object, boolean, one_of, text
from simulators.kit.exact_json import Record
from simulators.kit.store import Column, Entity
from simulators.parts.membercare.values import category, local_time

PERSON, COMPANY, ORGANIZATION = 1, 2, 3  # memberType
ORG_NUMBER_NAME = "registrationNumberNorwegianCompanyNumber"
REFUSED_ON_CREATE = (
    "debtorAccountNumber",
    "name",
    "nameHistory",
    "businessNumbers",
    "addresses",
    "invoiceAddresses",
    "readdressings",
    "contacts",
)
# What does not move lastChange: it belongs to the company, but not to its base record.
BESIDE_THE_BASE = ("contacts", "addresses", "businessNumbers", "foreignSystemMappings")

_BOTH: Mapping[str, Check] = {
    "companyName": text(100),
    "companyName2": text(100),
    "externalId": text(50),
    "einvoiceEan": text(),
    "einvoiceEmail": text(),
    "financeType": one_of(0, 1, 2, 3),
    "defaultPayerRule": one_of(1, 2, 3),
}
PUT: Mapping[str, Check] = {
    **_BOTH,
    "category": category,
    "publicEstablishment": boolean,
}
PATCH: Mapping[str, Check] = {
    **_BOTH,
    "closeDate": local_time,
    "closeReason": an_object,
    "startDate": local_time,
    "endDate": local_time,
}
BY_A_PERSON: Mapping[str, Check] = {**PUT, "closeDate": local_time}

_NEVER_READ = ("closeReason", "startDate", "endDate")
_READ_NAMES = {"defaultPayerRule": "dafualtPayerRule"}  # the vendor's spelling
_WRITE_NAMES = {there: here for here, there in _READ_NAMES.items()}

DEBTOR: Record = {
    "debtorAccountNumber": None,
    "name": None,
    "memberType": None,
    "externalId": None,
    "closeDate": None,
    "lastChange": None,
    "contacts": [],
    "addresses": [],
    "einvoiceEan": None,
    "einvoiceEmail": None,
    "financeType": 0,
    "dafualtPayerRule": 1,
    "url": None,
}

_COLUMNS: Mapping[str, Column] = {
    "number": lambda record: int(record["debtorAccountNumber"]),
    "closed": lambda record: _text_or_none(record["closeDate"]),
    "changed": lambda record: str(record["lastChange"]),
    "searched": lambda record: (record["name"] or "").casefold(),
}
COMPANIES = Entity("companies", _COLUMNS, ("number", "changed, number"))
PERSONS = Entity("persons", _COLUMNS, ("number", "changed, number"))


def blank_person(number: str) -> Record:
    """Give a person about whom nothing is known but the number."""
    return {
        **DEBTOR,
        "debtorAccountNumber": number,
        "memberType": PERSON,
        "url": f"/api/v1/persons/{number}",
    }


def blank_company(number: str, own_id: int) -> Record:
    """Give a company about which nothing is known but its number and its id."""
    return {
        "id": own_id,
        **DEBTOR,
        "debtorAccountNumber": number,
        "memberType": COMPANY,
        "url": f"/api/v1/companies/{number}",
        "companyName": None,
        "companyName2": None,
        "category": None,
        "publicEstablishment": False,
        "businessNumbers": {ORG_NUMBER_NAME: None},
        "foreignSystemMappings": [],
    }


def as_debtor(record: Record) -> Record:
    """Give a company or person as lists of debtors show it: without what is beside."""
    shown = {name: record[name] for name in DEBTOR}
    return {**shown, "contacts": [], "addresses": []}


def in_read_names(written: Record) -> Record:
    """Give what was written under the names that it is read by."""
    return {
        _READ_NAMES.get(name, name): value
        for name, value in written.items()
        if name not in _NEVER_READ
    }


def in_write_names(read: Record) -> Record:
    """Give what was read under the names that it is written by."""
    return {_WRITE_NAMES.get(name, name): value for name, value in read.items()}


def base_of(record: Record) -> Record:
    """Give what moves lastChange when it changes."""
    beside = (*BESIDE_THE_BASE, "lastChange")
    return {name: value for name, value in record.items() if name not in beside}


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
