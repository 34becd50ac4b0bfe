"""Our own contract, told for each system that keeps to it.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.own_contract.api import Knobs, down_for_maintenance
from simulators.own_contract.problems import refusals
from tests.simulators.own_contract.talk import SIMULATE, Connect, create, kind, patch

# etag-is-version, if-match-required


def test_etag_is_version__every_single_record_answer_carries_it(
    http: httpx2.Client,
) -> None:
    created = http.post("/customers", json={"name": "Nordlys"})
    key = created.json()["id"]

    read = http.get(f"/customers/{key}")
    changed = patch(http, key, {"name": "Nordlys II"}, '"1"')
    row = http.get("/customers").json()["data"][0]

    tags = [answer.headers["ETag"] for answer in (created, read, changed)]
    assert tags == ['"1"', '"1"', '"2"']
    assert row["version"] == 2
    assert created.headers["Location"].endswith(f"/api/v1/customers/{key}")


def test_if_match_required__a_write_without_it_is_428(http: httpx2.Client) -> None:
    key = create(http)["id"]
    patch_headers = {"Content-Type": "application/merge-patch+json"}

    patched = http.patch(f"/customers/{key}", content="{}", headers=patch_headers)
    deleted = http.delete(f"/customers/{key}")

    assert kind(patched) == kind(deleted) == (428, "if-match-missing")


@pytest.mark.parametrize("tag", ['"2"', "1", 'W/"1"', '"1', "nonsense", ""])
def test_if_match_required__a_stale_or_weak_tag_is_412_with_the_current_one(
    http: httpx2.Client, tag: str
) -> None:
    key = create(http)["id"]

    answer = patch(http, key, {"name": "other"}, tag)

    assert kind(answer) == (412, "stale")
    assert answer.headers["ETag"] == '"1"'
    assert http.get(f"/customers/{key}").json()["name"] == "Nordlys"


@pytest.mark.parametrize("tag", ['"1"', "*", '"7", "1"'])
def test_if_match_required__the_current_tag_or_a_star_goes_through(
    http: httpx2.Client, tag: str
) -> None:
    key = create(http)["id"]

    assert patch(http, key, {"name": "other"}, tag).status_code == 200


# throttle, stamps, sign-in


def test_throttle__429_says_when_to_come_back(
    system: str, store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(SIMULATE[system](store, Knobs(rate_limit_per_minute=2), clock))
    http.get("/customers")
    clock.advance(20.5)
    http.get("/customers")

    refused = http.get("/customers")
    clock.advance(int(refused.headers["Retry-After"]))
    later = http.get("/customers")

    assert kind(refused) == (429, "too-many-requests")
    assert refused.headers["Retry-After"] == "40"
    assert later.status_code == 200
    assert Knobs().rate_limit_per_minute == 600


def test_throttle__maintenance_is_a_503_with_retry_after(
    http: httpx2.Client, simulator: Simulator
) -> None:
    refuse = refusals("https://problems.example/")
    simulator.before.append(down_for_maintenance(refuse, 30))

    answer = http.get("/customers")

    assert kind(answer) == (503, "maintenance")
    assert answer.headers["Retry-After"] == "30"


def test_stamps__are_utc_with_z_and_three_digits(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    clock.advance(0.0079)

    created = create(http)

    assert created["createdAt"] == created["updatedAt"] == "2025-03-03T08:15:00.007Z"


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic eDp5", "Bearer"])
def test_sign_in__a_missing_or_wrong_token_is_401(
    http: httpx2.Client, header: str | None
) -> None:
    http.headers.pop("Authorization")
    headers = {"Authorization": header} if header else {}

    answer = http.get("/customers", headers=headers)

    assert kind(answer) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_settings__name_the_base_url_with_its_path_and_the_token(
    simulator: Simulator,
) -> None:
    settings = simulator.settings("http://localhost:1")

    assert settings["base_url"] == "http://localhost:1/api/v1"
    assert set(settings) == {"base_url", "token"}


def test_unknown_path_is_404(http: httpx2.Client) -> None:
    assert kind(http.get("/suppliers")) == (404, "not-found")


def test_people_delete_softly_and_revive(simulator: Simulator) -> None:
    key = simulator.insert("customer", {"name": "Nordlys"})["id"]

    simulator.remove("customer", key)
    deleted = simulator.get("customer", key)
    revived = simulator.edit("customer", key, {"deletedAt": None})

    assert deleted is not None
    assert deleted["deletedAt"] == deleted["updatedAt"]
    assert (revived["deletedAt"], revived["version"]) == (None, 3)
