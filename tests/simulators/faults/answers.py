"""Stories of answers that are lost, late, broken or refused."""

import gzip
import zlib
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice

import httpx2
import pytest

from simulators.faults.plan import Fault
from simulators.kit.exact_json import loads
from tests.simulators.faults.scene import Scene, Stories

STORIES = Stories()


@STORIES.add
def timeout_before(scene: Scene) -> None:
    key = scene.keys[0]
    before = scene.clock()
    scene.befalls("timeout_before", "update")

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Nordlys"
    assert (scene.clock() - before).total_seconds() == 30


@STORIES.add
def timeout_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("timeout_after", "update")

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Ny"


@STORIES.add
def timeout_applied_late(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("timeout_applied_late", "update", seconds=300)

    with pytest.raises(httpx2.ReadTimeout):
        scene.rename(key, "Ny")
    at_once = scene.http().get(f"/customers/{key}").json()["name"]
    scene.clock.advance(300)
    later = scene.http().get(f"/customers/{key}").json()["name"]

    assert (at_once, later) == ("Nordlys", "Ny")


@STORIES.add
def reset_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("reset_before", "update")

    with pytest.raises(httpx2.ReadError):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Nordlys"


@STORIES.add
def reset_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("reset_after", "update")

    with pytest.raises(httpx2.ReadError):
        scene.rename(key, "Ny")

    assert scene.name(key) == "Ny"


@STORIES.add
def reset_halfway(scene: Scene) -> None:
    scene.befalls("reset_halfway", "list")

    with pytest.raises(httpx2.RemoteProtocolError):
        scene.listed()


@STORIES.add
def truncated_json(scene: Scene) -> None:
    scene.befalls("truncated_json", "list")

    answer = scene.http().get("/customers")

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(answer.content))
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        loads(answer.content)


@STORIES.add
def html_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("html_before", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert scene.name(key) == "Nordlys"


@STORIES.add
def html_after(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("html_after", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert scene.name(key) == "Ny"


@STORIES.add
def error_before(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("error_before", "update")

    assert scene.rename(key, "Ny").status_code == 500
    assert scene.name(key) == "Nordlys"


@STORIES.add
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


@STORIES.add
def too_many_seconds(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_seconds")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


@STORIES.add
def too_many_date(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_date")

    until: datetime = parsedate_to_datetime(answer.headers["Retry-After"])
    assert (until - scene.clock()).total_seconds() == 5


@STORIES.add
def too_many_silent(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_silent")

    assert (answer.status_code, "Retry-After" in answer.headers) == (429, False)


@STORIES.add
def too_many_year(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_year")

    assert int(answer.headers["Retry-After"]) == 365 * 86_400


@STORIES.add
def too_many_garbage(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_garbage")

    assert answer.headers["Retry-After"] == "in a while"


@STORIES.add
def too_many_negative(scene: Scene) -> None:
    answer = refused_once(scene, "too_many_negative")

    assert answer.headers["Retry-After"] == "-30"


@STORIES.add
def unavailable(scene: Scene) -> None:
    answer = refused_once(scene, "unavailable")

    assert (answer.status_code, "Retry-After" in answer.headers) == (503, False)


@STORIES.add
def unavailable_seconds(scene: Scene) -> None:
    answer = refused_once(scene, "unavailable_seconds")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


@STORIES.add
def token_revoked(scene: Scene) -> None:
    scene.faults.add(Fault("token_revoked", "membercare", count=None, skip=1))
    http = scene.http("membercare")

    statuses = [http.get("/products").status_code for _ in range(3)]
    scene.clock.advance(1)
    anew = scene.http("membercare").get("/products").status_code

    assert (statuses, anew) == ([200, 401, 401], 200)


@STORIES.add
def forbidden(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("forbidden", "read", record_id=second)

    answers = [scene.http().get(f"/customers/{key}") for key in (first, second)]

    assert [answer.status_code for answer in answers] == [200, 403]


@STORIES.add
def privilege_missing(scene: Scene) -> None:
    scene.befalls("privilege_missing", count=None)

    answers = [scene.http().get(path) for path in ("/customers", "/products")]

    assert [answer.status_code for answer in answers] == [400, 200]
    assert answers[0].json()["title"] == "Missing privilege"


@STORIES.add
def refused(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("refused", "update", record_id=second, member="name")

    answers = [scene.rename(key, "Ny") for key in (first, second)]

    assert [answer.status_code for answer in answers] == [200, 400]
    assert "name" in answers[1].text


@STORIES.add
def redirect_elsewhere(scene: Scene) -> None:
    scene.befalls("redirect_elsewhere", "list")

    answer = scene.http().get("/customers?limit=2")

    assert answer.status_code == 307
    location = "https://elsewhere.example/api/v1/customers?limit=2"
    assert answer.headers["Location"] == location


@STORIES.add
def person_edits(scene: Scene) -> None:
    key = scene.keys[0]
    shop = scene.systems["customwebshop"]
    scene.befalls(
        "person_edits", skip=1, action=lambda: shop.edit("customer", key, {"name": "A"})
    )

    names = [scene.http().get(f"/customers/{key}").json()["name"] for _ in range(3)]

    assert names == ["Nordlys", "A", "A"]


@STORIES.add
def other_record(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("other_record")  # a read shows what was asked for

    read = scene.http().get(f"/customers/{second}").json()["id"]
    answer = scene.rename(second, "Ny").json()

    assert (read, answer["id"], answer["name"]) == (second, first, "Nordlys")
    assert scene.name(second) == "Ny"


@STORIES.add
def slow(scene: Scene) -> None:
    before = scene.clock()
    scene.befalls("slow", "list")

    answer = scene.http().get("/customers")

    passed = (scene.clock() - before).total_seconds()
    assert passed == len(answer.content) > 100


@STORIES.add
def huge(scene: Scene) -> None:
    scene.befalls("huge", "list")
    size = 0

    with scene.http().stream("GET", "/customers") as answer:
        for chunk in answer.iter_bytes():
            size += len(chunk)

    assert size > 100 * 2**20
    assert "Content-Length" not in answer.headers


@STORIES.add
def gzip_twice(scene: Scene) -> None:
    scene.befalls("gzip_twice", "list")

    with scene.http().stream("GET", "/customers") as answer:
        body = b"".join(answer.iter_raw())

    assert answer.headers["Content-Encoding"] == "gzip, gzip"
    assert b"Nordlys" in gzip.decompress(gzip.decompress(body))


@STORIES.add
def gzip_bomb(scene: Scene) -> None:
    scene.befalls("gzip_bomb", "list")

    with scene.http().stream("GET", "/customers") as answer:
        body = b"".join(answer.iter_raw())

    assert len(body) < 2**20
    assert len(gzip.decompress(body)) >= 100 * 2**20


@STORIES.add
def gzip_drip(scene: Scene) -> None:
    before = scene.clock()
    scene.befalls("gzip_drip", "list")

    with scene.http().stream("GET", "/customers") as answer:
        chunks = list(islice(answer.iter_raw(), 100))

    assert (scene.clock() - before).total_seconds() >= 90
    assert zlib.decompressobj(31).decompress(b"".join(chunks)) == b""
