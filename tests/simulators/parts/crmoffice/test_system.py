"""The quirks of CRM-Office.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from simulators import crmoffice
from simulators.crmoffice import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from tests.simulators.parts.crmoffice.talk import (
    ORIGIN,
    Connect,
    refusal,
    sign_in,
)

# sign-in-host-differs, refresh-token-rotates


def test_sign_in_host_differs__tokens_and_data_have_addresses_of_their_own(
    crm: Simulator,
) -> None:
    settings = crm.settings("http://localhost:1")

    assert settings["base_url"] == "http://localhost:1"
    assert settings["token_url"] == "http://localhost:1/connect/token"
    assert set(settings) == {
        "base_url",
        "token_url",
        "client_id",
        "client_secret",
        "refresh_token",
    }


def test_sign_in_host_differs__a_refresh_token_is_traded_for_a_bearer_token(
    crm: Simulator,
) -> None:
    answer = sign_in(crm)

    tokens = answer.json()
    assert answer.status_code == 200
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 3600
    assert tokens["scope"] == "crmoffice offline_access"
    assert len(tokens["access_token"].split(".")) == 3


def test_sign_in_host_differs__the_first_consent_is_traded_by_its_code_once(
    crm: Simulator,
) -> None:
    crm.insert("consents", {"code": "abc"})
    grant = {"grant_type": "authorization_code", "code": "abc", "refresh_token": None}

    first = sign_in(crm, **grant)
    again = sign_in(crm, **grant)
    refreshed = sign_in(crm, refresh_token=first.json()["refresh_token"])

    assert (first.status_code, refreshed.status_code) == (200, 200)
    assert again.json()["error"] == "invalid_grant"


def test_refresh_token_rotates__the_old_one_is_dead_at_once(crm: Simulator) -> None:
    old = crm.settings(ORIGIN)["refresh_token"]

    first = sign_in(crm, refresh_token=old)
    again = sign_in(crm, refresh_token=old)
    second = sign_in(crm, refresh_token=first.json()["refresh_token"])

    assert first.json()["refresh_token"] != old
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert second.status_code == 200


def test_refresh_token_rotates__the_live_one_outlives_a_restart(
    store: Store, crm: Simulator
) -> None:
    live = sign_in(crm).json()["refresh_token"]

    restarted = crmoffice.simulate(store)

    assert restarted.settings(ORIGIN)["refresh_token"] == live
    assert sign_in(restarted, refresh_token=live).status_code == 200


def test_refresh_token_rotates__unless_the_knob_says_that_it_stays(
    store: Store,
) -> None:
    crm = crmoffice.simulate(store, Knobs(rotate_refresh_token=False))
    token = crm.settings(ORIGIN)["refresh_token"]

    answers = [sign_in(crm, refresh_token=token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "refresh_token" not in answers[0].json()


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": None}, "invalid_client"),
        ({"refresh_token": "unknown"}, "invalid_grant"),
        ({"refresh_token": None}, "invalid_grant"),
        ({"grant_type": "authorization_code"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_error_shape__token_errors_follow_the_oauth_standard(
    crm: Simulator, form: dict[str, str | None], error: str
) -> None:
    before = crm.settings(ORIGIN)["refresh_token"]

    answer = sign_in(crm, **form)

    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "error_description"}
    assert answer.json()["error"] == error
    assert crm.settings(ORIGIN)["refresh_token"] == before


def test_access_tokens_expire_after_an_hour(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    clock.advance(3599)
    in_time = http.get("/users")
    clock.advance(1)
    late = http.get("/users")

    assert (in_time.status_code, late.status_code) == (200, 401)


def test_the_life_of_access_tokens_is_a_knob(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    crm = crmoffice.simulate(store, Knobs(token_lifetime_seconds=10), clock)
    http = client(crm)

    clock.advance(10)

    assert http.get("/users").status_code == 401
    assert sign_in(crm).json()["expires_in"] == 10


@pytest.mark.parametrize(
    "header", [None, "Bearer x", "Bearer a.b.c", "Basic x", "Bearer", "Bearer .."]
)
def test_error_shape__a_401_has_an_empty_body(
    http: httpx2.Client, header: str | None
) -> None:
    http.headers.pop("Authorization")
    headers = {"Authorization": header} if header else {}

    answer = http.get("/contacts", headers=headers)

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_forged_token_is_refused(http: httpx2.Client) -> None:
    head, claims, signature = http.headers["Authorization"].split(".")
    http.headers["Authorization"] = f"{head}.{claims}A.{signature}"

    assert http.get("/contacts").status_code == 401


# throttle-without-retry-after, error-shape


def test_throttle_without_retry_after__429_is_a_page_of_html(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(crmoffice.simulate(store, Knobs(), clock))
    answered = [http.get("/users").status_code for _ in range(120)]

    refused = http.get("/users")
    clock.advance(60)
    later = http.get("/users")

    assert set(answered) == {200}
    assert refused.status_code == 429
    assert "Retry-After" not in refused.headers
    assert refused.headers["Content-Type"].startswith("text/html")
    assert refused.text.startswith("<html>")
    assert later.status_code == 200


def test_throttle_without_retry_after__the_knob_adds_the_header(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    knobs = Knobs(rate_limit_per_minute=1, retry_after_header=True)
    http = client(crmoffice.simulate(store, knobs, clock))
    http.get("/users")

    assert http.get("/users").headers["Retry-After"] == "60"


def test_throttle_without_retry_after__signing_in_is_not_counted(
    store: Store, clock: VirtualClock
) -> None:
    crm = crmoffice.simulate(store, Knobs(rate_limit_per_minute=1), clock)

    assert [sign_in(crm).status_code for _ in range(3)] == [200, 200, 200]


def test_error_shape__an_unknown_path_is_404(http: httpx2.Client) -> None:
    assert refusal(http.get("/companies"))[:2] == (404, "not_found")


# people


def test_people_follow_the_same_rules(crm: Simulator, clock: VirtualClock) -> None:
    contact = crm.insert("contacts", {"familyName": " Prøvesen "})
    clock.advance(5)

    edited = crm.edit("contacts", contact["id"], {"mobilePhone": "0047 40 00 00 02"})

    assert contact["familyName"] == "Prøvesen"
    assert edited["mobilePhone"] == "+4740000002"
    assert edited["modifiedAt"] == "2025-03-03T08:15:05Z"
    with pytest.raises(Refused, match="no such contact"):
        crm.insert("activities", {"subject": "x", "ownerId": "1"})
    crm.remove("contacts", contact["id"])
    assert crm.records("contacts") == []


def test_people_change_and_remove_users(crm: Simulator) -> None:
    crm.insert("users", {"userName": "kari.eksempel"})

    crm.edit("users", "kari.eksempel", {"active": False})
    edited = crm.get("users", "kari.eksempel")
    crm.remove("users", "kari.eksempel")

    assert edited == {"userName": "kari.eksempel", "displayName": None, "active": False}
    assert crm.records("users") == []
