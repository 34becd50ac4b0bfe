"""JSON Patch, and what a change moves."""

from typing import Any

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from tests.simulators.parts.powerofficego.talk import (
    ADDRESS,
    CHANGED,
    KARI,
    NORDLYS,
    Json,
    created,
    detail,
    listed,
    patch,
    replace,
)

# sub-entities-do-not-bump, noop-patch-bumps


def test_sub_entities_do_not_bump__an_address_moves_only_its_own_stamp(
    office: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    before = office.insert("customers", {**NORDLYS, "MailAddress": ADDRESS})
    clock.advance(60)

    answer = patch(
        http, f"/Customers/{before['Id']}", replace("/MailAddress/City", "Tromsø")
    )

    after = answer.json()
    assert after["MailAddress"]["City"] == "Tromsø"
    assert after["MailAddress"]["Id"] == before["MailAddress"]["Id"]
    assert after["MailAddress"][CHANGED] > before["MailAddress"][CHANGED]
    assert after[CHANGED] == before[CHANGED]


def test_sub_entities_do_not_bump__a_contact_person_leaves_its_owner_alone(
    office: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    owner = office.insert("customers", NORDLYS)
    clock.advance(60)

    created(http, f"/ContactPersons/{owner['Id']}", KARI)

    assert listed(http, "/Customers")[0][CHANGED] == owner[CHANGED]


def test_sub_entities_do_not_bump__people_who_move_house_do_not_either(
    office: Simulator, clock: VirtualClock
) -> None:
    before = office.insert("customers", {**NORDLYS, "MailAddress": ADDRESS})
    clock.advance(60)

    after = office.edit(
        "customers", str(before["Id"]), {"MailAddress": {"City": "Tromsø"}}
    )

    assert after["MailAddress"]["AddressLine1"] == "Testgata 1"
    assert after["MailAddress"]["City"] == "Tromsø"
    assert after[CHANGED] == before[CHANGED]


@pytest.mark.parametrize(
    "operations", [[], [replace("/LastName", "Eksempel")]], ids=["nothing", "the same"]
)
def test_noop_patch_bumps__a_patch_that_changes_nothing_moves_the_stamp(
    office: Simulator,
    http: httpx2.Client,
    clock: VirtualClock,
    operations: list[Json],
) -> None:
    before = office.insert("employees", KARI)
    clock.advance(60)

    after = patch(http, f"/Employees/{before['Id']}", *operations).json()

    assert after[CHANGED] > before[CHANGED]
    assert {**after, CHANGED: ""} == {**before, CHANGED: ""}


# json-patch-only


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/merge-patch+json", "text/plain"]
)
def test_json_patch_only__another_content_type_is_refused(
    office: Simulator, http: httpx2.Client, content_type: str
) -> None:
    key = office.insert("employees", KARI)["Id"]

    answer = http.patch(
        f"/Employees/{key}",
        content='{"LastName": "Ås"}',
        headers={"Content-Type": content_type},
    )

    assert detail(answer)[0] == 415


def test_json_patch_only__the_case_of_paths_does_not_matter(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("customers", {**NORDLYS, "MailAddress": ADDRESS})["Id"]

    answer = patch(
        http,
        f"/Customers/{key}",
        replace("/emailaddress", "post@nordlys.example"),
        replace("/mailAddress/city", "Tromsø"),
    )

    record = answer.json()
    assert answer.status_code == 200
    assert record == http.get(f"/Customers/{key}").json()
    assert record["EmailAddress"] == "post@nordlys.example"
    assert record["MailAddress"]["City"] == "Tromsø"


@pytest.mark.parametrize(
    ("operation", "name", "expected"),
    [
        ({"op": "add", "path": "/LastName", "value": "Ås"}, "LastName", "Ås"),
        ({"op": "copy", "from": "/FirstName", "path": "/JobTitle"}, "JobTitle", "Kari"),
        ({"op": "move", "from": "/PhoneNumber", "path": "/JobTitle"}, "JobTitle", "1"),
        (
            {"op": "move", "from": "/PhoneNumber", "path": "/JobTitle"},
            "PhoneNumber",
            None,
        ),
    ],
)
def test_json_patch_only__every_operation_works(
    office: Simulator, http: httpx2.Client, operation: Json, name: str, expected: object
) -> None:
    key = office.insert("employees", {**KARI, "PhoneNumber": "1"})["Id"]

    answer = patch(http, f"/Employees/{key}", operation)

    assert answer.json()[name] == expected


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "upsert", "path": "/LastName", "value": "x"},
        {"op": "replace", "path": "/LastName"},
        {"op": "replace", "path": "LastName", "value": "x"},
        {"op": "replace", "path": "", "value": {}},
        {"op": "replace", "path": "/Ukjent", "value": "x"},
        {"op": "replace", "path": "/MailAddress/City", "value": "x"},
        {"op": "replace", "path": "/LastName", "value": 7},
        {"op": "replace", "path": "/LastName", "value": None},
        {"op": "replace", "path": "/Gender", "value": "Other"},
        {"op": "replace", "path": "/Id", "value": 1},
        {"op": "replace", "path": f"/{CHANGED}", "value": "2025-01-01T00:00:00Z"},
        {"op": "replace", "path": "/DepartmentCode", "value": "10"},
        {"op": "replace", "path": "/ExternalImportReference", "value": "x" * 51},
        {"op": "remove", "path": "/ContactGroupIds/3"},
        {"op": "copy", "path": "/JobTitle"},
        "replace",
    ],
)
def test_json_patch_only__a_bad_operation_is_refused_and_nothing_is_applied(
    office: Simulator, http: httpx2.Client, operation: Any
) -> None:
    before = office.insert("employees", {**KARI, "ContactGroupIds": [1, 2]})
    key = str(before["Id"])

    answer = patch(http, f"/Employees/{key}", replace("/FirstName", "Ola"), operation)

    assert detail(answer)[0] == 400
    assert office.get("employees", key) == before


