"""What we may see changes: values that vanish in bulk, masks, members nobody shows."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from lenke.run.report import DONE, STOPPED_BY_GUARD
from lenke.run.surroundings import Surroundings
from simulators.kit.core import Simulator
from tests.circle.conftest import Meeting, meeting_in, quickly, synced_in

pytestmark = pytest.mark.long

EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"
SHOP = "tidsbanken_kunde__customwebshop_customer"
PMS = "tidsbanken_kunde__custompms_customer"
NUMBERS = [*range(421, 427)]


@dataclass
class _Glasses:
    """How a system's records look to us: `seen` changes each of them."""

    system: str
    seen: Callable[[dict[str, Any]], None] | None = None
    sent: list[str] = field(default_factory=list)


class _Through(httpx2.BaseTransport):
    def __init__(self, system: Simulator, glasses: _Glasses) -> None:
        self._inner = httpx2.WSGITransport(app=system.wsgi)
        self._glasses = glasses

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the system's answer as we may see it."""
        if request.method != "GET":
            self._glasses.sent.append(request.read().decode())
        answer = self._inner.handle_request(request)
        body = answer.read()
        if self._glasses.seen and answer.status_code == 200 and body[:1] in b"[{":
            told = json.loads(body)
            self._look(told)
            body = json.dumps(told).encode()
        headers = [(k, v) for k, v in answer.headers.raw if k != b"content-length"]
        return httpx2.Response(answer.status_code, headers=headers, content=body)

    def _look(self, told: Any) -> None:
        if isinstance(told, list):
            for each in told:
                self._look(each)
        elif isinstance(told, dict):
            if self._glasses.seen:
                self._glasses.seen(told)
            for each in told.values():
                self._look(each)


