"""The records of Tidsbanken, as its API reads them, without what it sets itself."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from simulators.kit.exact_json import Record
from simulators.world.customers import Customer
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.people import Person
from simulators.world.projects import Project
from simulators.world.spelling import (
    messy_email,
    messy_phone,
    spaced_organization_number,
)

EXAMPLE = Example("ansatt", "Mobil", "+4790112233")

OSLO = ZoneInfo("Europe/Oslo")
_DEPARTMENTS = (
    "Montasje",
    "Service",
    "Lager",
    "Økonomi",
    "Salg",
    "Prosjektering",
    "Verksted",
    "Administrasjon",
)


def fill(ground: Ground, facts: Facts) -> None:
    """Put departments, employees, customers and projects into Tidsbanken."""
    random = facts.random("tidsbanken")
    departments, employees = facts.departments, facts.employees
    ground.add("avdeling", avdeling_records(departments, employees, random))
    ground.add("ansatt", ansatt_records(employees, departments, random))
    ground.add("kunde", kunde_records(facts.customers, random))
    ground.add("prosjekt", prosjekt_records(facts.projects))


def avdeling_records(
    ids: Sequence[str], employees: Sequence[Person], random: Random
) -> Iterator[Record]:
    """Give the departments; the last one is not in use any more."""
    for place, department in enumerate(ids):
        name = _DEPARTMENTS[place % len(_DEPARTMENTS)]
        branch = place // len(_DEPARTMENTS)
        yield {
            "Id": department,
            "Navn": f"{name} {branch + 1}" if branch else name,
            "Synlig": department != ids[-1],
            "Avdelingsleder": random.choice(employees).number if place % 3 else None,
        }


def ansatt_records(
    employees: Sequence[Person], departments: Sequence[str], random: Random
) -> Iterator[Record]:
    """Give the employees; about one in twenty has left."""
    for person in employees:
        has_left = random.random() < 0.05
        left = person.hired + timedelta(days=random.randrange(30, 400))
        mobile, email = person.mobile, person.email
        no_id = "hidden" if person.match == "hidden" else ""
        yield {
            "Id": person.number,
            "Fornavn": person.given,
            "Etternavn": person.family,
            "Adresse": "",
            "Postnummer": "",
            "Poststed": "",
            "TlfPrivat": "",
            "Mobil": messy_phone(mobile, random) if mobile else "",
            "Epost": messy_email(email, random) if email else "",
            "Fodt": _utc_midnight(person.born),
            "Tittel": person.title,
            "Lonnskonto": "",
            "AnsattDato": _utc_midnight(person.hired),
            "Personnummer": person.national_id or no_id,
            "Sluttet": has_left,
            "SluttetDato": _utc_midnight(left) if has_left else None,
            "AvdelingId": random.choice(departments),
            "Aktiv": not has_left,
            "Identifikator": f"7{person.number}",
            "AntallFerieDager": Decimal("25.0"),
            "AntallHalveFerieDager": Decimal("0.0"),
            "Notat": "",
            "ProsjektId": "0",
            "Stillingsprosent": random.choice((100, 100, 100, 80, 50)),
            "Element1Id": "",
            "Element2Id": "",
            "Kjonn": "",
            "Kommune": 301,
            "MalId": 500_001,
            "Innleie": False,
            "Fastlonn": None,
            "IceNavn": "",
            "IceNr": "",
            "PersonaliaBekreftet": None,
        }


def kunde_records(customers: Sequence[Customer], random: Random) -> Iterator[Record]:
    """Give the customers."""
    for customer in customers:
        number = customer.organization_number
        phone, email = customer.phone, customer.email
        yield {
            "Id": customer.id,
            "Navn": customer.name,
            "Organisasjonsnummer": spaced_organization_number(number, random)
            if number
            else "",
            "Gateadresse": customer.street,
            "Postnr": customer.postcode,
            "Poststed": customer.city,
            "Telefon": messy_phone(phone, random) if phone else "",
            "Epost": messy_email(email, random) if email else "",
            "Kontaktperson": "",
            "EksternId": "",
            "Aktiv": random.random() < 0.95,
        }


def prosjekt_records(projects: Sequence[Project]) -> Iterator[Record]:
    """Give the projects."""
    for project in projects:
        yield {
            "Id": project.id,
            "Navn": project.name,
            "Notat": "",
            "Status": 1,
            "PostType": 0,
            "KundensBestillingsnummer": "",
            "FerdigGrad": 0,
            "InterntProsjekt": not project.customer,
            "AvdelingId": project.department,
            "AnsvarligId": project.responsible,
            "KundeId": project.customer,
            "FakturaKundeId": "",
            "EksternId": "",
            "Element1Id": "",
            "Element2Id": "",
            "AnleggId": None,
            "SelgerId": None,
            "ProsjektGruppeId": None,
            "Kontaktperson": "",
            "Betalingsbetingelser": "",
            "Prosjekttype": "",
            "BestillingsDato": None,
            "Startet": project.starts is not None,
            "StartDato": _in_oslo(project.starts),
            "Ferdig": False,
            "FerdigDato": _in_oslo(project.ends),
            "Avsluttet": False,
            "AvsluttetDato": None,
        }


def _in_oslo(moment: datetime | None) -> str | None:
    """Give Norwegian local time with its offset, as it is read."""
    return moment.replace(tzinfo=OSLO).isoformat() if moment else None


def _utc_midnight(day: date) -> str:
    return datetime.combine(day, time()).isoformat() + "Z"
