"""The quirks of PowerOffice Go.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.powerofficego import Knobs

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
UNLIMITED = Knobs(rate_limit_per_second=0)
CHANGED = "LastChangedDateTimeOffset"
KARI: Json = {"FirstName": "Kari", "LastName": "Eksempel"}
NORDLYS: Json = {"Name": "Nordlys Prøvebygg AS"}
ADDRESS: Json = {"AddressLine1": "Testgata 1", "ZipCode": "7010", "City": "Trondheim"}


def sign_in(
    office: Simulator, *, grant: str = "client_credentials", **given: str
) -> httpx2.Response:
    settings = {**office.settings(ORIGIN), **given}
    with httpx2.Client(transport=httpx2.WSGITransport(app=office.wsgi)) as http:
        return http.post(
            settings["base_url"] + "/OAuth/Token",
            data={"grant_type": grant},
            auth=(settings["application_key"], settings["client_key"]),
            headers={"Ocp-Apim-Subscription-Key": settings["subscription_key"]},
        )


def connect(office: Simulator) -> httpx2.Client:
    settings = office.settings(ORIGIN)
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=office.wsgi),
        base_url=settings["base_url"] + "/v2",
        headers={
            "Authorization": f"Bearer {sign_in(office).json()['access_token']}",
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
        },
    )


@pytest.fixture
def office(store: Store, clock: VirtualClock) -> Simulator:
    return powerofficego.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(office: Simulator) -> Iterator[httpx2.Client]:
    with connect(office) as http:
        yield http


def listed(http: httpx2.Client, path: str, **query: str | int) -> list[Json]:
    answer = http.get(path, params=query)
    if answer.status_code == 204:
        return []
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def created(http: httpx2.Client, path: str, body: Json) -> Json:
    answer = http.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def patch(http: httpx2.Client, path: str, *operations: Json) -> httpx2.Response:
    return http.patch(
        path,
        content=json.dumps(operations),
        headers={"Content-Type": "application/json-patch+json"},
    )


def replace(path: str, value: object) -> Json:
    return {"op": "replace", "path": path, "value": value}


def detail(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and detail of a problem, however its members are spelt."""
    problem = {name.lower(): value for name, value in answer.json().items()}
    assert problem["status"] == answer.status_code
    assert problem["title"]
    return answer.status_code, problem["detail"]


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


# empty-list-is-204, bare-array-and-header-paging


@pytest.mark.parametrize("path", ["/Employees", "/Customers", "/ContactPersons"])
def test_empty_list_is_204(http: httpx2.Client, path: str) -> None:
    answer = http.get(path)

    assert (answer.status_code, answer.content) == (204, b"")


def test_bare_array_and_header_paging__the_link_is_empty_on_the_last_page(
    office: Simulator, http: httpx2.Client
) -> None:
    for number in range(1, 6):
        office.insert("employees", {**KARI, "Number": number})

    answers = [http.get("/Employees?PageSize=2&OrderBy=Number desc")]
    while True:
        paging = json.loads(answers[-1].headers["X-Pagination"])
        if not paging["nextPageLink"]:
            break
        answers.append(http.get(paging["nextPageLink"]))

    numbers = [row["Number"] for answer in answers for row in answer.json()]
    assert numbers == [5, 4, 3, 2, 1]
    assert len(answers) == 3
    assert (paging["totalCount"], paging["totalPages"]) == (5, 3)
    assert paging["nextPageLink"] == ""


def test_bare_array_and_header_paging__without_a_header_there_is_one_page(
    office: Simulator, http: httpx2.Client
) -> None:
    office.insert("employees", KARI)

    answer = http.get("/Employees")

    assert isinstance(answer.json(), list)
    assert "X-Pagination" not in answer.headers
    assert http.get("/Employees?PageNumber=2").status_code == 204


def test_bare_array_and_header_paging__page_sizes_are_knobs(
    store: Store, clock: VirtualClock
) -> None:
    knobs = Knobs(default_page_size=2, max_page_size=3)
    office = powerofficego.simulate(store, knobs, clock)
    for _ in range(3):
        office.insert("employees", KARI)

    with connect(office) as http:
        assert len(listed(http, "/Employees")) == 2
        assert len(listed(http, "/Employees", PageSize=3)) == 3
        assert detail(http.get("/Employees?PageSize=4"))[0] == 400