def test_json_patch_only__a_patch_is_an_array(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("employees", KARI)["Id"]
    headers = {"Content-Type": "application/json-patch+json"}

    for content in ("{}", "[", '"x"'):
        answer = http.patch(f"/Employees/{key}", content=content, headers=headers)
        assert detail(answer)[0] == 400


# test-op-as-guard


def test_test_op_as_guard__a_failed_test_applies_nothing(
    office: Simulator, http: httpx2.Client
) -> None:
    before = office.insert("employees", {**KARI, "PhoneNumber": "+4740000001"})
    path = f"/Employees/{before['Id']}"
    guard = {"op": "test", "path": "/PhoneNumber", "value": "+4740000009"}

    late = patch(http, path, replace("/PhoneNumber", "+4740000002"), guard)
    failed = office.get("employees", str(before["Id"]))
    held = patch(
        http,
        path,
        {**guard, "value": "+4740000001"},
        replace("/PhoneNumber", "+4740000002"),
    )

    assert detail(late)[0] == 400
    assert failed == before
    assert held.json()["PhoneNumber"] == "+4740000002"


@pytest.mark.parametrize(
    ("path", "value", "holds"),
    [
        ("/IsArchived", False, True),
        ("/IsArchived", 0, False),
        ("/Number", 7, True),
        ("/Number", 7.0, True),
        ("/Number", "7", False),
        ("/JobTitle", None, True),
        ("/JobTitle", "", False),
        ("/ContactGroupIds", [1, 2], True),
        ("/ContactGroupIds", [2, 1], False),
        ("/ContactGroupIds/1", 2, True),
        ("/MailAddress/City", "Trondheim", True),
        ("/MailAddress/City", "trondheim", False),
    ],
)
def test_test_op_as_guard__values_are_equal_as_json_is(
    office: Simulator, http: httpx2.Client, path: str, value: object, holds: bool
) -> None:
    record = {**KARI, "Number": 7, "ContactGroupIds": [1, 2], "MailAddress": ADDRESS}
    key = office.insert("employees", record)["Id"]

    answer = patch(
        http, f"/Employees/{key}", {"op": "test", "path": path, "value": value}
    )

    assert answer.status_code == (200 if holds else 400)


def test_test_op_as_guard__there_is_no_etag(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("employees", KARI)["Id"]

    assert "ETag" not in http.get(f"/Employees/{key}").headers


# remove-means-null


def test_remove_means_null__or_replacing_with_null(
    office: Simulator, http: httpx2.Client
) -> None:
    given = {**KARI, "PhoneNumber": "1", "JobTitle": "x", "MailAddress": ADDRESS}
    key = office.insert("employees", given)["Id"]

    record = patch(
        http,
        f"/Employees/{key}",
        {"op": "remove", "path": "/PhoneNumber"},
        {"op": "remove", "path": "/MailAddress/AddressLine1"},
        replace("/JobTitle", None),
    ).json()

    assert (record["PhoneNumber"], record["JobTitle"]) == (None, None)
    assert record["MailAddress"]["AddressLine1"] is None


def test_remove_means_null__elements_of_arrays_go_by_their_place(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("employees", {**KARI, "ContactGroupIds": [1, 2, 3]})["Id"]

    record = patch(
        http,
        f"/Employees/{key}",
        {"op": "remove", "path": "/ContactGroupIds/0"},
        {"op": "add", "path": "/ContactGroupIds/-", "value": 9},
        {"op": "add", "path": "/ContactGroupIds/0", "value": 7},
        replace("/ContactGroupIds/1", 8),
    ).json()

    assert record["ContactGroupIds"] == [7, 8, 3, 9]
