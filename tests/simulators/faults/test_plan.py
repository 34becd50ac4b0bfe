"""Faults as a caller meets them on the wire; every kind has its story here.

A story is named after its kind, and the kind must be reached in it: a kind without a
story fails, a story whose fault never happens fails, too."""

import time

import httpx2
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from simulators.faults.plan import KINDS, Fault, Faults, fault_of
from simulators.kit.server import serve
from simulators.kit.stage import open_simulators
from simulators.kit.store import Store
from simulators.kit.target import Target, target_of
from simulators.kit.wire import InProcess
from tests.simulators.faults import answers, lists, values
from tests.simulators.faults.scene import ORIGIN, Scene

STORIES = {**answers.STORIES, **lists.STORIES, **values.STORIES}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_has_a_story_in_which_it_happens(
    kind: str, scene: Scene
) -> None:
    STORIES[kind](scene)

    reached = {name.rpartition(":")[2] for name, times in scene.faults.reached.items()}
    assert reached == {kind}
    assert not scene.faults.missed


def test_every_story_is_about_a_kind_that_there_is() -> None:
    assert STORIES.keys() == KINDS.keys()


def test_a_fault_hits_as_often_as_it_says_after_those_that_it_lets_pass(
    scene: Scene,
) -> None:
    scene.befalls("error_before", "list", skip=1, count=2)

    statuses = [scene.http().get("/customers").status_code for _ in range(5)]

    assert statuses == [200, 500, 500, 200, 200]
    assert scene.faults.reached["customwebshop:list:error_before"] == 2


def test_faults_of_whole_answers_take_turns_and_others_share_one(scene: Scene) -> None:
    first, second, _ = scene.keys
    for kind in ("html_before", "error_after", "html_after"):
        scene.befalls(kind, "update")
    scene.befalls("list_row_missing", "list", record_id=first)
    scene.befalls("list_row_twice", "list", record_id=second)

    statuses = [scene.rename(first, "Ny").status_code for _ in range(4)]

    assert statuses == [200, 500, 200, 200]
    assert scene.listed() == ["Sørbygg", "Vestmur", "Sørbygg"]
    assert set(scene.faults.reached.values()) == {1}


@pytest.mark.parametrize(
    ("operation", "kind", "shown"),
    [
        ("any", "list_empty", 0),
        ("read", "list_row_missing", 0),
        ("list", "list_empty", 1),
    ],
)
def test_a_list_that_answers_for_one_record_can_lack_it_too(
    scene: Scene, operation: str, kind: str, shown: int
) -> None:
    bank = scene.systems["tidsbanken"]
    bank.insert("ansatt", {"Id": 411, "Fornavn": "Kari", "Etternavn": "Ås"})
    scene.faults.add(Fault(kind, "tidsbanken", operation, "ansatt"))
    settings = bank.settings(ORIGIN)
    http = httpx2.Client(
        transport=InProcess(bank.wsgi, sleep=scene.clock.advance),
        base_url=settings["base_url"],
        headers={
            "tb-key": settings["tb_key"],
            "x-api-version": "3.0",
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
        },
    )

    answer = http.get("/ansatt/ansatt", params={"$filter": "Id eq 411", "$top": 1})

    assert len(answer.json()["value"]) == shown


def test_a_write_that_the_system_refuses_is_not_lost_after_it_was_applied(
    scene: Scene,
) -> None:
    scene.befalls("timeout_after", "update")

    answer = scene.rename("nobody", "Ny")

    assert answer.status_code == 404
    assert scene.faults.missed == ["customwebshop:update:timeout_after"]