@pytest.mark.parametrize(
    "query",
    [
        "PageNumber=0",
        "PageSize=x",
        "OrderBy=Ukjent",
        "OrderBy=MailAddress",
        "OrderBy=Number sideways",
        "Fields=Ukjent",
        "employeeNos=1-2-3",
        "employeeNos=abc",
        "lastChangedDateTimeOffsetGreaterThan=yesterday",
        "lastChangedDateTimeOffsetGreaterThan=2025-03-03T08:15:00+01:00",
    ],
)
def test_bare_array_and_header_paging__what_cannot_be_asked_for_is_refused(
    http: httpx2.Client, query: str
) -> None:
    assert detail(http.get(f"/Employees?{query}"))[0] == 400


def test_bare_array_and_header_paging__fields_leave_the_rest_out(
    office: Simulator, http: httpx2.Client
) -> None:
    number = office.insert("customers", NORDLYS)["Id"]

    rows = listed(http, "/Customers", Fields="Name, id")

    assert rows == [{"Id": number, "Name": "Nordlys Prøvebygg AS"}]


# watermark-not-inclusive, stamps


def test_watermark_not_inclusive__records_at_the_watermark_are_skipped(
    office: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    first = office.insert("employees", KARI)
    office.insert("employees", KARI)
    clock.advance(1)
    third = office.insert("employees", KARI)

    after = listed(
        http, "/Employees", lastChangedDateTimeOffsetGreaterThan=first[CHANGED]
    )
    offset = "2025-03-03T09:14:59+01:00"
    whole = listed(http, "/Employees", lastChangedDateTimeOffsetGreaterThan=offset)

    assert [row["Id"] for row in after] == [third["Id"]]
    assert len(whole) == 3


@pytest.mark.parametrize(
    ("entity", "path", "parameter"),
    [
        ("employees", "/Employees", "employeeCreatedDateTimeOffsetGreaterThan"),
        ("customers", "/Customers", "customerCreatedDateTimeOffsetGreaterThan"),
        ("contactperson", "/ContactPersons", "createdDateTimeOffsetGreaterThan"),
    ],
)
def test_watermark_not_inclusive__what_is_new_can_be_asked_for(
    office: Simulator,
    http: httpx2.Client,
    clock: VirtualClock,
    entity: str,
    path: str,
    parameter: str,
) -> None:
    owner = office.insert("customers", NORDLYS)["Id"]
    clock.advance(1)
    new = office.insert(entity, {**KARI, **NORDLYS, "ContactId": owner})
    clock.advance(1)

    found = listed(http, path, **{parameter: "2025-03-03T08:15:00.9Z"})
    none = listed(http, path, **{parameter: new[CHANGED]})

    assert [row["Id"] for row in found] == [new["Id"]]
    assert none == []


def test_stamps__they_have_up_to_seven_fraction_digits(
    office: Simulator, clock: VirtualClock
) -> None:
    clock.now = datetime(2025, 3, 3, 8, 14, 5, 123456, tzinfo=UTC)
    made = [office.insert("employees", KARI)]
    for _ in range(40):
        clock.advance(0.000001)
        made.append(office.insert("employees", KARI))

    stamps = [record[CHANGED] for record in made]
    digits = {len(stamp.partition(".")[2].rstrip("Z")) for stamp in stamps}
    assert all(stamp.endswith("Z") for stamp in stamps)
    assert max(digits) == 7
    assert min(digits) < 7


def test_stamps__they_sort_as_their_moments_do(
    office: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    made = []
    for step in (0, 0.5, 0.000001, 0.499999, 0.000007):
        clock.advance(step)
        made.append(office.insert("employees", KARI)["Id"])

    rows = listed(http, "/Employees", OrderBy=f"{CHANGED} desc")
    later = listed(
        http, "/Employees", lastChangedDateTimeOffsetGreaterThan=rows[1][CHANGED]
    )

    assert [row["Id"] for row in rows] == made[::-1]
    assert [row["Id"] for row in later] == made[-1:]


@pytest.mark.parametrize("written", ["2025-03-03T00:00:00Z", "3.3.2025", "2025-02-30"])
def test_stamps__dates_are_plain(http: httpx2.Client, written: str) -> None:
    good = created(http, "/Employees", {**KARI, "HiredDate": "2025-03-03"})
    bad = http.post("/Employees", json={**KARI, "HiredDate": written})

    assert good["HiredDate"] == "2025-03-03"
    assert detail(bad)[0] == 400


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


# external-ref-is-the-idempotency-key


@pytest.mark.parametrize(
    ("path", "body", "query"),
    [
        (
            "/Employees",
            {**KARI, "ExternalImportReference": "ansatt-412"},
            {"externalImportReference": "ansatt-412"},
        ),
        (
            "/Customers",
            {**NORDLYS, "ExternalImportReference": "shop-8841"},
            {"externalImportReference": "shop-8841"},
        ),
    ],
)
def test_external_ref_is_the_idempotency_key__a_repeated_post_names_the_holder(
    http: httpx2.Client, path: str, body: Json, query: dict[str, str]
) -> None:
    first = created(http, path, body)
    again = http.post(path, json=body)

    status, said = detail(again)
    assert status == 400
    assert f"held by contact {first['Id']}" in said
    assert [row["Id"] for row in listed(http, path, **query)] == [first["Id"]]


def test_external_ref_is_the_idempotency_key__a_contact_person_has_a_code(
    office: Simulator, http: httpx2.Client
) -> None:
    owners = [office.insert("customers", NORDLYS)["Id"] for _ in range(2)]
    person = {**KARI, "ExternalCode": "pms-77"}

    first = created(http, f"/ContactPersons/{owners[0]}", person)
    again = http.post(f"/ContactPersons/{owners[1]}", json=person)
    found = listed(http, "/ContactPersons", externalCodes="x,pms-77")

    assert str(first["Id"]) in detail(again)[1]
    assert [row["Id"] for row in found] == [first["Id"]]


def test_external_ref_is_the_idempotency_key__it_is_unique_within_a_role(
    office: Simulator, http: httpx2.Client
) -> None:
    reference = {"ExternalImportReference": "x-1", "ExternalNumber": 5}
    created(http, "/Employees", {**KARI, **reference})
    created(http, "/Customers", {**NORDLYS, **reference})
    other = created(http, "/Customers", NORDLYS)

    taken = [
        patch(http, f"/Customers/{other['Id']}", replace(f"/{name}", value))
        for name, value in reference.items()
    ]

    assert [detail(answer)[0] for answer in taken] == [400, 400]
    assert len(listed(http, "/Customers", externalNos="5")) == 1


# ids-shared-across-roles


def test_ids_shared_across_roles__one_contact_may_be_both(
    office: Simulator, http: httpx2.Client
) -> None:
    customer = office.insert("customers", NORDLYS)
    employee = office.insert("employees", {**KARI, "Id": customer["Id"]})
    path = f"/Employees/{employee['Id']}"

    patch(http, path, replace("/IsArchived", True)).raise_for_status()

    other = http.get(f"/Customers/{customer['Id']}").json()
    assert (other["IsArchived"], other["IsActive"]) == (True, False)
    assert other["SubledgerAccountId"] == employee["SubledgerAccountId"]
    assert other["Name"] == "Nordlys Prøvebygg AS"


def test_ids_shared_across_roles__but_only_when_people_say_so(
    office: Simulator, http: httpx2.Client
) -> None:
    first = office.insert("customers", NORDLYS)["Id"]
    office.insert("customers", {**NORDLYS, "Id": first + 1})

    employee = created(http, "/Employees", KARI)

    assert employee["Id"] == first + 2


# number-rules


def test_number_rules__a_number_is_handed_out_when_it_is_left_out(
    http: httpx2.Client,
) -> None:
    given = created(http, "/Employees", {**KARI, "Number": 2})
    first = created(http, "/Employees", KARI)
    second = created(http, "/Employees", KARI)
    customer = created(http, "/Customers", NORDLYS)

    numbers = [record["Number"] for record in (given, first, second, customer)]
    assert numbers == [2, 1, 3, 10_000]


@pytest.mark.parametrize("number", [9, 21, 10, "11"])
def test_number_rules__a_given_one_lies_inside_the_series_and_is_free(
    store: Store, clock: VirtualClock, number: object
) -> None:
    knobs = Knobs(employee_numbers=(10, 20))
    office = powerofficego.simulate(store, knobs, clock)
    office.insert("employees", {**KARI, "Number": 10})

    with connect(office) as http:
        answer = http.post("/Employees", json={**KARI, "Number": number})

    assert "Number" in detail(answer)[1]
    assert len(office.records("employees")) == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("7", [7]),
        ("1,100-200", [1, 100, 200]),
        ("101-", [200, 412]),
        ("1, 412 , 9", [1, 412]),
        ("300-400", []),
    ],
)
def test_number_rules__numbers_and_ranges_can_be_asked_for(
    office: Simulator, http: httpx2.Client, given: str, expected: list[int]
) -> None:
    for number in (1, 7, 100, 200, 412):
        office.insert("employees", {**KARI, "Number": number})

    rows = listed(http, "/Employees", employeeNos=given)

    assert [row["Number"] for row in rows] == expected


