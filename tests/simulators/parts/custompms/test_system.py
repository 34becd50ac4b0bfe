"""The quirks of custompms' customers and projects.

What our own contract says is in own_contract/. A test is named after the
quirk's id in the contract; what follows `__` is the story.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from simulators import custompms
from simulators.custompms import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from tests.simulators.own_contract.talk import (
    Json,
    delete_at,
    kind,
    patch_at,
    pointers,
)


@pytest.fixture
def pms(store: Store, clock: VirtualClock) -> Simulator:
    return custompms.simulate(store, Knobs(rate_limit_per_minute=0), clock)


@pytest.fixture
def http(pms: Simulator, client: Callable[[Simulator], httpx2.Client]) -> httpx2.Client:
    return client(pms)


def create(http: httpx2.Client, path: str, **members: Any) -> Json:
    answer = http.post(path, json={"name": "Ombygging lager", **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


NUMBERED = [("/projects", "number"), ("/customers", "customerNumber")]


@pytest.mark.parametrize(("path", "member"), NUMBERED)
def test_numbers_are_unique_and_optional__one_is_given_out_when_left_out(
    http: httpx2.Client, path: str, member: str
) -> None:
    first, second = create(http, path), create(http, path)
    prefix, digits = first[member][:-1], int(first[member][-1])
    create(http, path, **{member: f"{prefix}{digits + 2}"})

    fourth = create(http, path)

    assert second[member] == f"{prefix}{digits + 1}"
    assert fourth[member] == f"{prefix}{digits + 3}"


@pytest.mark.parametrize(("path", "member"), NUMBERED)
def test_numbers_are_unique_and_optional__a_taken_one_is_409_with_its_holder(
    http: httpx2.Client, path: str, member: str
) -> None:
    holder = create(http, path, **{member: "00417"})
    delete_at(http, path, holder, "soft")

    taken = http.post(path, json={"name": "x", member: " 00417 "})
    other = create(http, path, **{member: "417"})

    assert kind(taken) == (409, "number-taken")
    assert taken.json()["existingId"] == holder["id"]
    assert other[member] == "417"  # leading zeros count


@pytest.mark.parametrize(("path", "member"), NUMBERED)
def test_numbers_are_unique_and_optional__it_is_fixed_from_then_on(
    http: httpx2.Client, path: str, member: str
) -> None:
    record = create(http, path, **{member: "00417"})

    changed = patch_at(http, path, record, {member: "417"})
    cleared = patch_at(http, path, record, {member: None})
    same = patch_at(http, path, record, {member: "00417", "name": "other"})

    assert pointers(changed) == pointers(cleared) == [f"/{member}"]
    assert same.json()["name"] == "other"


@pytest.mark.parametrize(("path", "longest"), [("/projects", 30), ("/customers", 20)])
def test_numbers_are_unique_and_optional__they_have_a_greatest_length(
    http: httpx2.Client, path: str, longest: int
) -> None:
    member = dict(NUMBERED)[path]

    refused = http.post(path, json={"name": "x", member: "1" * (longest + 1)})

    assert create(http, path, **{member: "1" * longest})[member] == "1" * longest
    assert pointers(refused) == [f"/{member}"]


def test_numbers_are_unique_and_optional__a_project_is_found_by_its_number(
    http: httpx2.Client,
) -> None:
    wanted = create(http, "/projects", number="0077")
    create(http, "/projects", number="77")

    found = http.get("/projects?number=0077").json()["data"]

    assert [record["id"] for record in found] == [wanted["id"]]


def test_customer_name_is_a_copy__renaming_does_not_move_the_project(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    customer = create(http, "/customers", name="Nordlys")
    project = create(http, "/projects", customerId=customer["id"])
    other = create(http, "/projects", customerName="forged")
    clock.advance(60)

    patch_at(http, "/customers", customer, {"name": "Sørlys"})

    now = http.get(f"/projects/{project['id']}").json()
    delta = http.get("/projects?updatedSince=2025-03-03T08:15:30Z").json()["data"]
    assert (project["customerName"], other["customerName"]) == ("Nordlys", None)
    assert now == {**project, "customerName": "Sørlys"}
    assert delta == []


def test_customer_name_is_a_copy__another_customer_brings_another_name(
    http: httpx2.Client,
) -> None:
    first = create(http, "/customers", name="Nordlys")
    second = create(http, "/customers", name="Sørlys")
    project = create(http, "/projects", customerId=first["id"])

    moved = patch_at(http, "/projects", project, {"customerId": second["id"]}).json()
    internal = patch_at(http, "/projects", project, {"customerId": None}).json()

    assert moved["customerName"] == "Sørlys"
    assert (internal["customerId"], internal["customerName"]) == (None, None)


def test_customer_must_exist__and_be_live(http: httpx2.Client) -> None:
    customer = create(http, "/customers")
    project = create(http, "/projects", customerId=customer["id"])
    delete_at(http, "/customers", customer, "soft")

    for bad in (str(uuid4()), customer["id"], "K1001"):
        answer = http.post("/projects", json={"name": "x", "customerId": bad})
        assert pointers(answer) == ["/customerId"]
    kept = patch_at(http, "/projects", project, {"name": "other"})

    assert kept.status_code == 200  # an old reference may stay


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        ("2025-03-03", "2025-03-03", True),
        ("2025-03-03", "2025-03-02", False),
        (None, "2025-03-02", True),
        ("2025-03-03", None, True),
    ],
)
def test_dates_in_order__the_end_is_not_before_the_start(
    http: httpx2.Client, start: str | None, end: str | None, allowed: bool
) -> None:
    dates = {"startDate": start, "endDate": end}

    answer = http.post("/projects", json={"name": "x", **dates})

    if allowed:
        assert answer.status_code == 201
    else:
        assert pointers(answer) == ["/endDate"]


def test_dates_in_order__the_date_that_stays_counts_too(http: httpx2.Client) -> None:
    project = create(http, "/projects", startDate="2025-03-03", endDate="2025-04-01")

    late = patch_at(http, "/projects", project, {"startDate": "2025-05-01"})
    open_end = patch_at(
        http, "/projects", project, {"startDate": "2025-05-01", "endDate": None}
    )

    assert pointers(late) == ["/endDate"]
    assert open_end.json()["startDate"] == "2025-05-01"


def test_dates_in_order__any_status_may_follow_any_other(http: httpx2.Client) -> None:
    project = create(http, "/projects")

    statuses = ["completed", "planned", "cancelled", "active", "onHold"]
    seen = [
        patch_at(http, "/projects", project, {"status": status}).json()["status"]
        for status in statuses
    ]

    assert seen == statuses
    assert project["status"] == "planned"


def test_hard_delete_invisible__a_customer_with_projects_stays(
    http: httpx2.Client,
) -> None:
    customer = create(http, "/customers")
    project = create(http, "/projects", customerId=customer["id"])

    used = delete_at(http, "/customers", customer, "hard")
    delete_at(http, "/projects", project, "hard")
    unused = delete_at(http, "/customers", customer, "hard")

    assert kind(used) == (409, "in-use")
    assert unused.status_code == 204


def test_projects_are_found_by_customer_and_status(http: httpx2.Client) -> None:
    customer = create(http, "/customers")["id"]
    wanted = create(http, "/projects", customerId=customer, status="active")
    create(http, "/projects", customerId=customer)
    create(http, "/projects", status="active")

    query = {"customerId": customer, "status": "active"}
    found = http.get("/projects", params=query).json()["data"]

    assert [record["id"] for record in found] == [wanted["id"]]


@pytest.mark.parametrize("query", ["customerId=K1001", "status=lost"])
def test_a_filter_that_cannot_match_is_refused(http: httpx2.Client, query: str) -> None:
    assert kind(http.get(f"/projects?{query}")) == (400, "invalid-parameter")


def test_customers_are_found_by_organization_number(http: httpx2.Client) -> None:
    wanted = create(http, "/customers", organizationNumber="999 999 999")
    create(http, "/customers")

    query = {"organizationNumber": "999 999 999"}
    found = http.get("/customers", params=query).json()["data"]

    assert [record["id"] for record in found] == [wanted["id"]]


@pytest.mark.parametrize(
    ("path", "member", "value"),
    [
        ("/customers", "contactPerson", "x" * 121),
        ("/customers", "address", "Testgata 1"),
        ("/projects", "managerEmail", "kari"),
        ("/projects", "managerEmployeeNumber", 412),
        ("/projects", "departmentCode", "x" * 21),
        ("/projects", "startDate", "3.3.2025"),
        ("/projects", "status", None),
        ("/projects", "budgetHours", -1),
        ("/projects", "budgetHours", "120"),
        ("/projects", "description", "x" * 4001),
    ],
)
def test_what_is_not_valid_is_refused_with_a_pointer(
    http: httpx2.Client, path: str, member: str, value: object
) -> None:
    answer = http.post(path, json={"name": "x", member: value})

    assert pointers(answer) == [f"/{member}"]


def test_a_customer_may_be_internal(http: httpx2.Client) -> None:
    assert create(http, "/customers", kind="internal")["kind"] == "internal"


def test_ids_are_uuids(http: httpx2.Client) -> None:
    ids = [create(http, path)["id"] for path in ("/customers", "/projects")]

    assert [UUID(key).version for key in ids] == [7, 7]
    assert [str(UUID(key)) for key in ids] == ids