def test_over_sockets_an_answer_is_lost_by_closing_and_a_time_out_takes_time(
    store: Store,
) -> None:
    systems = open_simulators(store)
    shop = systems["customwebshop"]
    faults = Faults(systems)
    for kind, seconds in (("reset_before", None), ("timeout_before", 5.0)):
        faults.add(Fault(kind, "customwebshop", seconds=seconds))
    faults.add(Fault("reset_halfway", "customwebshop", "list"))

    with serve([shop]) as origins, httpx2.Client(timeout=0.2) as http:
        settings = shop.settings(origins["customwebshop"])
        http.headers["Authorization"] = f"Bearer {settings['token']}"
        address = settings["base_url"] + "/customers"
        with pytest.raises(httpx2.RemoteProtocolError, match="without sending"):
            http.get(address)
        with pytest.raises(httpx2.ReadTimeout):
            http.get(address)
        with pytest.raises(httpx2.RemoteProtocolError, match="complete message"):
            http.get(address)
        answer = http.get(address)
        stopping = time.monotonic()

    assert answer.json() == {"data": [], "nextCursor": None}
    assert time.monotonic() - stopping < 3
    assert not faults.missed


@pytest.mark.parametrize(
    ("system", "method", "path", "body", "expected"),
    [
        ("crmoffice", "POST", "/connect/token", None, Target("sign_in")),
        ("crmoffice", "POST", "/contacts", None, Target("create", "contacts")),
        ("crmoffice", "GET", "/contacts/9", None, Target("read", "contacts", "9")),
        (
            "tidsbanken",
            "GET",
            "/ansatt/ansatt",
            None,
            Target("list", "ansatt", is_of_list=True),
        ),
        (
            "tidsbanken",
            "GET",
            "/ansatt/ansatt?$filter=Id eq 411",
            None,
            Target("read", "ansatt", "411", is_of_list=True),
        ),
        (
            "tidsbanken",
            "PUT",
            "/ansatt/ansatt",
            b'[{"Id": 411}]',
            Target("update", "ansatt", "411"),
        ),
        (
            "tidsbanken",
            "GET",
            "/prosjekt/Kunde('K1')",
            None,
            Target("read", "kunde", "K1"),
        ),
        (
            "tidsbanken",
            "PATCH",
            "/ansatt/Avdeling/10",
            b"{}",
            Target("update", "avdeling", "10"),
        ),
        (
            "membercare",
            "POST",
            "/api/v1/companies/104417/contacts",
            b"[]",
            Target("update", "companies", "104417"),
        ),
        (
            "powerofficego",
            "POST",
            "/v2/ContactPersons/7",
            b"{}",
            Target("create", "contactperson"),
        ),
        (
            "custompms",
            "DELETE",
            "/api/v1/projects/p9",
            None,
            Target("delete", "project", "p9"),
        ),
    ],
)
def test_what_a_request_is_about_is_found_in_every_system(
    scene: Scene,
    system: str,
    method: str,
    path: str,
    body: bytes | None,
    expected: Target,
) -> None:
    scene.systems["tidsbanken"].insert(
        "ansatt", {"Id": 411, "Fornavn": "Kari", "Etternavn": "Ås"}
    )
    company = {"debtorAccountNumber": "104417", "companyName": "Medlem AS"}
    scene.systems["membercare"].insert("companies", company)
    address, _, query = path.partition("?")
    environ = EnvironBuilder(
        address, method=method, query_string=query, data=body
    ).get_environ()

    assert target_of(scene.systems[system], Request(environ)) == expected


def test_a_fault_is_read_from_what_a_person_writes() -> None:
    fault = fault_of("crmoffice:update:timeout_after:count=all:record_id=17")

    assert fault == Fault(
        "timeout_after", "crmoffice", "update", record_id="17", count=None
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crmoffice:update", "write system:operation:kind"),
        ("crmoffice:update:slow:often", "count"),
        ("crmoffice:update:broken", "no kind of fault 'broken'"),
        ("crm:update:slow", "no system 'crm'"),
        ("crmoffice:put:slow", "no operation 'put'"),
        ("crmoffice:update:slow:entity=kunde", "crmoffice has no 'kunde'"),
        ("crmoffice:update:slow:count=often", "'count=often' is no number"),
        ("crmoffice:list:member_missing", "needs its member"),
        ("crmoffice:update:person_edits", "needs its action"),
    ],
)
def test_a_fault_that_cannot_be_says_what_there_is(
    scene: Scene, text: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        scene.faults.add(fault_of(text))
