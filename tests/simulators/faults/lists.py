"""Stories of lists that are old, short or without an end."""

import httpx2

from simulators.faults.plan import Fault
from simulators.kit.wire import InProcess
from tests.simulators.faults.scene import ORIGIN, Scene, Stories

STORIES = Stories()


@STORIES.add
def list_stale(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("list_stale", "list", record_id=key, count=2)
    scene.listed()
    scene.systems["customwebshop"].edit("customer", key, {"name": "Ny"})

    lists = [scene.listed() for _ in range(3)]

    assert ["Nordlys" in names for names in lists] == [True, True, False]
    assert scene.http().get(f"/customers/{key}").json()["name"] == "Ny"


@STORIES.add
def list_row_twice(scene: Scene) -> None:
    scene.befalls("list_row_twice", "list", record_id=scene.keys[0])

    assert scene.listed() == ["Nordlys", "Sørbygg", "Vestmur", "Nordlys"]


@STORIES.add
def list_row_missing(scene: Scene) -> None:
    scene.befalls("list_row_missing", "list", record_id=scene.keys[1])

    assert scene.listed() == ["Nordlys", "Vestmur"]


@STORIES.add
def list_empty(scene: Scene) -> None:
    scene.befalls("list_empty", "list")

    answer = scene.http().get("/customers", params={"limit": 2})

    assert answer.json() == {"data": [], "nextCursor": None}


@STORIES.add
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


@STORIES.add
def page_loop(scene: Scene) -> None:
    second, again, once_more = links(scene, "page_loop", 3)
    numbered = contacts(scene, "page_loop")

    assert second == again == once_more
    assert numbered == [numbered[0]] * 5


@STORIES.add
def page_cycle(scene: Scene) -> None:
    second, third, again, once_more = links(scene, "page_cycle", 4)
    numbered = contacts(scene, "page_cycle")

    assert second != third
    assert (again, once_more) == (second, third)
    assert numbered[0] != numbered[1]
    assert numbered == [numbered[number % 2] for number in range(5)]


@STORIES.add
def page_endless(scene: Scene) -> None:
    seen = links(scene, "page_endless", 7)
    numbered = contacts(scene, "page_endless")

    assert len(set(seen)) == 7
    assert len({key for page in numbered for key in page}) == 5


@STORIES.add
def link_elsewhere(scene: Scene) -> None:
    [link] = links(scene, "link_elsewhere", 1)

    assert link.startswith("https://elsewhere.example/api/v1/products?")
