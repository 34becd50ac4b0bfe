"""Where each system lists what, and what a caller has to be told to reach it."""

from collections.abc import Mapping

from bench.server.table import Kind

# System -> path of a list, in lower case -> what is listed there.
KINDS: Mapping[str, Mapping[str, Kind]] = {
    "tidsbanken": {
        f"/{room}/{name}": Kind(name, ("Id",), "SistEndretDato", zone, moves=True)
        for room, name, zone in (
            ("ansatt", "ansatt", "Z"),
            ("ansatt", "avdeling", "Z"),
            # The clock is UTC, whatever the offset says.
            ("prosjekt", "kunde", "+01:00"),
            ("prosjekt", "prosjekt", "+01:00"),
        )
    },
    "powerofficego": {
        "/v2/contactpersons": Kind(
            "contactperson", ("ContactId", "Id"), "LastChangedDateTimeOffset"
        ),
        "/v2/employees": Kind("employees", ("Id",), "LastChangedDateTimeOffset"),
        "/v2/customers": Kind("customers", ("Id",), "LastChangedDateTimeOffset"),
    },
    "crmoffice": {
        "/contacts": Kind("contacts", ("id",), "modifiedAt"),
        "/activities": Kind("activities", ("id",), "modifiedAt"),
    },
    "membercare": {
        f"/api/v1/{name}": Kind(name, (key,), "lastChange", zone="")
        for name, key in {
            "companies": "debtorAccountNumber",
            "organizations": "identificationNumber",
            "invoices": "id",
            "products": "id",
        }.items()
    },
    **{
        system: {
            f"/api/v1/{name}s": Kind(name, ("id",), "updatedAt", moves=True)
            for name in names
        }
        for system, names in {
            "customwebshop": ("customer", "order", "product"),
            "custompms": ("customer", "project"),
        }.items()
    },
}

# What a caller needs to know, apart from where the systems are.
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "tidsbanken": {"base_url": "", "tb_key": "b", "subscription_key": "b"},
    "powerofficego": {
        "base_url": "",
        "application_key": "b",
        "client_key": "b",
        "subscription_key": "b",
    },
    "crmoffice": {
        "base_url": "",
        "token_url": "/connect/token",
        "client_id": "b",
        "client_secret": "b",
        "refresh_token": "b",
    },
    "membercare": {
        "base_url": "/api/v1",
        "client_api_key": "b",
        "person_to_impersonate": "1",
    },
    "customwebshop": {"base_url": "/api/v1", "token": "b"},
    "custompms": {"base_url": "/api/v1", "token": "b"},
}