def test_two_keys_on_every_call__all_clients_of_a_subscription_share_its_limit(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(rate_limit_per_second=4), clock)

    with connect(office) as one, connect(office) as other:  # two of the four calls
        statuses = [http.get("/Employees").status_code for http in (one, other, one)]
        clock.advance(1)
        later = other.get("/Employees").status_code

    assert statuses == [204, 204, 429]
    assert later == 204


# next-link-is-a-flag, unknown-parameters-refused, post-media-types


def test_next_link_is_a_flag__its_host_may_be_one_that_nobody_can_reach(
    store: Store, clock: VirtualClock
) -> None:
    knobs = Knobs(rate_limit_per_second=0, next_link_host="foreign")
    office = powerofficego.simulate(store, knobs, clock)
    for _ in range(3):
        office.insert("employees", KARI)

    with connect(office) as http:
        first = http.get("/Employees?PageSize=2")
        second = http.get("/Employees?PageSize=2&PageNumber=2")

    link = json.loads(first.headers["X-Pagination"])["nextPageLink"]
    assert link.startswith("http://backend.example/v2/Employees?")
    assert (len(first.json()), len(second.json())) == (2, 1)
    assert json.loads(second.headers["X-Pagination"])["nextPageLink"] == ""


@pytest.mark.parametrize("path", ["/Employees", "/Customers", "/ContactPersons"])
@pytest.mark.parametrize("query", ["$top=10", "$skip=1", "$filter=Id eq 1", "page=2"])
def test_unknown_parameters_refused(http: httpx2.Client, path: str, query: str) -> None:
    status, words = detail(http.get(f"{path}?{query}"))

    assert status == 400
    assert query.partition("=")[0] in words