@dataclass(frozen=True)
class Seen(Meeting):
    """Six systems, one of which is seen through glasses."""

    glasses: _Glasses

    @property
    def around(self) -> Surroundings:
        """The systems; one of them over a transport that changes what it shows."""
        return Surroundings(
            transport_for=lambda name: (
                _Through(self.systems[name], self.glasses)
                if name == self.glasses.system
                else httpx2.WSGITransport(app=self.systems[name].wsgi)
            ),
            clock=self.clock,
        )

    def findings(self, *kinds: str) -> list[tuple[Any, ...]]:
        """Give the findings of some kinds: kind, record and property."""
        return [
            row
            for row in self.ask(
                "select kind, record_key, property from inspection.findings "
                "order by all"
            )
            if row[0] in kinds
        ]

    def addresses(self) -> list[str]:
        """Give the e-mail addresses of six employees in Tidsbanken."""
        return [
            self.get("tidsbanken", "ansatt", str(number))["Epost"] for number in NUMBERS
        ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Six employees in step with the accounting system, their e-mail addresses too."""
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        for number in NUMBERS:
            made.systems["tidsbanken"].insert(
                "ansatt",
                {
                    "Id": number,
                    "Fornavn": "Ansatt",
                    "Etternavn": f"Nummer {number}",
                    "Epost": f"a{number}@firma.example",
                },
            )
            made.systems["powerofficego"].insert(
                "employees",
                {"Number": number, "FirstName": "Ansatt", "LastName": "Ukjent"},
            )
        seen = Seen(made.home, made.systems, made.clock, _Glasses("powerofficego"))
        seen.sync()
        seen.sync()
        yield seen


def _hidden(value: Any) -> Callable[[dict[str, Any]], None]:
    def look(record: dict[str, Any]) -> None:
        if "JobTitle" in record:  # an employee
            record["EmailAddress"] = value

    return look


def test_what_all_records_hide_rests_until_it_is_seen_again(office: Seen) -> None:
    before = office.addresses()
    employee = office.linked(EMPLOYEES)["421"]
    office.glasses.seen = _hidden(None)
    office.edit("powerofficego", "employees", employee, LastName="Nytt")

    report = office.sync(full=True)

    assert report.exit_code == STOPPED_BY_GUARD
    assert "powerofficego employees EmailAddress rests" in " ".join(report.warnings)
    assert office.addresses() == before
    assert office.get("tidsbanken", "ansatt", "421")["Etternavn"] == "Nytt"
    assert office.findings("property_rests", "masked_value", "held_not_shown") == [
        ("property_rests", "powerofficego:employees", "EmailAddress")
    ]

    office.edit("tidsbanken", "ansatt", "422", Epost="ny@firma.example")
    office.edit("powerofficego", "employees", employee, EmailAddress="n@firma.example")
    for number in ("423", "424", "425", "426"):
        other = office.linked(EMPLOYEES)[number]
        office.edit("powerofficego", "employees", other, JobTitle="Ny")
    assert office.sync().exit_code == STOPPED_BY_GUARD
    assert office.addresses()[2:] == before[2:]

    office.glasses.seen = None
    report = office.sync()

    assert report.exit_code == DONE
    assert office.addresses() == ["n@firma.example", "ny@firma.example", *before[2:]]
    second = office.get("powerofficego", "employees", office.linked(EMPLOYEES)["422"])
    assert second["EmailAddress"] == "ny@firma.example"
    assert office.findings("property_rests") == []


def test_a_mask_is_no_value_at_a_first_meeting(office: Seen) -> None:
    for number in ("431", "432"):
        office.systems["tidsbanken"].insert(
            "ansatt",
            {
                "Id": int(number),
                "Fornavn": "Ny",
                "Etternavn": "Ny",
                "Epost": f"ny{number}@firma.example",
            },
        )
        office.systems["powerofficego"].insert(
            "employees", {"Number": int(number), "FirstName": "Ny", "LastName": "Ny"}
        )
    hidden = _hidden("Hidden")
    office.glasses.seen = lambda record: (
        hidden(record) if record.get("Number") in (431, 432) else None
    )

    assert office.sync(full=True).exit_code == DONE
    assert office.sync(full=True).exit_code == DONE

    assert office.get("tidsbanken", "ansatt", "431")["Epost"] == "ny431@firma.example"
    assert "ny431" not in " ".join(office.glasses.sent)
    assert office.findings("masked_value") == [
        ("masked_value", "powerofficego:employees", "EmailAddress")
    ]


def test_a_person_lets_all_records_be_emptied(office: Seen) -> None:
    office.glasses.seen = None
    office.sync(full=True)
    office.glasses.seen = _hidden(None)
    office.sync(full=True)

    report = office.sync(full=True, allow_mass_change=True)

    assert report.exit_code == DONE
    assert office.addresses() == [""] * 6
    assert office.findings("property_rests") == []


def _no_street(record: dict[str, Any]) -> None:
    record.pop("Gateadresse", None)


def test_a_member_that_no_record_shows_is_left_out_and_nothing_else_waits(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with quickly():
        made = meeting_in(tmp_path_factory.mktemp("home"))
        bank = _Glasses("tidsbanken", _no_street)
        for number in (5, 6):
            made.systems["tidsbanken"].insert(
                "kunde", {"Id": f"K{number}", "Navn": f"Kunde {number}"}
            )
        meeting = Seen(made.home, made.systems, made.clock, bank)
        meeting.sync()
        meeting.sync()
        customer, project_customer = (meeting.linked(f)["K1"] for f in (SHOP, PMS))
        address = {"line1": "Nygata 9", "postalCode": "7010", "city": "Bodø"}
        meeting.edit(
            "customwebshop",
            "customer",
            customer,
            name="Nytt navn AS",
            billingAddress=address,
        )

        report = meeting.sync()

        kunde = meeting.get("tidsbanken", "kunde", "K1")
        assert (kunde["Navn"], kunde["Poststed"]) == ("Nytt navn AS", "Trondheim")
        assert all("Nygata" not in sent for sent in bank.sent)
        in_pms = meeting.get("custompms", "customer", project_customer)["address"]
        assert (in_pms["line1"], in_pms["city"]) == ("Nygata 9", "Bodø")
        assert report.exit_code == DONE
        assert meeting.findings("missing_member", "held_not_shown") == [
            ("missing_member", "tidsbanken:kunde", "Gateadresse")
        ]
        assert (
            meeting.ask("select 1 from inspection.conflicts where status = 'open'")
            == []
        )

        meeting.sync(full=True)
        assert meeting.writes() == {}
        meeting.edit("tidsbanken", "kunde", "K2", Poststed="Oslo")
        meeting.sync()

        other = meeting.get("customwebshop", "customer", meeting.linked(SHOP)["K2"])
        assert other["billingAddress"]["city"] == "Oslo"


def test_a_clock_that_was_years_ahead_and_is_put_right_loses_no_edit(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with quickly():
        made = synced_in(tmp_path_factory.mktemp("home"))
        crm = _Glasses("crmoffice", _in_2099)
        meeting = Seen(made.home, made.systems, made.clock, crm)
        contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["411"]
        meeting.edit("crmoffice", "contacts", contact, givenName="Karin")

        assert meeting.sync(full=True).exit_code == DONE

        assert meeting.get("tidsbanken", "ansatt", "411")["Fornavn"] == "Karin"
        assert meeting.findings("stamp_ahead") == [
            ("stamp_ahead", "crmoffice:activities", None),
            ("stamp_ahead", "crmoffice:contacts", None),
        ]
        crm.seen = None
        meeting.edit("crmoffice", "contacts", contact, givenName="Kristin")
        meeting.sync(full=True)
        assert meeting.get("tidsbanken", "ansatt", "411")["Fornavn"] == "Kristin"
        meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Kaja")
        meeting.sync()
        assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Kaja"
        assert meeting.findings("stamp_ahead") == []


def _in_2099(record: dict[str, Any]) -> None:
    if "modifiedAt" in record:
        record["modifiedAt"] = "2099-01-01T00:00:00Z"
