"""A world of small stars, whose records people made before Lenke came."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.engine.engine import Engine

STRANGER = "Fremmed"  # the name of contact persons who share only a filler

EMPLOYEES, CUSTOMERS, PROJECTS, COMPANIES = 55, 50, 40, 12


def fill(engine: "Engine") -> None:
    """Insert the records of everybody."""
    for number in range(1, CUSTOMERS + 1):
        new_customer(engine, number)
    for number in range(1, EMPLOYEES + 1):
        new_employee(engine, number)
    for number in range(1, PROJECTS + 1):
        new_project(engine, number, 400 + number, f"K{number}")
    _insert(engine, "tidsbanken", "avdeling", {"Id": "10", "Navn": "Montasje"})
    for number in range(1, COMPANIES + 1):
        _membercare(engine, number)


def new_employee(engine: "Engine", number: int) -> str:
    """Hire somebody; most are in the accounts already."""
    key = _insert(
        engine,
        "tidsbanken",
        "ansatt",
        {
            "Id": 400 + number,
            "Fornavn": f"Fornavn{number}",
            "Etternavn": f"Etternavn{number}",
            "Epost": f"ansatt{number}@firma.example",
            "Mobil": f"+479000{number:04}",
            "Tittel": "Montør",
            "Aktiv": True,
        },
    )
    if number % 3:
        _insert(
            engine,
            "powerofficego",
            "employees",
            {
                "Number": 400 + number,
                "FirstName": f"Fornavn{number}",
                "LastName": f"Regnskap{number}",
                "EmailAddress": None,
                "JobTitle": "Urørt",
            },
        )
    if number % 4 == 1:
        owners = engine.keys("powerofficego", "customers")
        if owners:
            new_contact_person(
                engine,
                owners[number % len(owners)],
                LastName=f"Kontakt{number}",
                EmailAddress=f"Ansatt{number}@FIRMA.example",
            )
    return key


def new_contact_person(engine: "Engine", owner: str, **members: Any) -> str:
    """Enter somebody whom a customer has named."""
    of_owner = {"ContactId": int(owner.rpartition(":")[2]), "FirstName": "Person"}
    return _insert(engine, "powerofficego", "contactperson", {**of_owner, **members})


def new_strangers(engine: "Engine", number: int, filler: str) -> None:
    """Enter two people who have nothing in common but what somebody typed for both."""
    _insert(
        engine,
        "tidsbanken",
        "ansatt",
        {
            "Id": 400 + number,
            "Fornavn": "Ukjent",
            "Etternavn": f"Etternavn{number}",
            "Epost": filler,
            "Mobil": f"+479000{number:04}",
            "Aktiv": True,
        },
    )
    owner = engine.keys("powerofficego", "customers")[0]
    new_contact_person(engine, owner, LastName=STRANGER, EmailAddress=filler)


def new_customer(engine: "Engine", number: int) -> str:
    """Win a customer; some are in the accounts already."""
    key = _insert(
        engine,
        "tidsbanken",
        "kunde",
        {
            "Id": f"K{number}",
            "Navn": f"Nordlys Bygg {number} AS",
            "Organisasjonsnummer": f"999 888 {number:03}",
            "Epost": f"post{number}@nordlys.example",
            "Telefon": f"70000{number:03}",
            "Gateadresse": f"Testgata {number}",
            "Postnr": "7010",
            "Poststed": "Trondheim",
            "Kontaktperson": "Urørt",
            "Aktiv": True,
        },
    )
    if number % 2:
        _insert(
            engine,
            "powerofficego",
            "customers",
            {
                "Name": f"Regnskapets {number}",
                "EmailAddress": f"Post{number}@nordlys.example",
                "IsPerson": False,
            },
        )
    return key


def new_project(engine: "Engine", number: int, owner: int, customer: str) -> str:
    """Begin a project."""
    return _insert(
        engine,
        "tidsbanken",
        "prosjekt",
        {
            "Id": f"{20000 + number}",
            "Navn": f"Ombygging {number}",
            "AnsvarligId": owner,
            "KundeId": customer,
            "StartDato": "2025-03-30T00:00:00",
            "FerdigDato": "2051-10-26T00:00:00",
            "Notat": "Urørt",
            "FerdigGrad": 12.5,
        },
    )


def _membercare(engine: "Engine", number: int) -> None:
    account = f"1044{number:02}"
    _insert(
        engine,
        "membercare",
        "companies",
        {
            "debtorAccountNumber": account,
            "companyName": f"Medlem {number} AS",
            "memberType": 2,
            "externalId": "urørt",
            "contacts": [
                {
                    "id": 1,
                    "type": 1,
                    "value": f"post@medlem{number}.example",
                    "start": "2024-01-01",
                },
                {"id": 3, "type": 3, "value": "73 00 00 01", "start": "2024-01-01"},
            ],
        },
    )
    _insert(
        engine,
        "membercare",
        "organizations",
        {"identificationNumber": f"550{number}", "name": f"Lokallag {number}"},
    )
    _insert(
        engine,
        "membercare",
        "products",
        {
            "id": 30 + number,
            "name": f"Kursavgift {number}",
            "vatPercent": 25.0,
            "valid": True,
        },
    )


def _insert(engine: "Engine", system: str, entity: str, record: dict[str, Any]) -> str:
    simulator = engine.systems[system]
    before = set(_ids(engine, system, entity))
    simulator.insert(entity, record)
    [record_id] = [each for each in _ids(engine, system, entity) if each not in before]
    key = f"{system}:{entity}:{record_id}"
    engine.note_person_made(key)
    return key


def _ids(engine: "Engine", system: str, entity: str) -> list[str]:
    table = engine.systems[system].database[entity]
    return [
        row[0] for row in table._database.fetch(f"select key from {table._name}", ())
    ]
