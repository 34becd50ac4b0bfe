"""What a record is made of: references, numbers, owners, addresses."""

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.powerofficego import Knobs
from tests.simulators.parts.powerofficego.talk import (
    ADDRESS,
    KARI,
    NORDLYS,
    Json,
    connect,
    created,
    detail,
    listed,
    patch,
    replace,
)

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