def test_unknown_parameters_refused__known_ones_may_come_in_any_case(
    office: Simulator, http: httpx2.Client
) -> None:
    for number in range(1, 4):
        office.insert("employees", {**KARI, "Number": number})

    rows = listed(http, "/Employees", pagesize=2, PAGENUMBER=2, orderBy="number")

    assert [row["Number"] for row in rows] == [3]


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "text/json",
        "application/vnd.nordlys+json",
        "application/json-patch+json",
        "application/json; charset=utf-8",
    ],
)
def test_post_media_types__a_post_takes_json_by_any_name(
    http: httpx2.Client, media_type: str
) -> None:
    answer = http.post(
        "/Customers", content=json.dumps(NORDLYS), headers={"Content-Type": media_type}
    )

    assert answer.status_code == 201


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml"])
def test_post_media_types__a_post_takes_nothing_else(
    http: httpx2.Client, media_type: str
) -> None:
    answer = http.post(
        "/Customers", content=json.dumps(NORDLYS), headers={"Content-Type": media_type}
    )

    assert answer.status_code == 415


def test_post_media_types__paths_are_the_same_in_any_case(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("customers", NORDLYS)["Id"]

    assert http.get("/customers").json() == http.get("/CUSTOMERS").json()
    assert http.get(f"/customers/{key}").json()["Id"] == key


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


# no-email-filter, email-checked


@pytest.mark.parametrize("path", ["/Customers", "/ContactPersons"])
def test_no_email_filter__and_an_email_is_not_unique(
    office: Simulator, http: httpx2.Client, path: str
) -> None:
    for _ in range(2):
        email = {"EmailAddress": "post@nordlys.example"}
        owner = office.insert("customers", {**NORDLYS, **email})["Id"]
        office.insert("contactperson", {**KARI, **email, "ContactId": owner})

    refused = http.get(path, params={"emailAddress": "post@nordlys.example"})

    assert refused.status_code == 400
    assert len(listed(http, path)) == 2


@pytest.mark.parametrize(
    "email", ["", "hidden", "ola", "ola@nordlys", "o la@x.example", "a@b@c.example"]
)
def test_email_checked__on_a_contact_person(
    office: Simulator, http: httpx2.Client, email: str
) -> None:
    owner = office.insert("customers", {**NORDLYS, "EmailAddress": email})["Id"]
    body = {**KARI, "EmailAddress": email}
    good = created(http, f"/ContactPersons/{owner}", {**KARI, "EmailAddress": "a@b.no"})
    path = f"/ContactPersons/{owner}/{good['Id']}"

    posted = http.post(f"/ContactPersons/{owner}", json=body)
    patched = patch(http, path, replace("/EmailAddress", email))
    cleared = patch(http, path, replace("/EmailAddress", None))

    assert detail(posted)[0] == 400
    assert detail(patched)[0] == 400
    assert cleared.json()["EmailAddress"] is None


def test_email_checked__but_nowhere_else(http: httpx2.Client) -> None:
    odd = {"EmailAddress": " not an e-mail "}

    assert created(http, "/Employees", {**KARI, **odd})["EmailAddress"] == (
        " not an e-mail "
    )
    assert created(http, "/Customers", {**NORDLYS, **odd})["Name"]


# contactperson-belongs-to-contact


def test_contactperson_belongs_to_contact__both_ids_are_needed(
    office: Simulator, http: httpx2.Client
) -> None:
    one, other = (office.insert("customers", NORDLYS)["Id"] for _ in range(2))
    person = created(http, f"/ContactPersons/{one}", KARI)
    path = f"/ContactPersons/{one}/{person['Id']}"

    under_another = http.get(f"/ContactPersons/{other}/{person['Id']}")
    alone = http.get(f"/ContactPersons/{person['Id']}")
    patched = patch(http, path, replace("/Title", "Styreleder"))
    of_one = listed(http, "/ContactPersons", contactIds=f"{one}")
    of_other = listed(http, "/ContactPersons", contactIds=f"{other}")
    deleted = http.delete(path)

    assert person["ContactId"] == one
    assert detail(under_another)[0] == 404
    assert alone.status_code == 405
    assert patched.json()["Title"] == "Styreleder"
    assert (len(of_one), len(of_other)) == (1, 0)
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert http.get(path).status_code == 404


def test_contactperson_belongs_to_contact__employees_own_none(
    office: Simulator, http: httpx2.Client
) -> None:
    employee = office.insert("employees", KARI)["Id"]

    answers = [
        http.post(f"/ContactPersons/{owner}", json=KARI) for owner in (employee, 1, "x")
    ]
    without_owner = http.post("/ContactPersons", json=KARI)

    assert [detail(answer)[0] for answer in answers] == [404, 404, 404]
    assert without_owner.status_code == 405


def test_contactperson_belongs_to_contact__and_moves_with_its_own_id(
    office: Simulator, http: httpx2.Client
) -> None:
    one = office.insert("customers", NORDLYS)["Id"]
    other = office.insert("customers", NORDLYS)["Id"]
    person = office.insert("contactperson", {**KARI, "ContactId": one})
    key = f"{one}/{person['Id']}"

    moved = office.edit("contactperson", key, {"ContactId": other})

    stays = {"Id", "FirstName", "CreatedDateTimeOffset"}
    assert {name: moved[name] for name in stays} == {n: person[n] for n in stays}
    assert http.get(f"/ContactPersons/{key}").status_code == 404
    [row] = listed(http, "/ContactPersons")
    assert (row["ContactId"], row["Id"]) == (other, person["Id"])


def test_contactperson_belongs_to_contact__and_goes_with_it(
    office: Simulator, http: httpx2.Client
) -> None:
    owner = office.insert("customers", NORDLYS)["Id"]
    office.insert("contactperson", {**KARI, "ContactId": owner})

    http.delete(f"/Customers/{owner}").raise_for_status()

    assert office.records("contactperson") == []


# identity-number-masked


@pytest.mark.parametrize("entity", ["employees", "customers"])
def test_identity_number_masked__it_reads_hidden_when_set(
    office: Simulator, http: httpx2.Client, entity: str
) -> None:
    number = {"NationalIdNumber": "01810112345"}
    known = office.insert(entity, {**KARI, **NORDLYS, **number})["Id"]
    unknown = office.insert(entity, {**KARI, **NORDLYS})["Id"]

    rows = {row["Id"]: row for row in listed(http, f"/{entity.capitalize()}")}
    single = http.get(f"/{entity.capitalize()}/{known}").json()

    assert rows[known]["NationalIdNumber"] == "hidden"
    assert rows[unknown]["NationalIdNumber"] is None
    assert single["NationalIdNumber"] == "hidden"


def test_identity_number_masked__the_mask_cannot_be_written_back(
    office: Simulator, http: httpx2.Client
) -> None:
    identity = {"NationalIdNumber": "01810112345", "Gender": "Female"}
    record = office.insert("employees", {**KARI, **identity})
    path = f"/Employees/{record['Id']}"

    shown = patch(http, path, replace("/LastName", "Ås")).json()
    written_back = patch(http, path, replace("/NationalIdNumber", "hidden"))

    stored = office.get("employees", str(record["Id"]))
    assert (shown["NationalIdNumber"], shown["Gender"]) == ("hidden", "Hidden")
    assert detail(written_back)[0] == 400
    assert stored is not None
    assert (stored["NationalIdNumber"], stored["Gender"]) == ("01810112345", "Female")


@pytest.mark.parametrize("number", ["1234567890", "0181011234x", 1810112345])
def test_identity_number_masked__what_is_written_is_checked(
    http: httpx2.Client, number: object
) -> None:
    answer = http.post("/Employees", json={**KARI, "NationalIdNumber": number})

    assert detail(answer)[0] == 400


def test_identity_number_masked__the_mask_is_a_knob(
    store: Store, clock: VirtualClock
) -> None:
    office = powerofficego.simulate(store, Knobs(masked_identity=False), clock)
    office.insert("employees", {**KARI, "NationalIdNumber": "01810112345"})

    with connect(office) as http:
        assert listed(http, "/Employees")[0]["NationalIdNumber"] == "01810112345"


@pytest.mark.parametrize("served", [True, False])
def test_identity_number_masked__contact_persons_have_one_in_some_installations(
    store: Store, clock: VirtualClock, served: bool
) -> None:
    knobs = Knobs(contact_person_ssn=served)
    office = powerofficego.simulate(store, knobs, clock)
    owner = office.insert("customers", NORDLYS)["Id"]
    number = {"SocialSecurityNumber": "01810112345"}
    person = office.insert("contactperson", {**KARI, **number, "ContactId": owner})

    with connect(office) as http:
        [row] = listed(http, "/ContactPersons")
        answer = patch(
            http,
            f"/ContactPersons/{owner}/{person['Id']}",
            replace("/SocialSecurityNumber", None),
        )

    assert row.get("SocialSecurityNumber") == ("01810112345" if served else None)
    assert ("SocialSecurityNumber" in row) is served
    assert answer.status_code == (200 if served else 400)


# archive-refused-with-balance


def test_archive_refused_with_balance(office: Simulator, http: httpx2.Client) -> None:
    customer = office.insert("customers", NORDLYS)["Id"]
    path = f"/Customers/{customer}"
    office.insert("ledger", {"ContactId": customer, "Balance": 100})

    refused = patch(http, path, replace("/IsArchived", True))
    office.edit("ledger", str(customer), {"Balance": 0})
    archived = patch(http, path, replace("/IsArchived", True))

    assert detail(refused)[0] == 400
    assert archived.json()["IsArchived"] is True
    assert archived.json()["IsActive"] is False


def test_archive_refused_with_balance__nor_is_a_contact_in_use_deleted(
    office: Simulator, http: httpx2.Client
) -> None:
    booked = office.insert("customers", NORDLYS)["Id"]
    office.insert("ledger", {"ContactId": booked})
    both = office.insert("customers", NORDLYS)["Id"]
    office.insert("employees", {**KARI, "Id": both})
    unused = office.insert("customers", NORDLYS)["Id"]

    answers = [http.delete(f"/Customers/{key}") for key in (booked, both, unused)]

    assert [answer.status_code for answer in answers] == [409, 409, 200]
    assert http.delete(f"/Customers/{unused}").status_code == 404


# deletes-invisible


def test_deletes_invisible__a_deleted_record_just_stops_appearing(
    office: Simulator, http: httpx2.Client
) -> None:
    record = office.insert("employees", KARI)

    office.remove("employees", str(record["Id"]))

    long_ago = {"lastChangedDateTimeOffsetGreaterThan": "2000-01-01T00:00:00Z"}
    assert listed(http, "/Employees", **long_ago) == []
    assert detail(http.get(f"/Employees/{record['Id']}"))[0] == 404


# mailaddress-needs-city-and-zip


@pytest.mark.parametrize("missing", ["City", "ZipCode"])
@pytest.mark.parametrize("path", ["/Employees", "/Customers"])
def test_mailaddress_needs_city_and_zip__in_a_post(
    http: httpx2.Client, path: str, missing: str
) -> None:
    address = {name: text for name, text in ADDRESS.items() if name != missing}

    answer = http.post(path, json={**KARI, **NORDLYS, "MailAddress": address})

    status, said = detail(answer)
    assert status == 400
    assert missing in said


def test_mailaddress_needs_city_and_zip__the_country_is_norway_by_itself(
    office: Simulator, http: httpx2.Client
) -> None:
    owner = created(http, "/Customers", {**NORDLYS, "MailAddress": ADDRESS})
    abroad = {**ADDRESS, "CountryCode": "SE"}
    person = created(
        http, f"/ContactPersons/{owner['Id']}", {**KARI, "MailAddress": abroad}
    )

    assert owner["MailAddress"]["CountryCode"] == "NO"
    assert person["MailAddress"]["CountryCode"] == "SE"
    assert "Id" in owner["MailAddress"]
    assert "Id" not in person["MailAddress"]


def test_mailaddress_needs_city_and_zip__an_empty_one_is_put_there_whole(
    office: Simulator, http: httpx2.Client
) -> None:
    key = office.insert("customers", NORDLYS)["Id"]

    inside = patch(http, f"/Customers/{key}", replace("/MailAddress/City", "Oslo"))
    whole = patch(http, f"/Customers/{key}", replace("/MailAddress", ADDRESS))

    assert detail(inside)[0] == 400
    assert whole.json()["MailAddress"]["City"] == "Trondheim"


# person-or-company


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"Name": "Nordlys"}, 201),
        ({"IsPerson": False, **KARI}, 400),
        (KARI, 400),
        ({"IsPerson": True, **KARI}, 201),
        ({"IsPerson": True, "Name": "Kari Eksempel"}, 400),
        ({"IsPerson": True, "FirstName": "Kari"}, 400),
    ],
)
def test_person_or_company__each_needs_its_own_name(
    http: httpx2.Client, body: Json, status: int
) -> None:
    assert http.post("/Customers", json=body).status_code == status


@pytest.mark.parametrize("missing", ["FirstName", "LastName"])
def test_person_or_company__an_employee_is_a_person(
    http: httpx2.Client, missing: str
) -> None:
    body = {name: text for name, text in KARI.items() if name != missing}

    assert detail(http.post("/Employees", json=body)) == (400, f"{missing} is required")


def test_person_or_company__names_in_another_case_are_not_known(
    http: httpx2.Client,
) -> None:
    assert http.post("/Employees", json={"firstName": "K", "lastName": "E"}).is_error
    assert detail(http.post("/Employees", json=[KARI]))[0] == 400
    assert detail(http.post("/Employees", data={"FirstName": "Kari"}))[0] == 415


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
