"""Faults as a caller meets them on the wire; every kind has its story here.

A story is named after its kind, and the kind must be reached in it: a kind without a
story fails, a story whose fault never happens fails, too.
"""

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

import httpx2
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from simulators.faults.plan import KINDS, Fault, Faults, fault_of
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.exact_json import loads
from simulators.kit.server import serve
from simulators.kit.stage import open_simulators, without_rate_limits
from simulators.kit.store import Store
from simulators.kit.target import Target, target_of
from simulators.kit.wire import InProcess

ORIGIN = "http://simulator.test"
MERGE = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}


@dataclass(frozen=True)
class Scene:
    """A web shop with three customers, a member register, and what befalls them."""

    systems: dict[str, Simulator]
    faults: Faults
    clock: VirtualClock

    @property
    def keys(self) -> list[str]:
        """The keys of the customers, in the order in which a list shows them."""
        return [row["id"] for row in self.http().get("/customers").json()["data"]]

    def befalls(self, kind: str, operation: str = "any", **more: Any) -> None:
        """Let it happen to customers of the shop."""
        self.faults.add(
            Fault(kind, "customwebshop", operation, entity="customer", **more)
        )

    def http(self, system: str = "customwebshop") -> httpx2.Client:
        """Give a client that is signed in."""
        simulator = self.systems[system]
        settings = simulator.settings(ORIGIN)
        http = httpx2.Client(
            transport=InProcess(simulator.wsgi, sleep=self.clock.advance),
            base_url=settings["base_url"],
            timeout=30,
        )
        if system == "membercare":
            keys = {
                "clientApiKey": settings["client_api_key"],
                "personToImpersonate": settings["person_to_impersonate"],
            }
            http.headers["token"] = http.post("/token", json=keys).json()["value"]
        else:
            http.headers["Authorization"] = f"Bearer {settings['token']}"
        return http

    def listed(self, **query: Any) -> list[Any]:
        """Give the names that a list of customers shows."""
        body = self.http().get("/customers", params=query).json()
        return [row["name"] for row in body["data"]]

    def rename(self, key: str, name: str) -> httpx2.Response:
        """Rename a customer over the wire."""
        return self.http().patch(
            f"/customers/{key}", json={"name": name}, headers=MERGE
        )

    def name(self, key: str) -> str:
        """Give the name that is stored."""
        record = self.systems["customwebshop"].get("customer", key)
        assert record is not None
        return str(record["name"])


@pytest.fixture
def scene(store: Store, clock: VirtualClock) -> Scene:
    """The scene, before anything goes wrong."""
    systems = open_simulators(store, clock=clock, knobs=without_rate_limits())
    for number, name in enumerate(("Nordlys", "Sørbygg", "Vestmur")):
        clock.advance(1)
        systems["customwebshop"].insert(
            "customer", {"name": name, "phone": f"+47 900 00 00{number}"}
        )
        systems["membercare"].insert("products", {"id": number + 1, "name": name})
    return Scene(systems, Faults(systems, clock=clock, sleep=clock.advance), clock)


STORIES: dict[str, Callable[[Scene], None]] = {}


