"""Membercare's companies, organizations and products, as its API reads them.

What it sets itself is left out; its invoices are in `world_invoices`.
"""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from simulators.kit.exact_json import Record
from simulators.parts.membercare.world_invoices import (
    credit_note_records,
    invoice_records,
)
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.ids import organization_numbers
from simulators.world.names import Names

EXAMPLE = Example("companies", "name", "Nytt navn AS")

_PRODUCTS = (
    ("Årskontingent", "0.0"),
    ("Kursavgift", "25.0"),
    ("Overnatting", "12.0"),
    ("Kurslunsj", "15.0"),
    ("Medlemsblad", "0.0"),
    ("Konferanse", "25.0"),
    ("Innmelding", "0.0"),
    ("Førstehjelpskurs", "25.0"),
)
_EMAIL, _OTHER_EMAIL, _PHONE, _CELL, _WEB_SITE = 1, 2, 3, 5, 8
_FIRST_NUMBER = 500_000  # organisation numbers far from those of Tidsbanken's customers


def fill(ground: Ground, facts: Facts) -> None:
    """Put companies, organizations, products and invoices into Membercare."""
    names, random, size = (
        facts.names("membercare"),
        facts.random("membercare"),
        facts.size,
    )
    numbers = organization_numbers(_FIRST_NUMBER)
    companies = ground.add(
        "companies", company_records(size.companies, names, numbers, random)
    )
    ground.add("organizations", organization_records(size.organizations, names, random))
    ground.add("products", product_records(size.products, random))
    payers = [company for company in companies if not company["closeDate"]]
    persons = ground.add("persons", person_records(size.companies, names))
    invoices = ground.add(
        "invoices", invoice_records(size.invoices, payers, persons, random)
    )
    ground.add("invoices", credit_note_records(invoices))


def company_records(
    count: int, names: Names, numbers: Iterator[str], random: Random
) -> Iterator[Record]:
    """Give so many companies; the last one has closed."""
    for place in range(count):
        postcode, city = names.place()
        name = names.company(city) if place else "Ærlig Øl & Åker Samvirke 🐝 SA"
        is_closed = place == count - 1
        yield {
            "memberType": 2,
            "name": name,
            "companyName": name,
            "companyName2": None,
            "externalId": None,
            "closeDate": "2024-06-30T00:00:00" if is_closed else None,
            "contacts": _contacts(place, name, names),
            "addresses": [_address(names, postcode, city)] if place % 5 != 4 else [],
            "einvoiceEan": None,
            "einvoiceEmail": None,
            "financeType": 0,
            "dafualtPayerRule": 1,
            "category": {"id": 3, "description": "Bedrift", "valid": True},
            "publicEstablishment": random.random() < 0.1,
            "businessNumbers": {
                "registrationNumberNorwegianCompanyNumber": None
                if place % 6 == 5
                else {"number": next(numbers), "start": None, "end": None}
            },
            "foreignSystemMappings": [],
        }


def person_records(count: int, names: Names) -> Iterator[Record]:
    """Give so many persons, numbered from 2001."""
    for number in range(2001, 2001 + count):
        yield {
            "debtorAccountNumber": f"{number}",
            "name": " ".join(names.person()),
            "memberType": 1,
        }


def organization_records(count: int, names: Names, random: Random) -> Iterator[Record]:
    """Give so many organizations, numbered from 5501; the last one has ended."""
    for place in range(count):
        city = names.place()[1]
        name = f"{random.choice(('Lokallaget', 'Regionen', 'Ungdomslaget'))} {city}"
        yield {
            "identificationNumber": f"{5501 + place}",
            "name": name,
            "name2": None,
            "fullName": name,
            "membershipAllowed": True,
            "boardMemberAllowed": place % 2 == 0,
            "webEnabled": False,
            "organizationCategory": {"id": 4, "description": "Lag", "valid": True},
            "contacts": [],
            "addresses": [],
            "companyLink": None,
            "startDate": "2010-01-01T00:00:00",
            "endDate": "2023-12-31T00:00:00" if place == count - 1 else None,
        }


def product_records(count: int, random: Random) -> Iterator[Record]:
    """Give so many products, in some order; the third is retired."""
    products = random.sample(_PRODUCTS, len(_PRODUCTS))
    for place in range(count):
        name, vat = products[place % len(products)]
        edition = place // len(_PRODUCTS)
        yield {
            "name": f"{name} {edition + 1}" if edition else name,
            "vatPercent": Decimal(vat),
            "notOnInvoiceIfZero": False,
            "context": 1,
            "valid": place != 2,
            "productGroup": {"id": 1, "name": "Medlemskap", "valid": True},
        }


def _contacts(place: int, name: str, names: Names) -> list[Record]:
    """Give a company's contacts: past ones, ones in force and ones still to come."""
    if place % 8 == 7:
        return []
    host = names.email("post", name).partition("@")[2]
    contacts = [
        _contact(_EMAIL, f"post@{host}", "2016-03-01T00:00:00"),
        _contact(_PHONE, f"70 00 {place % 90 + 10} 01", "2016-03-01T00:00:00"),
        _contact(_CELL, f"+47 480 01 {place % 900:03}", None),
        _contact(_WEB_SITE, f"https://{host}/", None),
    ]
    if place % 3 == 1:  # the newer one is in force, the other has ended or not
        ended = "2021-01-01T00:00:00" if place % 2 else None
        contacts[0]["end"] = ended
        contacts.append(_contact(_OTHER_EMAIL, f"ny@{host}", "2021-01-01T00:00:00"))
    if place % 5 == 2:  # two that are not in force: long past, and far ahead
        contacts.append(
            _contact(
                _EMAIL, f"gammel@{host}", "2009-01-01T00:00:00", "2016-03-01T00:00:00"
            )
        )
        contacts.append(_contact(_EMAIL, f"senere@{host}", "2099-01-01T00:00:00"))
    return contacts


def _contact(
    kind: int, value: str, start: str | None, end: str | None = None
) -> Record:
    return {"type": kind, "value": value, "start": start, "end": end}


def _address(names: Names, postcode: str, city: str) -> Record:
    street, _, number = names.street().rpartition(" ")
    return {
        "careOf": None,
        "street": street,
        "number": number,
        "letter": None,
        "postOfficeBox": None,
        "postalCode": {"zipCode": postcode, "city": city},
        "country": {"iso2Letter": "NO", "name": "Norge"},
        "addressType": 1,
        "start": None,
        "end": None,
    }
