"""What can be written of companies and organizations."""

import httpx2
import pytest

from simulators.kit.core import Simulator
from tests.simulators.parts.membercare.talk import (
    EMAIL,
    NORDLYS,
    NORWEGIAN,
    ORG_NUMBER,
    Json,
    got,
    result,
    words,
)

# read-and-write-models-differ


def test_read_and_write_models_differ__a_name_is_made_of_two(
    http: httpx2.Client,
) -> None:
    answer = http.post(
        "/companies",
        json={"companyName": "Nordlys", "companyName2": "Avd. Øst", "url": "x"},
    )

    record = answer.json()
    assert record["name"] == "Nordlys Avd. Øst"
    assert record["url"] == f"/api/v1/companies/{record['debtorAccountNumber']}"


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_read_and_write_models_differ__read_names_are_not_written(
    http: httpx2.Client, company: str, method: str
) -> None:
    body = {
        **NORDLYS,
        "name": "Lest navn",
        "dafualtPayerRule": 3,
        "defaultPayerRule": 2,
    }

    answer = http.request(method, f"/companies/{company}", json=body)

    record = got(http, f"/companies/{company}")
    assert answer.status_code == 200
    assert record["name"] == "Nordlys Prøvebygg AS"
    assert record["dafualtPayerRule"] == 2
    assert "defaultPayerRule" not in record


# create-refuses-some-members


@pytest.mark.parametrize(
    "name",
    [
        "debtorAccountNumber",
        "name",
        "nameHistory",
        "businessNumbers",
        "addresses",
        "invoiceAddresses",
        "readdressings",
        "contacts",
    ],
)
def test_create_refuses_some_members(
    care: Simulator, http: httpx2.Client, name: str
) -> None:
    status, said = words(http.post("/companies", json={**NORDLYS, name: None}))

    assert status == 400
    assert name in said
    assert care.records("companies") == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"companyName": None},
        {"companyName": "N" * 101},
        {**NORDLYS, "externalId": "x" * 51},
        {**NORDLYS, "financeType": 4},
        {**NORDLYS, "publicEstablishment": "yes"},
        {**NORDLYS, "category": {"id": "3"}},
        [NORDLYS],
    ],
)
def test_create_refuses_some_members__and_values_that_do_not_fit(
    care: Simulator, http: httpx2.Client, body: object
) -> None:
    assert words(http.post("/companies", json=body))[0] == 400
    assert care.records("companies") == []


def test_create_refuses_some_members__and_ignores_others(http: httpx2.Client) -> None:
    body = {**NORDLYS, "closeDate": "2024-01-01T00:00:00", "closeReason": {"id": 1}}

    record = http.post("/companies", json=body).json()

    assert record["closeDate"] is None
    assert record["memberType"] == 2
    assert record["debtorAccountNumber"] == "104417"


def test_create_refuses_some_members__so_a_whole_company_takes_several_calls(
    http: httpx2.Client,
) -> None:
    number = http.post("/companies", json=NORDLYS).json()["debtorAccountNumber"]
    there = f"/companies/{number}"

    half_made = got(http, there)
    http.post(there + ORG_NUMBER, json={"number": "999999999"}).raise_for_status()
    http.post(f"{there}/contacts", json=[EMAIL]).raise_for_status()
    http.post(f"{there}/addresses", json=[{"street": "Testgata"}]).raise_for_status()
    whole = got(http, there)

    assert half_made["businessNumbers"] == {NORWEGIAN: None}
    assert whole["businessNumbers"][NORWEGIAN]["number"] == "999999999"
    assert len(whole["contacts"]) == len(whole["addresses"]) == 1


def test_create_refuses_some_members__a_number_cannot_be_wished_for(
    http: httpx2.Client,
) -> None:
    answer = http.post(
        "/companies", json=NORDLYS, params={"useAutomaticDebtorAccountNumber": "false"}
    )

    assert words(answer)[0] == 400


# put-replaces-its-members, patch-company-silent


