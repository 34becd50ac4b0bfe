"""A handful of records in each of six systems."""

from simulators.kit.core import Simulator


def fill(systems: dict[str, Simulator]) -> None:
    """Give every system what a small customer has there."""
    tidsbanken = systems["tidsbanken"]
    for number, given, family, email, national_id in (
        (411, "Kari", "Ås", "Kari.As@firma.example", ""),
        (412, "Ola", "Nordmann", "ola@firma.example", "01828012327"),
        (413, "Per", "Delt", "delt@firma.example", ""),
        (414, "Pål", "Delt", "delt@firma.example", ""),
        (415, "Emoji 😀", "Æøå", "", ""),
    ):
        tidsbanken.insert(
            "ansatt",
            {
                "Id": number,
                "Fornavn": given,
                "Etternavn": family,
                "Epost": email,
                "Mobil": f"900 00 {number}",
                "Personnummer": national_id,
                "Tittel": "Montør",
                "Aktiv": True,
            },
        )
    for key, name in (("10", "Montasje"), ("20", "Økonomi")):
        tidsbanken.insert("avdeling", {"Id": key, "Navn": name, "Synlig": True})
    for number in range(1, 5):
        tidsbanken.insert(
            "kunde",
            {
                "Id": f"K{number}",
                "Navn": f"Nordlys Bygg {number} AS",
                "Organisasjonsnummer": f"999 888 77{number}",
                "Epost": f" Post{number}@nordlys.example",
                "Telefon": f"70 00 00 0{number}",
                "Gateadresse": f"Testgata {number}",
                "Postnr": "7010",
                "Poststed": "Trondheim",
                "Kontaktperson": "Urørt",
                "Aktiv": True,
            },
        )
    for number, starts, ends in (
        (1, "2025-03-30T00:00:00", "2025-10-26T00:00:00"),
        (2, "2025-07-01T00:00:00", None),
        (3, "2025-01-15T08:30:00", "2025-12-31T16:00:00"),
    ):
        tidsbanken.insert(
            "prosjekt",
            {
                "Id": f"2000{number}",
                "Navn": f"Ombygging {number}",
                "AnsvarligId": 410 + number,
                "KundeId": f"K{number}",
                "StartDato": starts,
                "FerdigDato": ends,
                "Notat": "Urørt",
                "FerdigGrad": 12.5,
            },
        )
    _fill_targets(systems)
    _fill_membercare(systems["membercare"])


def _fill_targets(systems: dict[str, Simulator]) -> None:
    power = systems["powerofficego"]
    owner = power.insert("customers", {"Name": "Eier AS", "EmailAddress": None})["Id"]
    for number in (411, 412, 415):
        power.insert(
            "employees",
            {
                "Number": number,
                "FirstName": "Fra",
                "LastName": "Regnskap",
                "EmailAddress": None,
                "JobTitle": "Urørt",
            },
        )
    for email, national_id, phone in (
        ("kari.as@firma.example", None, "+4791111111"),
        ("ukjent@firma.example", "01828012327", None),
        ("delt@firma.example", None, None),
        (None, None, None),
    ):
        power.insert(
            "contactperson",
            {
                "ContactId": owner,
                "FirstName": "Kontakt",
                "LastName": "Person",
                "EmailAddress": email,
                "SocialSecurityNumber": national_id,
                "PhoneNumber": phone,
                "Title": "Urørt",
            },
        )
    for email in ("post1@nordlys.example", "POST2@nordlys.example", None):
        power.insert(
            "customers",
            {"Name": "Nordlys i regnskapet", "EmailAddress": email, "IsPerson": False},
        )
    for entity, record in (
        ("contacts", {"familyName": "Fremmed", "givenName": "Kun her"}),
        ("activities", {"subject": "Ingen av våre"}),
    ):
        systems["crmoffice"].insert(entity, record)


def _fill_membercare(membercare: Simulator) -> None:
    company = {
        "debtorAccountNumber": "104417",
        "companyName": "Medlem AS",
        "memberType": 2,
        "externalId": "urørt",
        "contacts": [
            {
                "id": 1,
                "type": 1,
                "value": "gammel@medlem.example",
                "start": "2020-01-01",
            },
            {"id": 2, "type": 1, "value": "post@medlem.example", "start": "2024-01-01"},
            {"id": 3, "type": 3, "value": "73 00 00 01", "start": "2024-01-01"},
        ],
        "businessNumbers": {
            "registrationNumberNorwegianCompanyNumber": {"number": "987654321"}
        },
    }
    membercare.insert("companies", company)
    membercare.insert(
        "organizations", {"identificationNumber": "5501", "name": "Nordlys lokallag"}
    )
    membercare.insert(
        "products",
        {"id": 31, "name": "Kursavgift", "vatPercent": 25.0, "valid": True},
    )
    for number, payer in (
        (700512, {"debtorAccountNumber": "104417", "memberType": 2}),
        (700513, {"debtorAccountNumber": "2", "memberType": 1}),
    ):
        membercare.insert(
            "invoices",
            {
                "id": number,
                "payer": payer,
                "financeStatus": 0,
                "financeDate": "2025-03-03T09:14:05",
                "payDueDate": "2025-03-17T00:00:00",
                "invoiceItems": [
                    {
                        "id": 1,
                        "description": "Årskontingent",
                        "unitPrice": 400.0,
                        "quantity": 2.0,
                        "totalPrice": 800.0,
                        "totalVat": 200.0,
                        "sequence": 1,
                    }
                ],
            },
        )
