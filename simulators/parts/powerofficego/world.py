"""The records of PowerOffice Go, as its API reads them, without what it sets itself.

Some are of the people and customers that Tidsbanken has; which, and by what they are
found, says `match` of the fact. Others belong to nobody there.
"""

from collections.abc import Iterator, Sequence
from random import Random

from simulators.kit.exact_json import Record
from simulators.world.customers import Customer
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.ids import NationalIds
from simulators.world.names import Names
from simulators.world.people import Person
from simulators.world.spelling import capital_email, messy_email, messy_phone

EXAMPLE = Example("employees", "PhoneNumber", "+4790112233")

_STRANGERS = 5
_FIRST_STRANGER = 900_001  # no Ansatt gets that far


def fill(ground: Ground, facts: Facts) -> None:
    """Put employees, customers and their contact persons into PowerOffice Go."""
    names, random = facts.names("powerofficego"), facts.random("powerofficego")
    ground.add("employees", employee_records(facts.employees, names, random))
    customers = ground.add(
        "customers", customer_records(facts.customers, names, random)
    )
    owners = [customer["Id"] for customer in customers]
    ground.add(
        "contactperson", contact_person_records(facts.employees, owners, names, random)
    )


def employee_records(
    employees: Sequence[Person], names: Names, random: Random
) -> Iterator[Record]:
    """Give the employees: most of Tidsbanken's, by its numbers, and some others."""
    for person in employees:
        if person.is_in_poweroffice:
            yield {
                **_person(person, random),
                "Number": person.number,
                "DateOfBirth": person.born.isoformat(),
                "NationalIdNumber": person.national_id or None,
                "JobTitle": person.title,
                "HiredDate": person.hired.isoformat(),
            }
    for number in range(_FIRST_STRANGER, _FIRST_STRANGER + _STRANGERS):
        given, family = names.person()
        email = names.email(f"{given}.{family}", "innleie")
        yield {
            "FirstName": given,
            "LastName": family,
            "EmailAddress": email,
            "Number": number,
        }


def customer_records(
    customers: Sequence[Customer], names: Names, random: Random
) -> Iterator[Record]:
    """Give the customers: those that Tidsbanken has, too, and some that it has not."""
    shared_is_taken = False
    for customer in customers:
        company = _company(customer, random)
        match customer.match:
            case "shared e-mail" if not shared_is_taken:
                shared_is_taken = True
                yield company
            case "two holders":
                yield company
                yield {**company, "Name": f"{customer.name}, avd. 2"}
            case "pair" | "empty":
                yield company
            case "other e-mail":
                yield {
                    **company,
                    "EmailAddress": names.email("regnskap", customer.name),
                }
    for _ in range(_STRANGERS):
        given, family = names.person()
        yield {
            "IsPerson": True,
            "FirstName": given,
            "LastName": family,
            "EmailAddress": names.email(f"{given}.{family}", "privat"),
        }


def contact_person_records(
    employees: Sequence[Person],
    owners: Sequence[int],
    names: Names,
    random: Random,
) -> Iterator[Record]:
    """Give the contact persons, each under one of the customers whose ids are `owners`.

    Tidsbanken's employees are contact persons of other companies, as a board member
    or a substitute is.
    """
    national_ids = NationalIds(random)
    given_out = {person.national_id for person in employees}

    def somebody_elses_id(person: Person) -> str:
        while (number := national_ids.new(person.born)) in given_out:
            pass
        return number

    mailbox_is_taken = False
    wanted_email = ""
    for person in employees:
        found = {
            **_person(person, random),
            "ContactId": random.choice(owners),
            "Title": person.title,
            "SocialSecurityNumber": None,
        }
        number = {"SocialSecurityNumber": person.national_id}
        stranger = {"EmailAddress": names.email(person.given, "styret")}
        match person.match:
            case "shared mailbox":
                if not mailbox_is_taken:
                    yield found
                mailbox_is_taken = True
            case "two holders":
                yield found
                yield {
                    **found,
                    "FirstName": "Vikar",
                    "ContactId": random.choice(owners),
                }
            case "torn apart":
                yield found
                yield {**found, **stranger, **number}
            case "wanted by e-mail":
                wanted_email = found["EmailAddress"]
            case "wanted by id":
                yield {**found, **number, "EmailAddress": wanted_email}
            case "hidden":
                yield {**found, "SocialSecurityNumber": "hidden"}
            case "empty":
                yield found
            case "both":
                yield {**found, **number}
            case "e-mail":
                yield {**found, "SocialSecurityNumber": somebody_elses_id(person)}
            case "national id":
                yield {**found, **stranger, **number}
    for _ in range(_STRANGERS):
        given, family = names.person()
        yield {
            "FirstName": given,
            "LastName": family,
            "EmailAddress": names.email(f"{given}.{family}", "leverandoren"),
            "ContactId": random.choice(owners),
            "SocialSecurityNumber": None,
        }


def _person(person: Person, random: Random) -> Record:
    mobile, email = person.mobile, person.email
    return {
        "FirstName": person.given,
        "LastName": person.family,
        "EmailAddress": capital_email(email, random) if email else None,
        "PhoneNumber": messy_phone(mobile, random).strip() if mobile else None,
    }


def _company(customer: Customer, random: Random) -> Record:
    address = {
        "AddressLine1": customer.street,
        "ZipCode": customer.postcode,
        "City": customer.city,
        "CountryCode": "NO",
    }
    return {
        "Name": customer.name,
        "IsPerson": False,
        "OrganizationNumber": customer.organization_number or None,
        "EmailAddress": messy_email(customer.email, random) if customer.email else None,
        "PhoneNumber": messy_phone(customer.phone, random) if customer.phone else None,
        "MailAddress": address if customer.street else None,
    }
