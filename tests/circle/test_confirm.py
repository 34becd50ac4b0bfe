"""Lists lie. What they show is confirmed before it is believed, and a quiet run asks
nobody."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest
from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

LISTS = {
    "ansatt",
    "avdeling",
    "kunde",
    "prosjekt",
    "contactpersons",
    "employees",
    "customers",
    "contacts",
    "activities",
    "companies",
    "organizations",
    "invoices",
    "products",
    "orders",
    "projects",
    "token",
}
KEYS = ("debtorAccountNumber", "identificationNumber", "Id", "id")


def is_list(path: str, query: str) -> bool:
    """Tell whether a GET asks for a list, not for one record."""
    last = path.rstrip("/").rsplit("/", 1)[-1].lower()
    return last in LISTS and "$top=1&" not in query + "&"


def read_singly(meeting: Meeting) -> dict[str, list[str]]:
    """Name the records that were asked for singly, by system, since the run began."""
    found = {
        name: [
            f"{call.path}?{call.query}".rstrip("?")
            for call in system.requests
            if call.method == "GET" and not is_list(call.path, call.query)
        ]
        for name, system in meeting.systems.items()
    }
    return {name: paths for name, paths in found.items() if paths}


def _rows(body: Any) -> list[dict[str, Any]]:
    if isinstance(body, list):
        return body
    for name in ("items", "value", "data", "result"):
        if isinstance(body, dict) and isinstance(body.get(name), list):
            rows: list[dict[str, Any]] = body[name]
            return rows
    return []


def _key(row: dict[str, Any]) -> str:
    return next(str(row[name]) for name in KEYS if name in row)


class Lists:
    """What the lists of a system show: the truth, old rows, or not all of them."""

    def __init__(self, system: Simulator) -> None:
        self.first_seen: dict[tuple[str, str], dict[str, Any]] = {}
        self.stale: set[tuple[str, str]] = set()
        self.left_out: set[str] = set()
        system.after.append(self)

    def __call__(self, request: Request, response: Response) -> Response:
        query = request.query_string.decode()
        if request.method != "GET" or not is_list(request.path, query):
            return response
        if response.status_code != 200 or not response.get_data():
            return response
        body = json.loads(response.get_data())
        rows = _rows(body)
        shown = []
        for row in rows:
            place = (request.path.rsplit("/", 1)[-1], _key(row))
            first_seen = self.first_seen.setdefault(place, row)
            if place[1] not in self.left_out:
                shown.append(first_seen if place in self.stale else row)
        rows[:] = shown
        response.set_data(json.dumps(body))
        return response


@contextmanager
def lists_of(meeting: Meeting) -> Iterator[dict[str, Lists]]:
    """Stand between the systems and us."""
    lists = {name: Lists(system) for name, system in meeting.systems.items()}
    try:
        yield lists
    finally:
        for name, system in meeting.systems.items():
            system.after.remove(lists[name])


@pytest.fixture(scope="module")
def known(meeting: Meeting) -> Meeting:
    """The world after a second sync: everything is in step and was seen so."""
    meeting.sync()
    return meeting


@pytest.mark.every_day
def test_a_stale_list_page_never_brings_an_old_value_back(known: Meeting) -> None:
    meeting = known
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["413"]
    employee = meeting.linked("tidsbanken_ansatt__powerofficego_employees")["412"]
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K1"]
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")["20002"]
    edits: list[tuple[str, str, str, str, str]] = [
        ("tidsbanken", "ansatt", "411", "Etternavn", "ansatt"),
        ("tidsbanken", "kunde", "K3", "Navn", "Kunde"),
        ("crmoffice", "contacts", contact, "familyName", "contacts"),
        ("powerofficego", "employees", employee, "LastName", "Employees"),
        ("customwebshop", "customer", shop, "name", "customers"),
        ("custompms", "project", project, "name", "projects"),
        ("membercare", "organizations", "5501", "name", "organizations"),
    ]
    with lists_of(meeting) as lists:
        meeting.sync(full=True)
        for system, entity, key, name, _ in edits:
            meeting.edit(system, entity, key, **{name: f"Ny {system} {key}"})
        meeting.sync()
        assert meeting.writes() != {}
        for system, _, key, _, path in edits:
            lists[system].stale.add((path, key))

        report = meeting.sync(full=True)

        assert meeting.writes() == {}
        assert report.conflicts == 0
        assert sum(map(len, read_singly(meeting).values())) == len(edits)
    meeting.sync(full=True)
    assert meeting.writes() == {}
    for system, entity, key, name, _ in edits:
        assert meeting.get(system, entity, key)[name] == f"Ny {system} {key}"


def test_only_an_edit_that_nothing_proves_is_asked_for_by_one_get(
    known: Meeting,
) -> None:
    contact = known.linked("tidsbanken_ansatt__crmoffice_contacts")["411"]
    known.edit("crmoffice", "contacts", contact, givenName="Stemplet")
    known.edit("membercare", "organizations", "5501", name="Uten stempel")

    known.sync()

    shop = known.linked("membercare_organizations__customwebshop_customer")["5501"]
    assert known.get("tidsbanken", "ansatt", "411")["Fornavn"] == "Stemplet"
    assert known.get("customwebshop", "customer", shop)["name"] == "Uten stempel"
    asked = read_singly(known)
    assert "crmoffice" not in asked
    assert asked["membercare"] == ["/api/v1/organizations/5501"]
    known.sync(full=True)
    assert read_singly(known) == {}


def test_what_cannot_be_confirmed_waits_and_is_found_and_arrives_later(
    known: Meeting,
) -> None:
    membercare = known.systems["membercare"]
    shop = known.linked("membercare_organizations__customwebshop_customer")["5501"]
    before = known.get("customwebshop", "customer", shop)["name"]

    def refuse(request: Request) -> Response | None:
        return Response('"no"', 403) if request.path.endswith("/5501") else None

    known.edit("membercare", "organizations", "5501", name="Senere")
    membercare.before.append(refuse)
    known.sync()
    membercare.before.remove(refuse)

    assert known.get("customwebshop", "customer", shop)["name"] == before
    [(key, message)] = known.ask(
        "select record_key, message from inspection.findings "
        "where kind = 'unconfirmed_edit'"
    )
    assert key == "membercare:organizations:5501"
    assert "Senere" in message
    known.sync()
    assert known.get("customwebshop", "customer", shop)["name"] == "Senere"


@pytest.mark.every_day
def test_a_record_that_paging_left_out_is_there_all_the_same(known: Meeting) -> None:
    contact = known.linked("tidsbanken_ansatt__crmoffice_contacts")["414"]
    with lists_of(known) as lists:
        lists["crmoffice"].left_out.add(contact)
        known.edit("tidsbanken", "ansatt", "414", Fornavn="Utelatt")
        known.sync(full=True)

        assert f"/contacts/{contact}" in read_singly(known)["crmoffice"]
        assert known.get("crmoffice", "contacts", contact)["givenName"] == "Utelatt"


def test_a_closed_company_is_not_asked_for_again_at_once(known: Meeting) -> None:
    known.systems["membercare"].insert("companies", {"companyName": "Blir AS"})
    known.edit("membercare", "companies", "104417", closeDate="2025-01-01T00:00:00")

    known.sync()
    assert read_singly(known)["membercare"] == ["/api/v1/companies/104417"]
    known.sync()
    assert "membercare" not in read_singly(known)


def test_a_record_that_is_gone_is_asked_for_once(known: Meeting) -> None:
    contact = known.linked("tidsbanken_ansatt__crmoffice_contacts")["415"]
    known.systems["crmoffice"].remove("contacts", contact)

    known.sync(full=True)
    assert read_singly(known)["crmoffice"] == [f"/contacts/{contact}"]
    known.sync(full=True)
    assert "crmoffice" not in read_singly(known)


def test_a_system_with_too_much_to_confirm_rests(known: Meeting) -> None:
    _set_limit(known, 0)
    try:
        known.edit("membercare", "organizations", "5501", name="Mistenkelig")
        report = known.sync()

        assert report.exit_code == 4
        assert "membercare rests: 1 records show an edit" in " ".join(report.warnings)
        assert "membercare" not in read_singly(known)
        assert known.writes() == {}
    finally:
        _set_limit(known, 1000)


def _set_limit(meeting: Meeting, records: int) -> None:
    with duckdb.connect(str(meeting.home.warehouse)) as warehouse:
        warehouse.execute(
            "update seeds.limits set limit_value = ? "
            "where limit_name = 'confirm_count'",
            [records],
        )
