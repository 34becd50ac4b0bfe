"""What stands in the six systems before the first sync, and what people do after it.

The second run, the one that is killed, has something of everything to write: creates
with references to other creates, updates in both directions, a conflict, an emptied
value.
"""

from collections.abc import Callable, Mapping
from typing import Any

from simulators.kit.core import Simulator

Systems = Mapping[str, Simulator]


def fill(systems: Systems) -> None:
    """Put records into the systems that nobody has linked yet."""
    for number, given, family in (
        (411, "Kari", "Ås"),
        (412, "Ola", "Nordmann"),
        (413, "Per", "Strid"),
    ):
        _employee(systems, number, given, family)
    systems["tidsbanken"].insert(
        "avdeling", {"Id": "10", "Navn": "Montasje", "Synlig": True}
    )
    for number in (1, 2, 3):
        _customer(systems, number)
    _project(systems, 1, 411, 1)
    _project(systems, 2, 412, 2)
    for number in (411, 412):
        systems["powerofficego"].insert(
            "employees",
            {"Number": number, "FirstName": "Fra", "LastName": "Regnskap"},
        )
    owner = systems["powerofficego"].insert("customers", {"Name": "Eier AS"})["Id"]
    systems["powerofficego"].insert(
        "contactperson",
        {
            "ContactId": owner,
            "FirstName": "Kontakt",
            "LastName": "Person",
            "EmailAddress": "kari@firma.example",
        },
    )
    systems["powerofficego"].insert(
        "customers",
        {"Name": "I regnskapet", "EmailAddress": "post1@bygg.example"},
    )
    _company(systems, "104417", "Medlem AS")
    systems["membercare"].insert(
        "organizations", {"identificationNumber": "5501", "name": "Lokallaget"}
    )
    systems["membercare"].insert(
        "products", {"id": 31, "name": "Kurs", "vatPercent": 25.0, "valid": True}
    )
    _invoice(systems, 700512, "104417")


def people_warm_up(systems: Systems) -> None:
    """Change something of everything: raw has its lasting shape after the next sync."""
    systems["tidsbanken"].edit("ansatt", "412", {"Mobil": "900 00 999"})
    systems["tidsbanken"].edit("kunde", "K3", {"Navn": "Bygg 3 Holding AS"})
    systems["tidsbanken"].edit("avdeling", "10", {"Navn": "Montasje Nord"})
    systems["tidsbanken"].edit("prosjekt", "20002", {"Navn": "Tilbygg 2"})
    systems["membercare"].edit("companies", "104417", {"companyName": "Medlem 2 AS"})
    systems["membercare"].edit("organizations", "5501", {"name": "Lokallag 5501"})
    systems["membercare"].edit("products", "31", {"name": "Kursavgift"})
    systems["membercare"].edit(
        "invoices", "700512", {"payDueDate": "2025-03-18T00:00:00"}
    )


def people_edit(
    systems: Systems,
    target_of: Callable[[str, str], str],
    later: Callable[[float], None],
) -> None:
    """Add and change records, as people do in each system.

    `target_of(flow, source_id)` names a linked record; `later(seconds)` lets time pass.
    """
    tidsbanken, crm = systems["tidsbanken"], systems["crmoffice"]
    _employee(systems, 421, "Nina", "Nyansatt")
    _employee(systems, 422, "Even", "Nyere")
    tidsbanken.insert("avdeling", {"Id": "20", "Navn": "Økonomi", "Synlig": True})
    _customer(systems, 4)
    _project(systems, 3, 421, 4)
    _company(systems, "104499", "Nytt Medlem AS")
    _invoice(systems, 700520, "104499")
    later(60)
    tidsbanken.edit("ansatt", "411", {"Mobil": "900 00 777"})
    tidsbanken.edit("kunde", "K2", {"Telefon": ""})
    tidsbanken.edit("prosjekt", "20002", {"AnsvarligId": 422})
    contacts = "tidsbanken_ansatt__crmoffice_contacts"
    crm.edit("contacts", target_of(contacts, "412"), {"familyName": "Giftenavn"})
    tidsbanken.edit("ansatt", "413", {"Etternavn": "Taper"})
    later(60)
    crm.edit("contacts", target_of(contacts, "413"), {"familyName": "Vinner"})
    activities = "tidsbanken_prosjekt__crmoffice_activities"
    crm.edit("activities", target_of(activities, "20001"), {"subject": "Omdøpt"})
    systems["customwebshop"].edit(
        "customer",
        target_of("tidsbanken_kunde__customwebshop_customer", "K1"),
        {"name": "Bygg 1 Norge AS"},
    )
    systems["custompms"].edit(
        "project",
        target_of("tidsbanken_prosjekt__custompms_project", "20002"),
        {"endDate": "2026-02-28"},
    )
    systems["powerofficego"].edit(
        "employees",
        target_of("tidsbanken_ansatt__powerofficego_employees", "411"),
        {"LastName": "Åsen"},
    )
    systems["membercare"].edit("companies", "104417", {"companyName": "Medlem 3 AS"})


def _employee(systems: Systems, number: int, given: str, family: str) -> None:
    systems["tidsbanken"].insert(
        "ansatt",
        {
            "Id": number,
            "Fornavn": given,
            "Etternavn": family,
            "Epost": f"{given.lower()}@firma.example",
            "Mobil": f"900 00 {number}",
            "Aktiv": True,
        },
    )


def _customer(systems: Systems, number: int) -> None:
    systems["tidsbanken"].insert(
        "kunde",
        {
            "Id": f"K{number}",
            "Navn": f"Bygg {number} AS",
            "Epost": f"post{number}@bygg.example",
            "Telefon": f"70 00 00 0{number}",
            "Gateadresse": f"Testgata {number}",
            "Postnr": "7010",
            "Poststed": "Trondheim",
            "Aktiv": True,
        },
    )


def _project(systems: Systems, number: int, employee: int, customer: int) -> None:
    systems["tidsbanken"].insert(
        "prosjekt",
        {
            "Id": f"2000{number}",
            "Navn": f"Ombygging {number}",
            "AnsvarligId": employee,
            "KundeId": f"K{customer}",
            "StartDato": "2025-03-30T00:00:00",
            "FerdigDato": "2025-10-26T00:00:00",
        },
    )


def _company(systems: Systems, number: str, name: str) -> None:
    systems["membercare"].insert(
        "companies",
        {
            "debtorAccountNumber": number,
            "companyName": name,
            "memberType": 2,
            "contacts": [
                {
                    "id": int(number),
                    "type": 1,
                    "value": f"post{number}@medlem.example",
                    "start": "2024-01-01",
                }
            ],
        },
    )


def _invoice(systems: Systems, number: int, payer: str) -> None:
    item: dict[str, Any] = {
        "id": 1,
        "description": "Årskontingent",
        "unitPrice": 400.0,
        "quantity": 2.0,
        "totalPrice": 800.0,
        "totalVat": 200.0,
        "sequence": 1,
    }
    systems["membercare"].insert(
        "invoices",
        {
            "id": number,
            "payer": {"debtorAccountNumber": payer, "memberType": 2},
            "financeStatus": 0,
            "financeDate": "2025-03-03T09:14:05",
            "payDueDate": "2025-03-17T00:00:00",
            "invoiceItems": [item],
        },
    )