def test_put_replaces_its_members__what_is_left_out_becomes_null(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.edit("companies", company, {"externalId": "a", "companyName2": "Avd."})

    answer = http.put(f"/companies/{company}", json=NORDLYS)

    record = answer.json()
    assert record == got(http, f"/companies/{company}")
    assert (record["externalId"], record["companyName2"]) == (None, None)
    assert (record["financeType"], record["dafualtPayerRule"]) == (None, None)
    assert record["name"] == "Nordlys Prøvebygg AS"
    assert len(record["contacts"]) == 1


def test_put_replaces_its_members__but_patch_sets_only_what_is_there(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.edit("companies", company, {"externalId": "a", "einvoiceEmail": "b@c.example"})

    http.patch(f"/companies/{company}", json={"externalId": None})

    record = got(http, f"/companies/{company}")
    assert (record["externalId"], record["einvoiceEmail"]) == (None, "b@c.example")


def test_patch_company_silent__it_answers_without_a_body(
    http: httpx2.Client, company: str
) -> None:
    answer = http.patch(f"/companies/{company}", json={"companyName": "Sørlys AS"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert got(http, f"/companies/{company}")["name"] == "Sørlys AS"


def test_patch_company_silent__it_may_close_a_company_and_put_may_not(
    http: httpx2.Client, company: str
) -> None:
    closing = {
        "companyName": "x",
        "closeDate": "2025-01-01T00:00:00",
        "closeReason": {"id": 1},
    }

    http.put(f"/companies/{company}", json=closing).raise_for_status()
    after_put = result(http, "/companies")
    http.patch(f"/companies/{company}", json=closing).raise_for_status()

    assert len(after_put) == 1
    assert result(http, "/companies") == []


def test_patch_company_silent__a_category_is_not_patched(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.edit("companies", company, {"category": {"id": 3}})

    http.patch(f"/companies/{company}", json={"category": {"id": 4}})

    assert got(http, f"/companies/{company}")["category"]["id"] == 3


# contacts-append-only


def test_contacts_append_only__they_are_added_and_never_changed(
    http: httpx2.Client, company: str
) -> None:
    path = f"/companies/{company}/contacts"
    newer = {"type": 2, "value": "ny@nordlys.example", "start": "2025-03-03T00:00:00"}

    added = http.post(path, json=[newer]).json()

    contacts = got(http, f"/companies/{company}")["contacts"]
    assert [contact["value"] for contact in added] == ["ny@nordlys.example"]
    assert contacts[1:] == added
    assert {http.request(method, path).status_code for method in ("PUT", "DELETE")} == {
        405
    }


@pytest.mark.parametrize(
    "contact",
    [
        {"value": "x"},
        {"type": 1},
        {"type": 11, "value": "x"},
        {"type": 1, "value": "x" * 101},
        {"type": 1, "value": "x", "start": "today"},
        "post@nordlys.example",
    ],
)
def test_contacts_append_only__one_that_does_not_fit_is_refused(
    http: httpx2.Client, company: str, contact: object
) -> None:
    answer = http.post(f"/companies/{company}/contacts", json=[EMAIL, contact])

    assert words(answer)[0] == 400
    assert len(got(http, f"/companies/{company}")["contacts"]) == 1


def test_contacts_append_only__organizations_take_them_only_at_first(
    http: httpx2.Client,
) -> None:
    first = {"identificationNumber": "5501", "name": "Lokallag", "contacts": [EMAIL]}
    http.post("/organizations", json=first).raise_for_status()

    answer = http.patch("/organizations/5501", json={"contacts": []})

    assert answer.json()["contacts"][0]["value"] == "post@nordlys.example"
    assert http.post("/organizations/5501/contacts", json=[EMAIL]).status_code == 404


# org-number-is-a-sub-resource


def test_org_number_is_a_sub_resource__it_is_written_apart_and_read_inside(
    care: Simulator, http: httpx2.Client
) -> None:
    number = care.insert("companies", NORDLYS)["debtorAccountNumber"]
    path = f"/companies/{number}{ORG_NUMBER}"

    first = http.post(path, json={"number": "999999999"})
    again = http.post(path, json={"number": "888888888"})
    other = http.put(path, json={"number": "777777777"})

    assert (first.status_code, first.content) == (200, b"")
    assert words(again)[0] == 400
    assert (other.status_code, other.content) == (200, b"")
    numbers = got(http, f"/companies/{number}")["businessNumbers"]
    assert numbers[NORWEGIAN]["number"] == "777777777"


@pytest.mark.parametrize("body", [{}, {"number": "1234567890"}, {"number": 999999999}])
def test_org_number_is_a_sub_resource__nine_characters_at_most(
    http: httpx2.Client, company: str, body: Json
) -> None:
    answer = http.put(f"/companies/{company}{ORG_NUMBER}", json=body)

    assert words(answer)[0] == 400


@pytest.mark.parametrize(
    ("wanted", "found"), [("NORDLYS prøve", 1), ("104417", 1), ("999999999", 0)]
)
def test_org_number_is_a_sub_resource__search_does_not_find_it(
    http: httpx2.Client, company: str, wanted: str, found: int
) -> None:
    assert len(result(http, "/companies/search", searchString=wanted)) == found


# identification-number-is-the-path-key


def test_identification_number_is_the_path_key__the_caller_picks_it(
    http: httpx2.Client,
) -> None:
    body = {"identificationNumber": "Å-55", "name": "Lokallag", "name2": "Øst"}

    created = http.post("/organizations", json=body)
    taken = http.post("/organizations", json=body)
    without = http.post("/organizations", json={"name": "Lokallag"})

    assert created.json()["fullName"] == "Lokallag Øst"
    assert got(http, "/organizations/Å-55") == created.json()
    assert http.get(f"/organizations/{created.json()['id']}").status_code == 404
    assert words(taken)[0] == 400
    assert words(without)[0] == 400


def test_identification_number_is_the_path_key__a_patch_echoes(
    care: Simulator, http: httpx2.Client
) -> None:
    care.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})

    answer = http.patch(
        "/organizations/5501", json={"name": "Regionen", "identificationNumber": "1"}
    )
    nameless = http.patch("/organizations/5501", json={"name": None})

    assert answer.json() == got(http, "/organizations/5501")
    assert answer.json()["fullName"] == "Regionen"
    assert words(nameless)[0] == 400
