"""The quirks of PowerOffice Go.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.powerofficego import Knobs
from tests.simulators.parts.powerofficego.talk import (
    KARI,
    NORDLYS,
    ORIGIN,
    UNLIMITED,
    connect,
    created,
    listed,
    patch,
    replace,
    sign_in,
)

# token-by-basic-auth, two-keys-on-every-call


def test_token_by_basic_auth__both_keys_become_a_token(office: Simulator) -> None:
    answer = sign_in(office)

    token = answer.json()
    assert answer.status_code == 200
    assert (token["expires_in"], token["token_type"]) == (1200, "bearer")
    assert "refresh_token" not in token


@pytest.mark.parametrize("key", ["application_key", "client_key"])
def test_token_by_basic_auth__an_unknown_pair_is_refused(
    office: Simulator, key: str
) -> None:
    answer = sign_in(office, **{key: "wrong"})

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})


def test_token_by_basic_auth__the_subscription_key_is_needed_too(
    office: Simulator,
) -> None:
    assert sign_in(office, subscription_key="wrong").status_code == 401
    assert sign_in(office, grant="refresh_token").status_code == 400


def test_token_by_basic_auth__its_lifetime_is_a_knob(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(token_lifetime_seconds=60), clock)

    with connect(office) as http:
        clock.advance(59)
        in_time = http.get("/Employees")
        clock.advance(1)
        too_late = http.get("/Employees")

    assert sign_in(office).json()["expires_in"] == 60
    assert (in_time.status_code, too_late.status_code) == (204, 401)


@pytest.mark.parametrize("header", ["Authorization", "Ocp-Apim-Subscription-Key"])
def test_two_keys_on_every_call__without_one_of_them_there_is_nothing(
    http: httpx2.Client, header: str
) -> None:
    del http.headers[header]

    answer = http.get("/Employees")

    assert (answer.status_code, answer.content) == (401, b"")


def test_two_keys_on_every_call__a_privilege_may_be_missing(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(not_granted=("employees",)), clock)

    with connect(office) as http:
        refused = [http.get("/Employees"), http.get("/Employees/1")]
        refused.append(http.post("/Employees", json=KARI))
        allowed = http.get("/Customers")

    assert {answer.status_code for answer in refused} == {403}
    assert allowed.status_code == 204


# privileges-can-be-asked, dates-may-carry-times


@pytest.mark.parametrize(
    ("style", "status", "title"),
    [
        ("silent", 403, None),
        ("problem", 403, "missing privilege"),
        ("400", 400, "missing privilege"),
    ],
)
def test_privileges_can_be_asked__they_are_granted_per_endpoint(
    store: Store, clock: VirtualClock, style: str, status: int, title: str | None
) -> None:
    knobs = Knobs(not_granted=("customers",), not_granted_as=style)
    office = powerofficego.simulate(store, knobs, clock)

    with connect(office) as http:
        refused = http.get("/Customers")
        granted = http.get("/Employees")
        about = http.get("/ClientIntegrationInformation").json()

    assert (refused.status_code, granted.status_code) == (status, 204)
    if title is not None:
        told = {name.lower(): text for name, text in refused.json().items()}
        assert told["title"].lower() == title
    assert about["InvalidPrivileges"] == ["Customers"]
    assert "Employees" in about["ValidPrivileges"]


def test_dates_may_carry_times(store: Store, clock: VirtualClock) -> None:
    office = powerofficego.simulate(store, Knobs(dates_carry_times=True), clock)
    office.insert("employees", {**KARI, "StartDate": "2025-03-03"})

    with connect(office) as http:
        [row] = listed(http, "/Employees")

    assert (row["StartDate"], row["EndDate"]) == ("2025-03-03T00:00:00", None)


# error-casing


def test_error_casing__problems_are_spelt_in_two_ways(http: httpx2.Client) -> None:
    refused = http.post("/Employees", json={})
    missing = http.get("/Employees/1")
    no_path = http.get("/Suppliers")

    assert {"title", "detail"} <= set(refused.json())
    assert {"Title", "Detail"} <= set(missing.json())
    assert no_path.status_code == 404
    assert refused.headers["Content-Type"].startswith("application/problem+json")


# knobs: throttling, replica, environment


@pytest.mark.parametrize("promised", [False, True])
def test_ten_calls_a_second_and_no_promise_how_long_to_wait(
    store: Store, clock: VirtualClock, promised: bool
) -> None:
    knobs = Knobs(retry_after_header=promised)
    office = powerofficego.simulate(store, knobs, clock)

    with connect(office) as http:
        answers = [http.get("/Employees") for _ in range(10)]
        clock.advance(1)
        later = http.get("/Employees")

    assert [answer.status_code for answer in answers] == [204] * 9 + [429]
    assert answers[9].content == b""
    assert ("Retry-After" in answers[9].headers) is promised
    assert later.status_code == 204


def test_reads_may_come_from_a_replica_that_is_behind(
    store: Store, clock: VirtualClock
) -> None:
    powerofficego.simulate(store, UNLIMITED, clock).insert("customers", NORDLYS)
    knobs = Knobs(rate_limit_per_second=0, read_lag_ms=900)
    office = powerofficego.simulate(store, knobs, clock)

    with connect(office) as http:
        [there] = listed(http, "/Customers")
        path = f"/Customers/{there['Id']}"
        new = created(http, "/Employees", KARI)
        echoed = patch(http, path, replace("/Name", "Sørlys")).json()
        too_early = [
            http.get(path).json()["Name"],
            listed(http, "/Employees"),
            http.get(f"/Employees/{new['Id']}").status_code,
        ]
        clock.advance(0.5)
        patch(http, path, replace("/Name", "Midnattsol"))
        clock.advance(0.4)
        in_between = http.get(path).json()["Name"]
        clock.advance(0.5)
        http.delete(f"/Employees/{new['Id']}").raise_for_status()
        still_there = len(listed(http, "/Employees"))
        clock.advance(0.9)
        up_to_date = [http.get(path).json()["Name"], listed(http, "/Employees")]

    assert echoed["Name"] == "Sørlys"
    assert too_early == ["Nordlys Prøvebygg AS", [], 404]
    assert in_between == "Sørlys"
    assert still_there == 1
    assert up_to_date == ["Midnattsol", []]


def test_the_environment_is_part_of_every_path(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(environment="/Demo"), clock)

    settings = office.settings(ORIGIN)
    with connect(office) as http:
        inside = http.get("/Employees")
        outside = http.get(f"{ORIGIN}/v2/Employees")

    assert settings["base_url"] == f"{ORIGIN}/Demo"
    assert (inside.status_code, outside.status_code) == (204, 404)


# people


def test_people_are_held_to_the_rules_of_the_system(office: Simulator) -> None:
    record = office.insert("employees", {**KARI, "Number": 412})

    with pytest.raises(Refused, match="Number 412 is held"):
        office.insert("employees", {**KARI, "Number": 412})
    with pytest.raises(Refused, match="LastName"):
        office.edit("employees", str(record["Id"]), {"LastName": None})
    with pytest.raises(Refused, match="taken"):
        office.insert("employees", {**KARI, "Id": record["Id"]})


def test_records_of_people_may_be_older_than_the_checks(office: Simulator) -> None:
    owner = office.insert("customers", NORDLYS)["Id"]

    person = office.insert(
        "contactperson", {**KARI, "ContactId": owner, "EmailAddress": "hidden"}
    )

    assert person["EmailAddress"] == "hidden"


def test_the_settings_are_those_of_the_connector(office: Simulator) -> None:
    settings = office.settings("http://127.0.0.1:8001")

    assert settings["base_url"] == "http://127.0.0.1:8001"
    assert set(settings) == {
        "base_url",
        "application_key",
        "client_key",
        "subscription_key",
    }
