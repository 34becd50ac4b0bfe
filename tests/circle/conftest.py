"""A small world in six simulators, and the real run over an in-process transport."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from lenke import _circle, _dbt
from lenke._circle import RunOptions
from lenke._home import Home
from lenke._report import RunReport
from lenke._surroundings import Surroundings
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._stage import open_simulators, without_rate_limits
from simulators._store import Store
from tests import _compiled

HASH_KEY = "a key for tests"


@dataclass(frozen=True)
class Meeting:
    """Six systems, one LENKE_HOME, and people who edit."""

    home: Home
    systems: dict[str, Simulator]
    clock: VirtualClock

    @property
    def around(self) -> Surroundings:
        """The systems over an in-process transport, and a clock of our own."""
        return Surroundings(
            transport_for=lambda name: httpx.WSGITransport(app=self.systems[name].wsgi),
            clock=self.clock,
        )

    def sync(self, **options: bool) -> RunReport:
        """Run one turn of the circle; the log of requests begins anew."""
        for system in self.systems.values():
            system.requests.clear()
        self.clock.advance(60)
        return _circle.sync(self.home, RunOptions(**options), self.around)

    def plan(self, **options: bool) -> RunReport:
        """Load, build and show."""
        for system in self.systems.values():
            system.requests.clear()
        self.clock.advance(60)
        return _circle.plan(self.home, RunOptions(**options), self.around)

    def edit(self, system: str, entity: str, key: str, **changes: Any) -> None:
        """A person edits a record in a system's own screens, a while later."""
        self.clock.advance(7200)
        self.systems[system].edit(entity, key, changes)

    def get(self, system: str, entity: str, key: str) -> dict[str, Any]:
        """Give a record as its system holds it."""
        record = self.systems[system].get(entity, key)
        assert record is not None, f"{system} has no {entity} {key}"
        return dict(record)

    def linked(self, flow: str) -> dict[str, str]:
        """Give target ids by source id, of the links in force."""
        return dict(
            self.ask(
                "select source_id, target_id from inspection.links "
                f"where flow = '{flow}' and ended_at is null"
            )
        )

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published inspection tables."""
        with duckdb.connect(str(self.home.inspection), read_only=True) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
            return rows

    def writes(self) -> dict[str, int]:
        """Give the number of requests that changed a system, since the run began."""
        return {
            name: number
            for name, system in self.systems.items()
            if (number := system.requests.writes)
        }


def meeting_in(folder: Path) -> Meeting:
    """Make six systems with a handful of records, and settings to reach them."""
    clock = VirtualClock(datetime.now(UTC).replace(microsecond=0) - timedelta(days=30))
    systems = open_simulators(Store(None), clock=clock, knobs=without_rate_limits())
    for name, system in systems.items():
        for setting, value in system.settings("http://127.0.0.1:1").items():
            os.environ[f"SOURCES__{name}__{setting}".upper()] = str(value)
        os.environ[f"SOURCES__{name}__REQUESTS_PER_SECOND".upper()] = "100000"
    os.environ["LENKE_HASH_KEY"] = HASH_KEY
    os.environ["LENKE_HOME"] = str(folder)
    _fill(systems)
    return Meeting(Home(folder), systems, clock)


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world that the tests of a module share; the first sync is done."""
    with (
        surroundings_kept(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(_dbt, "build", _compiled.build)
        made = meeting_in(tmp_path_factory.mktemp("home"))
        made.sync()
        yield made


@contextmanager
def surroundings_kept() -> Iterator[None]:
    """Take the environment variables back that a meeting sets."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _fill(systems: dict[str, Simulator]) -> None:
    tidsbanken = systems["tidsbanken"]
    for number, given, family, email, national_id in (
        (411, "Kari", "Ås", "Kari.As@firma.example", ""),
        (412, "Ola", "Nordmann", "ola@firma.example", "01410012345"),
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
        tidsbanken.insert("avdeling", {"Id": key, "Navn": name, "Aktiv": True})
    for number in range(1, 5):
        tidsbanken.insert(
            "kunde",
            {
                "Id": f"K{number}",
                "Navn": f"Nordlys Bygg {number} AS",
                "Organisasjonsnummer": f"999 888 77{number}",
                "Epost": f" Post{number}@nordlys.example",
                "Telefon": f"70 00 00 0{number}",
                "Adresse": f"Testgata {number}",
                "Postnummer": "7010",
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
        ("ukjent@firma.example", "01410012345", None),
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
