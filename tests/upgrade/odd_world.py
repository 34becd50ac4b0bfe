"""A small home with odd values of every kind: what `_make.py` lets a version sync."""

from simulators.kit.core import Simulator

NAMES = {
    401: ("Svensk", "Nummer", "svensk@firma.example", "+46 (0)8 123 456 78"),
    402: ("Med", "Internnummer", "intern@firma.example", "+47 22334455 (12)"),
    403: ("Kort", "Nummer", "kort@firma.example", "12345"),
    404: ("Uten", "Adresse", "-", "ring Kari"),
    405: (
        "Anne\u00adMarie",
        "\u3000Ås\u3000",
        "anne@firma.example",
        "900\u200711\u2007222",
    ),
    406: ("Usynlig", "Skille", "usynlig@firma.example", "900\u200b11\u200b223"),
    407: ("A\u030ase", "Delt", "a\u030ase@firma.example", "+44 (0)20 7946 0958"),
    408: ("Tom", "Mann", "", ""),
    409: ("Vanlig", "Kvinne", "Vanlig@Firma.example", "412 34 567"),
    410: ("Trykk", "Deling", "ukjent", "22334455/56"),
}
CUSTOMERS = {
    "K1": ("NO 987 654 321 MVA", "-", "+44 (0)20 7946 0958"),
    "K2": ("987.654.325", "post2@nordlys.example", "+47 22334455-12"),
    "K3": ("SE 556677-8899", "post3@nordlys.example", "00"),
    "K4": ("999 888 774", "\u3000post4@nordlys.example", "70\u202f00\u202f00\u202f04"),
    "K5": (
        "987\u00a0654\u00a0322",
        "post5@blåbær.example",
        "70\u201000\u201000\u201005",
    ),
    "K6": ("", "", ""),
    "K7": ("ukjent", "n/a", "99 99 99 99"),
    "K8": ("987\u200b654323", "po\u200bst8@nordlys.example", "+4670-123 45 67"),
}
PROJECTS = {
    "P1": (401, "K1"),
    "P2": (0, "0"),
    "P3": (None, ""),
    "P4": (409, " K2 "),
    "P5": (402, "K4\u3000"),
}


def fill(systems: dict[str, Simulator], line1: str, postal_code: str) -> None:
    """Put the odd values into six systems; Kunde's address members by these names."""
    tidsbanken = systems["tidsbanken"]
    for number, (given, family, email, phone) in NAMES.items():
        tidsbanken.insert(
            "ansatt",
            {
                "Id": number,
                "Fornavn": given,
                "Etternavn": family,
                "Epost": email,
                "Mobil": phone,
                "Aktiv": True,
            },
        )
    for key, (organization, email, phone) in CUSTOMERS.items():
        tidsbanken.insert(
            "kunde",
            {
                "Id": key,
                "Navn": f"\u2003Nordlys {key} AS\u2003",
                "Organisasjonsnummer": organization,
                "Epost": email,
                "Telefon": phone,
                line1: f"Testgata {key[1]}\u00a0",
                postal_code: "0580",
                "Poststed": "Oslo" if key != "K6" else "",
                "Aktiv": True,
            },
        )
    for key, (owner, customer) in PROJECTS.items():
        tidsbanken.insert(
            "prosjekt",
            {
                "Id": key,
                "Navn": f"Ombygging {key}",
                "AnsvarligId": owner,
                "KundeId": customer,
                "StartDato": "2025-03-30T00:00:00",
                "FerdigDato": None,
            },
        )
    tidsbanken.insert("avdeling", {"Id": "10", "Navn": "\u3000Montasje", "Aktiv": True})
    _fill_accounts(systems["powerofficego"])
    _fill_members(systems["membercare"])


def _fill_accounts(power: Simulator) -> None:
    for number in (402, 405, 409):
        power.insert(
            "employees",
            {"Number": number, "FirstName": "Fra", "LastName": "Regnskap"},
        )
    owner = power.insert("customers", {"Name": "Eier AS", "EmailAddress": "-"})["Id"]
    for email, phone in (
        ("åse@firma.example", "+47 411 11 111"),
        ("vanlig@firma.example", None),
        ("anne@firma.example ", "(+47) 900 11 222"),
    ):
        power.insert(
            "contactperson",
            {
                "ContactId": owner,
                "FirstName": "Kontakt",
                "LastName": "Person",
                "EmailAddress": email.strip(),
                "PhoneNumber": phone,
            },
        )
    for email in ("POST2@nordlys.example", "post5@xn--blbr-roah.example"):
        power.insert("customers", {"Name": "I regnskapet", "EmailAddress": email})


def _fill_members(membercare: Simulator) -> None:
    for key, phone, number in (
        ("104417", "+46 (0)8 123 456 78", "987654321"),
        ("104418", "73\u200b000002", "98765432"),
    ):
        membercare.insert(
            "companies",
            {
                "debtorAccountNumber": key,
                "companyName": f"Medlem\u00a0{key}",
                "memberType": 2,
                "contacts": [
                    {
                        "id": 1,
                        "type": 1,
                        "value": "post@medlem.example\u2009",
                        "start": "2024-01-01",
                    },
                    {"id": 2, "type": 3, "value": phone, "start": "2024-01-01"},
                ],
                "businessNumbers": {
                    "registrationNumberNorwegianCompanyNumber": {"number": number}
                },
            },
        )
    membercare.insert(
        "organizations", {"identificationNumber": "5501", "name": "Lokallag\u2028"}
    )
    membercare.insert(
        "products", {"id": 31, "name": "Kursavgift", "vatPercent": 25.0, "valid": True}
    )
