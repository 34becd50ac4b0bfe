"""The members of PowerOffice Go's records, and what each may hold."""

import re
from collections.abc import Mapping

from simulators.kit.checks import (
    Check,
    a_list,
    an_object,
    boolean,
    checked,
    integer,
    one_of,
    text,
)
from simulators.kit.exact_json import Record
from simulators.kit.store import Column, Entity
from simulators.parts.powerofficego.times import plain_date, ticks

MASK = "hidden"
ROLES = ("employees", "customers")  # of a contact, which may have both

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_IDENTITY = re.compile(r"\d{11}", re.ASCII)
PLAIN_DATES = ("DateOfBirth", "StartDate", "EndDate", "HiredDate", "CustomerSince")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


def email(value: object) -> str:
    """Take an e-mail address that has no obvious mistake."""
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        raise ValueError("is not a valid e-mail address")
    return value


def identity_number(value: object) -> str:
    """Take a national identity number, which the mask is not."""
    if not isinstance(value, str) or not _IDENTITY.fullmatch(value):
        raise ValueError("must be 11 digits")
    return value


def _country(value: object) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise ValueError("must be two capital letters")
    return value


def _ids(value: object) -> list[object]:
    return [integer(one) for one in a_list(value)]


_PLAIN_ADDRESS: Mapping[str, Check] = {
    "AddressLine1": text(200),
    "AddressLine2": text(200),
    "ZipCode": text(50),
    "City": text(100),
    "CountryCode": _country,
}
_ADDRESS: Mapping[str, Check] = {**_PLAIN_ADDRESS, "ExternalCode": text(50)}


def _address(checks: Mapping[str, Check]) -> Check:
    def check(value: object) -> Record:
        known = checked(checks, an_object(value))
        return {**dict.fromkeys(checks), **known, "CountryCode": _in_country(known)}

    return check


def _in_country(known: Record) -> str:
    return str(known.get("CountryCode") or "NO")


_CONTACT: Mapping[str, Check] = {
    "FirstName": text(),
    "LastName": text(),
    "EmailAddress": text(),
    "PhoneNumber": text(),
    "DateOfBirth": plain_date,
    "NationalIdNumber": identity_number,
    "Number": integer,
    "ExternalNumber": integer,
    "ExternalImportReference": text(50),
    "ContactGroupIds": _ids,
    "DepartmentId": integer,
    "IsArchived": boolean,
    "MailAddress": _address(_ADDRESS),
}
MEMBERS: Mapping[str, Mapping[str, Check]] = {
    "employees": {
        **_CONTACT,
        "InternationalIdNumber": text(),
        "JobTitle": text(),
        "StartDate": plain_date,
        "EndDate": plain_date,
        "HiredDate": plain_date,
        "Gender": one_of("Male", "Female", "Hidden"),
        "ManagerEmployeeId": integer,
        "DepartmentCode": text(),
    },
    "customers": {
        **_CONTACT,
        "Name": text(),
        "LegalName": text(),
        "IsPerson": boolean,
        "OrganizationNumber": text(),
        "InvoiceEmailAddress": text(),
        "InvoiceDeliveryType": one_of(
            "PdfByEmail",
            "Print",
            "EHF",
            "AvtaleGiro",
            "External",
            "Efaktura",
            "Factoring",
        ),
        "CurrencyCode": text(),
        "PaymentTermId": integer,
        "IsVatFree": boolean,
        "CustomerSince": plain_date,
        "WebsiteUrl": text(),
    },
    "contactperson": {
        "FirstName": text(),
        "LastName": text(),
        "EmailAddress": email,
        "PhoneNumber": text(),
        "Title": text(),
        "ExternalCode": text(50),
        "IsActive": boolean,
        "IsDefault": boolean,
        "MailAddress": _address(_PLAIN_ADDRESS),
        "SocialSecurityNumber": text(11),
    },
}
# A person's record may be older than these checks, so only the API has them.
UNCHECKED: Mapping[str, Check] = {"EmailAddress": text(), "NationalIdNumber": text()}
# What stands where nothing was said.
DEFAULTS: Mapping[str, Record] = {
    "employees": {"IsArchived": False},
    "customers": {"IsArchived": False, "IsPerson": False},
    "contactperson": {"IsActive": True, "IsDefault": False},
}
CREATED = {
    "employees": "EmployeeCreatedDateTimeOffset",
    "customers": "CustomerCreatedDateTimeOffset",
    "contactperson": "CreatedDateTimeOffset",
}
CHANGED = "LastChangedDateTimeOffset"
# The member that is unique within its entity and so makes a POST safe to repeat.
REFERENCE = {
    "employees": "ExternalImportReference",
    "customers": "ExternalImportReference",
    "contactperson": "ExternalCode",
}


def key_of(entity: str, record: Record) -> str:
    """Give the key that a record is kept under."""
    if entity == "contactperson":
        return f"{record['ContactId']}/{record['Id']}"
    return str(record["Id"])


def _columns(entity: str) -> dict[str, Column]:
    owner = "ContactId" if entity == "contactperson" else "Id"
    return {
        "id": lambda record: int(record["Id"]),
        "owner": lambda record: int(record[owner]),
        "changed": lambda record: ticks(record[CHANGED]),
        "created": lambda record: ticks(record[CREATED[entity]]),
        "reference": lambda record: _as_text(record[REFERENCE[entity]]),
        "number": lambda record: record.get("Number"),
        "external_number": lambda record: record.get("ExternalNumber"),
    }


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def entity_named(name: str, entity: str) -> Entity:
    """Give a table called `name` with the columns of an entity."""
    indexes = ("id", "owner", "changed, id", "reference", "number", "external_number")
    return Entity(name, _columns(entity), indexes)


def required_members(entity: str, record: Record) -> tuple[str, ...]:
    """Give the members that a record cannot be without."""
    is_company = entity == "customers" and not record["IsPerson"]
    return ("Name",) if is_company else ("FirstName", "LastName")
