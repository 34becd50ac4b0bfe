"""Reading single records of every system: found, gone, and no clear answer."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.run.load import LoadResult
from loaders.run.single import Suspect, read_singly, rest_systems
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]

KEY = b"a key for tests"
SECRET = "01828012327"


@dataclass(frozen=True)
class Case:
    """One entity: a record of it, an edit, and the members that make its id."""

    system: str
    entity: str
    record: dict[str, Any]
    edit: dict[str, Any]
    key: tuple[str, ...]


CASES = [
    Case(
        "tidsbanken",
        "ansatt",
        {
            "Id": 412,
            "Personnummer": SECRET,
            "Fornavn": "Kari",
            "Etternavn": "Ås",
        },
        {"Fornavn": "Ola"},
        ("Id",),
    ),
    Case(
        "tidsbanken",
        "avdeling",
        {"Id": "010", "Navn": "Montasje"},
        {"Navn": "Økonomi"},
        ("Id",),
    ),
    Case(
        "tidsbanken",
        "kunde",
        {"Id": "K'1/2", "Navn": "Nordlys"},
        {"Navn": "Sørlys"},
        ("Id",),
    ),
    Case(
        "tidsbanken",
        "prosjekt",
        {"Id": "20017", "Navn": "Lager"},
        {"Navn": "Bru"},
        ("Id",),
    ),
    Case(
        "powerofficego",
        "employees",
        {"FirstName": "Ola", "LastName": "Ås"},
        {"FirstName": "Kari"},
        ("Id",),
    ),
    Case(
        "powerofficego", "customers", {"Name": "Nordlys"}, {"Name": "Sørlys"}, ("Id",)
    ),
    Case(
        "powerofficego",
        "contactperson",
        {"FirstName": "Kari", "LastName": "Ås", "SocialSecurityNumber": SECRET},
        {"FirstName": "Ola"},
        ("ContactId", "Id"),
    ),
    Case("crmoffice", "contacts", {"familyName": "Ås"}, {"givenName": "Ola"}, ("id",)),
    Case(
        "crmoffice", "activities", {"subject": "Befaring"}, {"subject": "Møte"}, ("id",)
    ),
    Case(
        "membercare",
        "companies",
        {
            "companyName": "Nordlys",
            "contacts": [
                {
                    "id": 1,
                    "type": 1,
                    "value": "post@nordlys.example",
                    "start": "2024-01-01",
                }
            ],
        },
        {"companyName": "Sørlys"},
        ("debtorAccountNumber",),
    ),
    Case(
        "membercare",
        "organizations",
        {"identificationNumber": "5501", "name": "Lokallag"},
        {"name": "Lag"},
        ("identificationNumber",),
    ),
    Case(
        "membercare",
        "products",
        {"id": 31, "name": "Kurs"},
        {"name": "Kursavgift"},
        ("id",),
    ),
    Case(
        "membercare",
        "invoices",
        {"id": 700512, "payer": {"debtorAccountNumber": "2", "memberType": 1}},
        {"financeStatus": 1},
        ("id",),
    ),
    Case("customwebshop", "customer", {"name": "Nordlys"}, {"name": "Sørlys"}, ("id",)),
    Case("customwebshop", "order", {}, {"status": "shipped"}, ("id",)),
    Case(
        "customwebshop",
        "product",
        {"name": "Skrue", "unitPrice": 100.0},
        {"name": "Spiker"},
        ("id",),
    ),
    Case("custompms", "customer", {"name": "Nordlys"}, {"name": "Sørlys"}, ("id",)),
    Case("custompms", "project", {"name": "Lager"}, {"name": "Bru"}, ("id",)),
]


def _named(case: Case) -> str:
    return f"{case.system} {case.entity}"


@dataclass(frozen=True)
class Scene:
    """A system with one record of an entity, loaded once."""

    case: Case
    system: Simulator
    http: Http
    suspect: Suspect
    own_key: str
    query: Query
    home: Path

    def read(self, suspect: Suspect | None = None) -> dict[str, str]:
        return read_singly(
            self.home,
            {self.case.system: self.http},
            [suspect or self.suspect],
            run_id="run9",
            hash_key=KEY,
        )

    def found(self, record_id: str | None = None) -> tuple[str, str | None]:
        wanted = record_id or self.suspect.record_id
        rows = self.query("select record_id, outcome, words from raw.single_reads")
        [found] = [(row[1], row[2]) for row in rows if row[0] == wanted]
        return found

    def raw(self) -> list[tuple[Any, ...]]:
        return self.query(
            "select record, content_hash, listing_id, loaded_at "
            f'from raw_{self.case.system}."{self.case.entity}" '
            "where record_id = '" + self.suspect.record_id.replace("'", "''") + "'"
        )


@pytest.fixture
def open_scene(
    store: Store,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
    home: Path,
) -> Callable[[Case], Scene]:
    def open_scene(case: Case) -> Scene:
        module = importlib.import_module(f"simulators.{case.system}")
        system: Simulator = module.simulate(store, clock=clock)
        record = dict(case.record)
        if case.entity == "contactperson":
            owner = system.insert("customers", {"Name": "Eier AS"})
            record["ContactId"] = owner["Id"]
        if _named(case) == "custompms project":
            record["customerId"] = system.insert("customer", {"name": "K"})["id"]
        stored = system.insert(case.entity, record)
        http = connect(system)
        load_now(http)
        clock.advance(60)
        own_key = str(stored[case.key[-1]])
        record_id = "/".join(str(stored[name]) for name in case.key)
        suspect = Suspect(case.system, case.entity, record_id)
        return Scene(case, system, http, suspect, own_key, query, home)

    return open_scene


@pytest.mark.parametrize("case", CASES, ids=_named)
def test_each_entity_can_be_read_singly_found_gone_or_refused(
    case: Case, open_scene: Callable[[Case], Scene], load_now: Load
) -> None:
    scene = open_scene(case)
    [before] = scene.raw()
    scene.system.edit(case.entity, scene.suspect.record_id, case.edit)
    scene.system.requests.clear()

    assert scene.read() == {}

    assert len([call for call in scene.system.requests if call.method == "GET"]) == 1
    assert scene.found() == ("found", None)
    [read] = scene.raw()
    assert read[1] != before[1]
    assert read[3] > before[3]
    load_now(scene.http, full=True)
    [listed] = scene.raw()
    assert listed[:2] == read[:2]
    assert SECRET not in read[0]

    unknown = scene.suspect.record_id.replace(scene.own_key, "987654")
    assert scene.read(Suspect(case.system, case.entity, unknown)) == {}
    assert scene.found(unknown)[0] == "gone"

    scene.system.before.append(lambda _: Response('{"message": "no"}', status=403))
    assert scene.read() == {}
    outcome, words = scene.found()
    assert outcome == "failed"
    assert "403" in (words or "")
    assert scene.raw() == [listed]


def _case(name: str) -> Case:
    return next(case for case in CASES if _named(case) == name)


def test_a_tombstone_is_gone_and_is_in_raw(
    open_scene: Callable[[Case], Scene],
) -> None:
    scene = open_scene(_case("customwebshop customer"))
    scene.system.remove("customer", scene.own_key)

    scene.read()

    assert scene.found()[0] == "gone"
    assert '"deletedAt":"2025' in scene.raw()[0][0]


def test_a_web_page_is_not_the_word_of_the_system(
    open_scene: Callable[[Case], Scene],
) -> None:
    scene = open_scene(_case("crmoffice contacts"))
    scene.system.before.append(
        lambda request: (
            Response("<html>", status=404, content_type="text/html")
            if request.method == "GET"
            else None
        )
    )

    scene.read()

    outcome, words = scene.found()
    assert outcome == "failed"
    assert "404" in (words or "")


def test_another_record_is_no_answer(open_scene: Callable[[Case], Scene]) -> None:
    scene = open_scene(_case("tidsbanken ansatt"))

    def ignore_the_filter(request: Request, response: Response) -> Response:
        response.set_data(response.get_data().replace(b'"Id":412', b'"Id":7'))
        return response

    scene.system.after.append(ignore_the_filter)

    scene.read()

    assert scene.found()[0] == "failed"


def test_a_system_that_stops_is_asked_no_more(
    open_scene: Callable[[Case], Scene],
) -> None:
    scene = open_scene(_case("membercare products"))
    scene.system.before.append(lambda _: Response("", status=500))
    suspects = [Suspect("membercare", "products", str(number)) for number in range(50)]
    scene.system.requests.clear()

    stopped = read_singly(
        scene.home, {"membercare": scene.http}, suspects, run_id="r", hash_key=KEY
    )

    assert "500" in stopped["membercare"]
    assert len(scene.system.requests) <= 4 * 4
    assert scene.query(
        "select outcome, count(*) from raw.single_reads group by outcome"
    ) == [("failed", 50)]


def test_a_later_read_takes_the_place_of_an_earlier_one(
    open_scene: Callable[[Case], Scene],
) -> None:
    scene = open_scene(_case("crmoffice contacts"))
    scene.read()
    scene.system.remove("contacts", scene.own_key)

    scene.read()

    assert scene.found()[0] == "gone"


def test_a_system_can_be_let_rest(open_scene: Callable[[Case], Scene]) -> None:
    scene = open_scene(_case("crmoffice contacts"))

    rest_systems(scene.home, {"crmoffice": "too many"})

    assert scene.query(
        "select outcome, error from raw.systems where system_name = 'crmoffice'"
    ) == [("rests", "too many")]