def story(tell: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """Enter a story under its name."""
    STORIES[tell.__name__] = tell
    return tell


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


@story
def timeout_before(scene: Scene) -> None:
    key = scene.keys[0]
    before = scene.clock()
    scene.befalls("timeout_before", "update")

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Nordlys"
    assert (scene.clock() - before).total_seconds() == 30


@story
def timeout_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("timeout_after", "update")

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Ny"


@story
def timeout_applied_late(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("timeout_applied_late", "update", seconds=300)

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")
    at_once = scene.http().get(f"/customers/{key}").json()["name"]
    scene.clock.advance(300)
    later = scene.http().get(f"/customers/{key}").json()["name"]

    assert (at_once, later) == ("Nordlys", "Ny")


@story
def reset_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("reset_before", "update")

    with pytest.raises(httpx2.ReadError):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Nordlys"


@story
def reset_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("reset_after", "update")

    with pytest.raises(httpx2.ReadError):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Ny"


@story
def reset_halfway(scene: Scene) -> None:
    scene.befalls("reset_halfway", "list")

    with pytest.raises(httpx2.RemoteProtocolError):
        scene.listed()


@story
def truncated_json(scene: Scene) -> None:
    scene.befalls("truncated_json", "list")

    answer = scene.http().get("/customers")

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(answer.content))
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        loads(answer.content)


@story
def html_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("html_before", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert scene.name(key) == "Nordlys"


@story
def html_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("html_after", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert scene.name(key) == "Ny"


@story
def error_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("error_before", "update")

    assert scene.rename(key, "Ny").status_code == 500
    assert scene.name(key) == "Nordlys"


@story
def error_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("error_after", "update")

    assert scene.rename(key, "Ny").status_code == 500
    assert scene.name(key) == "Ny"


def refused_once(scene: Scene, kind: str) -> httpx2.Response:
    """Give the answer to a rename that does not come through the first time."""
    key = scene.keys[0]
    scene.befalls(kind, "update")
    answer = scene.rename(key, "Ny")
    assert scene.name(key) == "Nordlys"
    assert scene.rename(key, "Ny").status_code == 200
    return answer


@story
def too_many_seconds(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_seconds")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


@story
def too_many_date(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_date")

    until: datetime = parsedate_to_datetime(answer.headers["Retry-After"])
    assert (until - scene.clock()).total_seconds() == 5


@story
def too_many_silent(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_silent")

    assert (answer.status_code, "Retry-After" in answer.headers) == (429, False)


@story
def too_many_year(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_year")

    assert int(answer.headers["Retry-After"]) == 365 * 86_400


@story
def too_many_garbage(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_garbage")

    assert answer.headers["Retry-After"] == "in a while"


@story
def too_many_negative(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_negative")

    assert answer.headers["Retry-After"] == "-30"


@story
def unavailable(scene: Scene) -> None:
    answer = refused_once(scene, "unavailable")

    assert (answer.status_code, "Retry-After" in answer.headers) == (503, False)


@story
def unavailable_seconds(scene: Scene) -> None:
    answer = refused_once(scene, "unavailable_seconds")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


@story
def token_revoked(scene: Scene) -> None:
    scene.faults.add(Fault("token_revoked", "membercare", count=None, skip=1))
    http = scene.http("membercare")

    statuses = [http.get("/products").status_code for _ in range(3)]
    scene.clock.advance(1)
    anew = scene.http("membercare").get("/products").status_code

    assert (statuses, anew) == ([200, 401, 401], 200)


@story
def forbidden(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("forbidden", "read", record_id=second)

    answers = [scene.http().get(f"/customers/{key}") for key in (first, second)]

    assert [answer.status_code for answer in answers] == [200, 403]


@story
def privilege_missing(scene: Scene) -> None:
    scene.befalls("privilege_missing", count=None)

    answers = [scene.http().get(path) for path in ("/customers", "/products")]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert answers[0].json()["title"] == "Missing privilege"


@story
def refused(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("refused", "update", record_id=second, member="name")

    answers = [scene.rename(key, "Ny") for key in (first, second)]

    assert [answer.status_code for answer in answers] == [200, 400]
    assert "name" in answers[1].text


@story
def redirect_elsewhere(scene: Scene) -> None:
    scene.befalls("redirect_elsewhere", "list")

    answer = scene.http().get("/customers?limit=2")

    assert answer.status_code == 307
    location = "https://elsewhere.example/api/v1/customers?limit=2"
    assert answer.headers["Location"] == location


@story
def person_edits(scene: Scene) -> None:
    key = scene.keys[0]
    shop = scene.systems["customwebshop"]
    scene.befalls(
        "person_edits", skip=1, action=lambda: shop.edit("customer", key, {"name": "A"})
    )

    names = [scene.http().get(f"/customers/{key}").json()["name"] for _ in range(3)]

    assert names == ["Nordlys", "A", "A"]


@story
def other_record(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("other_record")  # a read shows what was asked for

    read = scene.http().get(f"/customers/{second}").json()["id"]
    answer = scene.rename(second, "Ny").json()

    assert (read, answer["id"], answer["name"]) == (second, first, "Nordlys")
    assert scene.name(second) == "Ny"


@story
def slow(scene: Scene) -> None:
    before = scene.clock()
    scene.befalls("slow", "list")

    answer = scene.http().get("/customers")

    passed = (scene.clock() - before).total_seconds()
    assert passed == len(answer.content) > 100


@story
def huge(scene: Scene) -> None:
    scene.befalls("huge", "list")
    size = 0

    with scene.http().stream("GET", "/customers") as answer:
        for chunk in answer.iter_bytes():
            size += len(chunk)

    assert size > 100 * 2**20
    assert "Content-Length" not in answer.headers


@story
def gzip_twice(scene: Scene) -> None:
    scene.befalls("gzip_twice", "list")

    with scene.http().stream("GET", "/customers") as answer:
        body = b"".join(answer.iter_raw())

    assert answer.headers["Content-Encoding"] == "gzip, gzip"
    assert b"Nordlys" in gzip.decompress(gzip.decompress(body))


@story
def gzip_bomb(scene: Scene) -> None:
    scene.befalls("gzip_bomb", "list")

    with scene.http().stream("GET", "/customers") as answer:
        body = b"".join(answer.iter_raw())

    assert len(body) < 2**20
    assert len(gzip.decompress(body)) >= 100 * 2**20


@story
def gzip_drip(scene: Scene) -> None:
    before = scene.clock()
    scene.befalls("gzip_drip", "list")

    with scene.http().stream("GET", "/customers") as answer:
        chunks = list(islice(answer.iter_raw(), 100))

    assert (scene.clock() - before).total_seconds() >= 90
    assert zlib.decompressobj(31).decompress(b"".join(chunks)) == b""


@story
def list_stale(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("list_stale", "list", record_id=key, count=2)
    scene.listed()
    scene.systems["customwebshop"].edit("customer", key, {"name": "Ny"})

    lists = [scene.listed() for _ in range(3)]

    assert ["Nordlys" in names for names in lists] == [True, True, False]
    assert scene.http().get(f"/customers/{key}").json()["name"] == "Ny"


@story
def list_row_twice(scene: Scene) -> None:
    scene.befalls("list_row_twice", "list", record_id=scene.keys[0])

    assert scene.listed() == ["Nordlys", "Sørbygg", "Vestmur", "Nordlys"]


@story
def list_row_missing(scene: Scene) -> None:
    scene.befalls("list_row_missing", "list", record_id=scene.keys[1])

    assert scene.listed() == ["Nordlys", "Vestmur"]


@story
def list_empty(scene: Scene) -> None:
    scene.befalls("list_empty", "list")

    answer = scene.http().get("/customers", params={"limit": 2})

    assert answer.json() == {"data": [], "nextCursor": None}


@story
def list_half(scene: Scene) -> None:
    scene.befalls("list_half", "list", count=None)
    http, names = scene.http(), []
    link = "/products?pageSize=1"

    shown = scene.listed()
    scene.faults.add(Fault("list_half", "membercare", "list", count=None))
    http = scene.http("membercare")
    while link:
        body = http.get(link).json()
        names += [row["name"] for row in body["result"]]
        link = body["nextPageUrl"]

    assert (len(shown), names) == (1, ["Nordlys"])


def links(scene: Scene, kind: str, pages: int) -> list[str]:
    """Give the links of the first pages of a member register's list."""
    scene.faults.add(Fault(kind, "membercare", "list", count=None))
    http, link, seen = scene.http("membercare"), "/products?pageSize=1", []
    for _ in range(pages):
        link = http.get(link).json()["nextPageUrl"]
        seen.append(link)
    return seen


def contacts(scene: Scene, kind: str) -> list[list[str]]:
    """Give the ids of six pages of one contact each, where pages have numbers."""
    crm = scene.systems["crmoffice"]
    for number in range(6):
        crm.insert("contacts", {"familyName": f"Nr {number}"})
    scene.faults.add(Fault(kind, "crmoffice", "list", count=None))
    settings = crm.settings(ORIGIN)
    form = {name: settings[name] for name in ("client_id", "client_secret")}
    form |= {"grant_type": "refresh_token", "refresh_token": settings["refresh_token"]}
    http = httpx2.Client(transport=InProcess(crm.wsgi))
    token = http.post(settings["token_url"], data=form).json()["access_token"]
    http.headers["Authorization"] = f"Bearer {token}"
    pages = [
        http.get(f"{ORIGIN}/contacts?pageSize=1&page={number}").json()["items"]
        for number in range(1, 6)
    ]
    return [[row["id"] for row in page] for page in pages]


@story
def page_loop(scene: Scene) -> None:
    second, again, once_more = links(scene, "page_loop", 3)
    numbered = contacts(scene, "page_loop")

    assert second == again == once_more
    assert numbered == [numbered[0]] * 5


@story
def page_cycle(scene: Scene) -> None:
    second, third, again, once_more = links(scene, "page_cycle", 4)
    numbered = contacts(scene, "page_cycle")

    assert second != third
    assert (again, once_more) == (second, third)
    assert numbered[0] != numbered[1]
    assert numbered == [numbered[number % 2] for number in range(5)]


@story
def page_endless(scene: Scene) -> None:
    seen = links(scene, "page_endless", 7)
    numbered = contacts(scene, "page_endless")

    assert len(set(seen)) == 7
    assert len({key for page in numbered for key in page}) == 5


@story
def link_elsewhere(scene: Scene) -> None:
    [link] = links(scene, "link_elsewhere", 1)

    assert link.startswith("https://elsewhere.example/api/v1/products?")


@story
def write_ignored(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("write_ignored", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.json()["name"]) == (200, "Ny")
    assert scene.name(key) == "Nordlys"
    assert scene.faults.reached_on == {
        ("write_ignored", f"customwebshop:customer:{key}")
    }


@story
def stored_truncated(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_truncated", "update", member="name")

    scene.rename(key, "Nordlys Bygg")

    assert scene.name(key) == "Nordl"


@story
def stored_trimmed(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_trimmed", "update")

    scene.rename(key, " Nordlys Bygg ")

    assert scene.name(key) == "Nordlys Bygg"


@story
def stored_lower_case(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_lower_case", "update")

    scene.rename(key, "Nordlys Bygg")

    assert scene.name(key) == "nordlys bygg"


@story
def stored_phone(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_phone", "update")

    scene.rename(key, "+47 911 22 333")

    assert scene.name(key) == "91122333"


@story
def member_missing(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("member_missing", record_id=second, member="phone", count=None)

    rows = scene.http().get("/customers").json()["data"]
    alone = [scene.http().get(f"/customers/{key}").json() for key in (first, second)]

    assert ["phone" in row for row in rows] == [True, False, True]
    assert ["phone" in record for record in alone] == [True, False]


@story
def member_number_as_text(scene: Scene) -> None:
    scene.befalls("member_number_as_text", "list", member="version")

    rows = scene.http().get("/customers").json()["data"]

    assert [row["version"] for row in rows] == ["1", "1", "1"]


@story
def member_text_as_object(scene: Scene) -> None:
    scene.befalls("member_text_as_object", "list", member="name")

    assert scene.listed()[0] == {"value": "Nordlys"}


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


@story
def value_refused(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("value_refused", "update", member="name")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, scene.name(key)) == (400, "Nordlys")
    assert "name: is not valid" in answer.json()["message"]
    scene.befalls("value_refused", "update", member="name")
    assert scene.rename(key, "Nordlys").status_code == 200  # it is nothing new


@story
def value_refused_unnamed(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("value_refused_unnamed", "update", member="name")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, scene.name(key)) == (400, "Nordlys")
    assert "name" not in answer.text
