"""Soft deletes leave a tombstone, hard ones nothing."""

import httpx2

from simulators.kit.clock import VirtualClock
from tests.simulators.own_contract.talk import create, delete, kind, names, patch

# soft-delete-tombstone


def test_soft_delete_tombstone__it_shows_only_where_deleted_ones_are_asked_for(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    gone, stays = create(http, "gone"), create(http, "stays")
    clock.advance(1)

    answer = delete(http, gone["id"], '"1"')

    tombstone = http.get(f"/customers/{gone['id']}")
    assert answer.status_code == 204
    assert names(http.get("/customers")) == ["stays"]
    assert names(http.get("/customers?includeDeleted=true")) == ["stays", "gone"]
    assert names(http.get("/customers?includeDeleted=false")) == [stays["name"]]
    assert tombstone.status_code == 200
    assert tombstone.headers["ETag"] == '"2"'
    assert tombstone.json()["deletedAt"] == "2025-03-03T08:15:01.000Z"
    assert tombstone.json()["updatedAt"] == "2025-03-03T08:15:01.000Z"
    assert tombstone.json()["version"] == 2


def test_soft_delete_tombstone__it_takes_no_patch_but_the_one_that_revives(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key)

    renamed = patch(http, key, {"name": "other"})
    both = patch(http, key, {"deletedAt": None, "name": "other"})
    empty = patch(http, key, {})
    revived = patch(http, key, {"deletedAt": None}, '"2"')

    assert [kind(answer) for answer in (renamed, both, empty)] == [(409, "deleted")] * 3
    assert revived.status_code == 200
    assert (revived.json()["deletedAt"], revived.json()["version"]) == (None, 3)
    assert names(http.get("/customers")) == ["Nordlys"]


def test_soft_delete_tombstone__a_retried_delete_is_stale_and_a_second_one_is_204(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key, '"1"')

    retried = delete(http, key, '"1"')
    second = delete(http, key, '"2"')

    assert kind(retried) == (412, "stale")
    assert second.status_code == 204
    assert http.get(f"/customers/{key}").json()["version"] == 2


# hard-delete-invisible (in use: see each system's own file)


def test_hard_delete_invisible__it_is_gone_from_every_answer(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": '"1"'}

    answer = http.delete(f"/customers/{key}?mode=hard", headers=headers)

    assert answer.status_code == 204
    assert kind(http.get(f"/customers/{key}")) == (404, "not-found")
    assert kind(delete(http, key)) == (404, "not-found")
    assert kind(patch(http, key, {"name": "x"})) == (404, "not-found")
    assert names(http.get("/customers?includeDeleted=true")) == []


def test_hard_delete_invisible__a_tombstone_can_be_removed_for_good_too(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    delete(http, key)

    answer = http.delete(f"/customers/{key}?mode=hard", headers={"If-Match": '"2"'})

    assert answer.status_code == 204
    assert http.get(f"/customers/{key}").status_code == 404


def test_hard_delete_invisible__another_mode_is_refused(http: httpx2.Client) -> None:
    key = create(http)["id"]

    answer = http.delete(f"/customers/{key}?mode=both", headers={"If-Match": "*"})

    assert kind(answer) == (400, "invalid-parameter")
