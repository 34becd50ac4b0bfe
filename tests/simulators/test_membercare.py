"""The quirks of Membercare.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.membercare import Knobs

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
NORDLYS: Json = {"companyName": "Nordlys Prøvebygg AS"}
EMAIL: Json = {"type": 1, "value": "post@nordlys.example", "start": None, "end": None}
ORG_NUMBER = "/registrationNumbers/norwegianCompanyNumber"
NORWEGIAN = "registrationNumberNorwegianCompanyNumber"


def sign_in(care: Simulator, **given: str) -> httpx2.Response:
    settings = care.settings(ORIGIN)
    body = {
        "clientApiKey": settings["client_api_key"],
        "personToImpersonate": settings["person_to_impersonate"],
        **given,
    }
    with httpx2.Client(transport=httpx2.WSGITransport(app=care.wsgi)) as http:
        return http.post(f"{settings['base_url']}/token", json=body)


def served(care: Simulator) -> Callable[..., Iterable[bytes]]:
    """Hand paths over as PEP 3333 has them, which httpx2 does for ASCII only."""

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return care.wsgi(environ, start_response)

    return app


def connect(care: Simulator) -> httpx2.Client:
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=served(care)),
        base_url=care.settings(ORIGIN)["base_url"],
        headers={"token": sign_in(care).json()["value"]},
    )


@pytest.fixture
def care(store: Store, clock: VirtualClock) -> Simulator:
    return membercare.simulate(store, Knobs(), clock)


@pytest.fixture
def http(care: Simulator) -> Iterator[httpx2.Client]:
    with connect(care) as http:
        yield http


@pytest.fixture
def company(care: Simulator) -> str:
    """The number of a company that has contacts and a Norwegian number."""
    record = care.insert(
        "companies",
        {
            **NORDLYS,
            "contacts": [EMAIL],
            "addresses": [{"street": "Testgata", "number": "1", "letter": "B"}],
            "businessNumbers": {NORWEGIAN: {"number": "999999999"}},
        },
    )
    return str(record["debtorAccountNumber"])


def got(http: httpx2.Client, path: str, **query: str | int | bool) -> Any:
    answer = http.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def result(http: httpx2.Client, path: str, **query: str | int | bool) -> list[Json]:
    return list(got(http, path, **query)["result"])


def words(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and words of a refusal, which is a bare JSON string."""
    said = answer.json()
    assert isinstance(said, str)
    return answer.status_code, said


# paging-envelope: what the links keep


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("pageSize", {"page": "2", "pageSize": "1"}),
        (
            "all",
            {"page": "2", "pageSize": "1", "includeAddressAndContactInfo": "true"},
        ),
    ],
)
def test_paging_envelope__what_a_link_keeps_of_the_query_is_a_knob(
    store: Store, clock: VirtualClock, kept: str, expected: dict[str, str]
) -> None:
    care = membercare.simulate(store, Knobs(next_keeps_query=kept), clock)
    for number in range(2):
        care.insert("companies", {"companyName": f"Nordlys {number}"})

    with connect(care) as http:
        asked = {"pageSize": "1", "includeAddressAndContactInfo": "true"}
        link = http.get("/companies", params=asked).json()["nextPageUrl"]

    assert dict(httpx2.URL(link).params) == expected


# token-header, token-expiry-local


def test_token_header__a_key_and_a_person_become_a_token(care: Simulator) -> None:
    answer = sign_in(care)

    token = answer.json()
    assert answer.status_code == 200
    assert set(token) == {"value", "expiration"}


def test_token_header__get_has_the_key_in_its_address(care: Simulator) -> None:
    with connect(care) as http:
        answer = http.get(
            "/token",
            params={
                "clientApiKey": care.settings("")["client_api_key"],
                "personToImpersonate": "2",
            },
        )
        allowed = http.get("/products", headers={"token": answer.json()["value"]})

    assert allowed.status_code == 200


@pytest.mark.parametrize("given", ["clientApiKey", "personToImpersonate"])
def test_token_header__the_wrong_key_or_person_is_refused(
    care: Simulator, given: str
) -> None:
    status, said = words(sign_in(care, **{given: "999"}))

    assert status == 400
    assert given in said


def test_token_header__any_person_can_be_impersonated(care: Simulator) -> None:
    person = care.insert("persons", {"name": "Kari Eksempel"})

    answer = sign_in(care, personToImpersonate=person["debtorAccountNumber"])

    assert answer.status_code == 200


def test_token_header__it_is_no_bearer_token(
    care: Simulator, http: httpx2.Client
) -> None:
    token = http.headers.pop("token")

    without = http.get("/products")
    as_bearer = http.get("/products", headers={"Authorization": f"Bearer {token}"})

    assert words(without) == (401, "The token is missing or unknown")
    assert as_bearer.status_code == 401


def test_token_expiry_local__it_ends_on_the_clock_of_the_server(
    care: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    expiration = sign_in(care).json()["expiration"]
    clock.advance(3599)
    in_time = http.get("/products")
    clock.advance(1)
    too_late = http.get("/products")

    assert expiration == "2025-03-03T10:15:00"
    assert in_time.status_code == 200
    assert words(too_late) == (401, "The token has expired")


def test_token_expiry_local__lifetime_and_zone_are_knobs(
    store: Store, clock: VirtualClock
) -> None:
    knobs = Knobs(token_lifetime_minutes=5, server_time_zone="America/New_York")

    care = membercare.simulate(store, knobs, clock)

    assert sign_in(care).json()["expiration"] == "2025-03-03T03:20:00"


# paging-envelope


def test_paging_envelope__the_next_page_has_an_absolute_address_with_the_query(
    care: Simulator, http: httpx2.Client
) -> None:
    for number in range(5):
        care.insert("companies", {"companyName": f"Nordlys & {number}"})

    first = got(http, "/companies/search", searchString="nordlys &", pageSize=2)
    second = http.get(first["nextPageUrl"]).json()
    third = http.get(second["nextPageUrl"]).json()

    assert first["nextPageUrl"].startswith(f"{ORIGIN}/api/v1/companies/search?")
    assert (first["totalCount"], first["totalPages"]) == (5, 3)
    assert (first["previousPageUrl"], third["nextPageUrl"]) == (None, None)
    assert http.get(second["previousPageUrl"]).json() == first
    names = [row["name"] for page in (first, second, third) for row in page["result"]]
    assert names == [f"Nordlys & {number}" for number in range(5)]


def test_paging_envelope__fifty_are_a_page_and_two_hundred_the_most(
    care: Simulator, http: httpx2.Client
) -> None:
    for number in range(201):
        care.insert("products", {"name": str(number)})

    assert len(result(http, "/products")) == 50
    assert len(result(http, "/products", pageSize=1000)) == 200
    assert result(http, "/products", page=6) == []


def test_paging_envelope__its_sizes_are_knobs(
    store: Store, clock: VirtualClock
) -> None:
    knobs = Knobs(default_page_size=1, max_page_size=2)
    care = membercare.simulate(store, knobs, clock)
    for number in range(3):
        care.insert("products", {"name": str(number)})

    with connect(care) as http:
        assert len(result(http, "/products")) == 1
        assert len(result(http, "/products", pageSize=3)) == 2


@pytest.mark.parametrize("query", [{"page": "0"}, {"pageSize": "x"}, {"page": "-1"}])
def test_paging_envelope__pages_count_from_one(
    http: httpx2.Client, query: dict[str, str]
) -> None:
    assert words(http.get("/products", params=query))[0] == 400


# incremental-only-on-debtors, organizations-in-debtors-unknown


def test_incremental_only_on_debtors__persons_are_among_them(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    person = care.insert("persons", {"name": "Kari Eksempel"})

    debtors = {row["debtorAccountNumber"]: row for row in result(http, "/debtors")}

    assert set(debtors) == {"2", company, person["debtorAccountNumber"]}
    assert debtors[company]["memberType"] == 2
    assert debtors[person["debtorAccountNumber"]]["memberType"] == 1
    assert "companyName" not in debtors[company]
    assert debtors[company]["contacts"] == []


def test_incremental_only_on_debtors__pages_go_over_both_kinds(
    care: Simulator, http: httpx2.Client
) -> None:
    for number in range(3):
        care.insert("persons", {"name": f"Person {number}"})
        care.insert("companies", {"companyName": f"Firma {number}"})

    pages = [result(http, "/debtors", pageSize=3, page=page) for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [3, 3, 1, 0]
    seen = [row["debtorAccountNumber"] for page in pages for row in page]
    assert len(set(seen)) == 7


@pytest.mark.parametrize(
    ("entity", "path"),
    [
        ("companies", "/companies"),
        ("organizations", "/organizations"),
        ("products", "/products"),
    ],
)
def test_incremental_only_on_debtors__elsewhere_the_parameter_means_nothing(
    care: Simulator, http: httpx2.Client, entity: str, path: str
) -> None:
    care.insert(
        entity, {"name": "Nordlys", "companyName": "x", "identificationNumber": "5501"}
    )

    assert len(result(http, path, changedAfter="2099-01-01T00:00:00")) == 1


def test_incremental_only_on_debtors__the_others_have_no_stamp(care: Simulator) -> None:
    organization = care.insert(
        "organizations", {"identificationNumber": "5501", "name": "Nordlys lokallag"}
    )
    product = care.insert("products", {"name": "Kursavgift"})

    assert "lastChange" not in organization
    assert "lastChange" not in product


def test_organizations_in_debtors_unknown__the_simulator_lists_none(
    care: Simulator, http: httpx2.Client
) -> None:
    care.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})

    assert [row["memberType"] for row in result(http, "/debtors")] == [1]


# lastchange-is-base-only, changed-after-exclusive


def test_lastchange_is_base_only__what_is_added_beside_it_does_not_show(
    http: httpx2.Client, clock: VirtualClock, company: str
) -> None:
    before = got(http, f"/companies/{company}")["lastChange"]
    clock.advance(60)

    http.post(f"/companies/{company}/contacts", json=[EMAIL]).raise_for_status()
    http.post(f"/companies/{company}/addresses", json=[{"street": "Ny"}])
    http.put(f"/companies/{company}{ORG_NUMBER}", json={"number": "888888888"})
    http.post(f"/companies/{company}/foreignSystem/7", params={"externalId": "a"})

    after = got(http, f"/companies/{company}")
    assert len(after["contacts"]) == 2
    assert after["lastChange"] == before
    assert result(http, "/debtors", changedAfter=before) == []


def test_lastchange_is_base_only__a_neighbour_moves_the_stamp_of_a_contact(
    http: httpx2.Client, clock: VirtualClock, company: str
) -> None:
    clock.advance(60)

    http.post(f"/companies/{company}/contacts", json=[EMAIL]).raise_for_status()

    old, new = got(http, f"/companies/{company}")["contacts"]
    assert old["lastChange"] == new["lastChange"] == "2025-03-03T09:16:00"


def test_lastchange_is_base_only__a_change_that_changes_nothing_does_not_move_it(
    care: Simulator, clock: VirtualClock, company: str
) -> None:
    clock.advance(60)

    same = care.edit("companies", company, NORDLYS)
    other = care.edit("companies", company, {"externalId": "shop-8841"})

    assert same["lastChange"] == "2025-03-03T09:15:00"
    assert other["lastChange"] == "2025-03-03T09:16:00"


@pytest.mark.parametrize("spelt", ["", "Z", "+05:00", " 01:00", ".5"])
def test_changed_after_exclusive__it_is_local_time_and_an_offset_is_ignored(
    http: httpx2.Client, company: str, spelt: str
) -> None:
    at_the_stamp = result(http, "/debtors", changedAfter=f"2025-03-03T09:15:00{spelt}")
    before_it = result(http, "/debtors", changedAfter=f"2025-03-03T09:14:59{spelt}")

    assert at_the_stamp == []
    assert company in [row["debtorAccountNumber"] for row in before_it]


def test_changed_after_exclusive__the_hour_that_repeats_hides_changes(
    care: Simulator, http: httpx2.Client, clock: VirtualClock, company: str
) -> None:
    clock.now = datetime(2025, 10, 26, 0, 50, tzinfo=UTC)
    http.headers["token"] = sign_in(care).json()["value"]
    first = care.edit("companies", company, {"externalId": "a"})["lastChange"]
    clock.advance(30 * 60)
    second = care.edit("companies", company, {"externalId": "b"})["lastChange"]

    assert (first, second) == ("2025-10-26T02:50:00", "2025-10-26T02:20:00")
    assert result(http, "/debtors", changedAfter=first) == []


def test_changed_after_exclusive__what_is_no_time_is_refused(
    http: httpx2.Client,
) -> None:
    answer = http.get("/debtors", params={"changedAfter": "yesterday"})

    assert words(answer)[0] == 400


# lists-leave-out-contacts, list-shows-valid-only


@pytest.mark.parametrize("path", ["/companies", "/companies/search"])
def test_lists_leave_out_contacts__unless_they_are_asked_for(
    http: httpx2.Client, company: str, path: str
) -> None:
    [plain] = result(http, path)
    [full] = result(http, path, includeAddressAndContactInfo="true")
    single = got(http, f"/companies/{company}")

    assert (plain["contacts"], plain["addresses"]) == ([], [])
    assert full == single
    assert full["contacts"][0]["value"] == "post@nordlys.example"
    assert full["addresses"][0]["addressLineOne"] == "Testgata 1 B"


def test_list_shows_valid_only__a_closed_company_still_answers(
    care: Simulator, http: httpx2.Client, clock: VirtualClock, company: str
) -> None:
    care.edit("companies", company, {"closeDate": "2025-03-03T10:00:00"})

    still_there = result(http, "/companies")
    clock.advance(45 * 60)
    gone = result(http, "/companies") + result(http, "/companies/search")

    assert len(still_there) == 1
    assert gone == []
    assert got(http, f"/companies/{company}")["closeDate"] == "2025-03-03T10:00:00"


def test_list_shows_valid_only__ended_organizations_are_listed_unless_told(
    care: Simulator, http: httpx2.Client
) -> None:
    for number, end in (("5501", None), ("5502", "2023-12-31T00:00:00")):
        care.insert(
            "organizations",
            {"identificationNumber": number, "name": "Lokallag", "endDate": end},
        )

    whole = result(http, "/organizations")
    valid = result(http, "/organizations", onlyValid="true")

    assert [row["identificationNumber"] for row in whole] == ["5501", "5502"]
    assert [row["identificationNumber"] for row in valid] == ["5501"]


def test_list_shows_valid_only__people_close_and_end_and_retire(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})
    product = care.insert("products", {"name": "Kursavgift"})

    care.remove("companies", company)
    care.remove("organizations", "5501")
    care.remove("products", str(product["id"]))

    assert result(http, "/companies") == []
    assert result(http, "/organizations", onlyValid="true") == []
    assert result(http, "/products")[0]["valid"] is False


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


# invoice-write-is-status-only


def invoice(care: Simulator, **members: Any) -> Json:
    return care.insert(
        "invoices",
        {
            "payer": {"debtorAccountNumber": "2001", "name": "Kari", "memberType": 1},
            "financeDate": "2025-03-01T00:00:00",
            "invoiceItems": [{"description": "Årskontingent", "unitPrice": 400}],
            **members,
        },
    )


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_invoice_write_is_status_only(
    care: Simulator, http: httpx2.Client, method: str
) -> None:
    before = invoice(care)
    body = {"financeStatus": 1, "financeDate": "2030-01-01T00:00:00", "source": 6}

    answer = http.request(method, f"/invoices/{before['id']}", json=body)

    assert answer.json() == got(http, f"/invoices/{before['id']}")
    assert answer.json() == {**before, "financeStatus": 1}


@pytest.mark.parametrize("status", [-2, 4, "1", None, True])
def test_invoice_write_is_status_only__there_are_five_of_them(
    care: Simulator, http: httpx2.Client, status: object
) -> None:
    path = f"/invoices/{invoice(care)['id']}"

    assert words(http.patch(path, json={"financeStatus": status}))[0] == 400
    assert words(http.patch(path, json={}))[0] == 400


def test_invoice_write_is_status_only__rows_leave_the_filter_while_paging(
    care: Simulator, http: httpx2.Client
) -> None:
    made = [invoice(care)["id"] for _ in range(4)]

    first = got(http, "/invoices", financeStatus=0, pageSize=2)
    for row in first["result"]:
        http.patch(f"/invoices/{row['id']}", json={"financeStatus": 1})
    second = got(http, "/invoices", financeStatus=0, pageSize=2, page=2)
    first_again = result(http, "/invoices", financeStatus=0, pageSize=2)

    assert [row["id"] for row in first["result"]] == made[:2]
    assert second["result"] == []
    assert [row["id"] for row in first_again] == made[2:]


def test_invoice_write_is_status_only__payments_have_a_status_of_their_own(
    care: Simulator, http: httpx2.Client
) -> None:
    paid = invoice(care, payments=[{"financeStatus": 2}, {"financeStatus": 0}])
    invoice(care)

    found = result(http, "/invoices", paymentFinanceStatus=0)
    none = result(http, "/invoices", paymentFinanceStatus=1)
    refused = http.get("/invoices", params={"financeStatus": "9"})

    assert [row["id"] for row in found] == [paid["id"]]
    assert none == []
    assert words(refused)[0] == 400


# invoice-has-no-total


def test_invoice_has_no_total__it_is_the_sum_of_its_lines(care: Simulator) -> None:
    made = invoice(care, invoiceItems=[{"unitPrice": 400, "quantity": 2}])

    assert not {"total", "totalPrice", "totalVat", "currency"} & set(made)
    [line] = made["invoiceItems"]
    assert line["totalPrice"] == 800
    assert "productId" not in line


def test_invoice_has_no_total__a_payer_may_be_of_three_kinds(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    person = care.insert("persons", {"name": "Kari Eksempel"})["debtorAccountNumber"]
    care.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})
    invoice(care, payer={"debtorAccountNumber": company})
    invoice(care, payer={"debtorAccountNumber": person})
    invoice(care, payer={"debtorAccountNumber": "5501", "memberType": 3})

    payers = [row["payer"] for row in result(http, "/invoices")]

    assert [(payer["memberType"], payer["name"]) for payer in payers] == [
        (2, "Nordlys Prøvebygg AS"),
        (1, "Kari Eksempel"),
        (3, "Lokallag"),
    ]


def test_invoice_has_no_total__a_payer_is_shown_as_it_stands_now(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    number = invoice(care, payer={"debtorAccountNumber": company})["id"]

    care.edit("companies", company, {"name": "Sørlys AS"})

    assert got(http, f"/invoices/{number}")["payer"]["name"] == "Sørlys AS"


def test_invoice_has_no_total__a_credit_is_an_invoice_of_its_own(
    care: Simulator, http: httpx2.Client
) -> None:
    first = invoice(care)
    credit = invoice(care, creditedInvoiceId=first["id"])

    row = got(http, f"/invoices/{credit['id']}")

    assert row["creditedInvoiceId"] == first["id"]


def test_invoice_has_no_total__those_of_one_payer_can_be_listed(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    payer = {"debtorAccountNumber": company}
    days = ("2025-01-01T00:00:00", "2025-02-01T00:00:00", "2025-03-01T00:00:00")
    one, two, three = (
        invoice(care, payer=payer, financeDate=day)["id"] for day in days
    )
    invoice(care)
    path = f"/debtors/{company}/invoices"

    whole = result(http, path, reverseOrder="true")
    later = result(http, path, financedAfter="2025-01-01T00:00:00")
    nobody = result(http, "/debtors/9/invoices")

    assert [row["id"] for row in whole] == [three, two, one]
    assert [row["id"] for row in later] == [two, three]
    assert nobody == []


# bulk-patch-mixed-result


def test_bulk_patch_mixed_result__each_invoice_has_its_own_outcome(
    care: Simulator, http: httpx2.Client
) -> None:
    one, two = invoice(care)["id"], invoice(care)["id"]

    answer = http.patch(
        "/invoices",
        json=[
            {"id": one, "financeStatus": 1},
            {"id": 1, "financeStatus": 1},
            {"id": two, "financeStatus": 9},
        ],
    )

    good, missing, bad = answer.json()
    assert answer.status_code == 200
    assert (good["httpStatusCode"], good["invoice"]["financeStatus"]) == (200, 1)
    assert (missing["httpStatusCode"], missing["invoice"]) == (404, None)
    assert missing["statusText"] == "No such invoice"
    assert (bad["httpStatusCode"], bad["invoice"]) == (400, None)
    assert got(http, f"/invoices/{one}")["financeStatus"] == 1
    assert got(http, f"/invoices/{two}")["financeStatus"] == 0


@pytest.mark.parametrize("body", [{}, [], [{"financeStatus": 1}], ["1"]])
def test_bulk_patch_mixed_result__without_ids_all_of_it_is_refused(
    http: httpx2.Client, body: object
) -> None:
    assert words(http.patch("/invoices", json=body))[0] == 400


# products-have-no-price


def test_products_have_no_price__and_a_retired_one_is_still_listed(
    care: Simulator, http: httpx2.Client
) -> None:
    care.insert("products", {"name": "Kursavgift", "vatPercent": 25})
    care.insert("products", {"name": "Utgått", "valid": False})

    first, second = result(http, "/products")

    assert set(first) == {
        "id",
        "name",
        "vatPercent",
        "notOnInvoiceIfZero",
        "context",
        "valid",
        "productGroup",
        "url",
    }
    assert (first["valid"], second["valid"]) == (True, False)
    assert got(http, f"/products/{first['id']}") == first


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/products"),
        ("PATCH", "/products/31"),
        ("POST", "/invoices"),
        ("DELETE", "/companies/104417"),
        ("DELETE", "/organizations/5501"),
    ],
)
def test_products_have_no_price__what_is_read_only_has_no_such_method(
    http: httpx2.Client, method: str, path: str
) -> None:
    assert http.request(method, path).status_code == 405


# no-idempotency-no-concurrency


def test_no_idempotency_no_concurrency__a_repeated_post_makes_a_second_company(
    http: httpx2.Client,
) -> None:
    body = {**NORDLYS, "externalId": "shop-8841"}
    headers = {"Idempotency-Key": "once"}

    answers = [http.post("/companies", json=body, headers=headers) for _ in range(2)]

    found = result(http, "/companies/search", searchString="Nordlys Prøvebygg AS")
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "ETag" not in answers[0].headers
    assert [row["externalId"] for row in found] == ["shop-8841"] * 2


# foreign-system-link


def test_foreign_system_link__a_company_is_found_by_the_system_it_is_linked_to(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.insert("companies", {"companyName": "Ulenket"})
    path = f"/companies/{company}/foreignSystem/7"

    answers = [
        http.post(path, params={"externalId": text}) for text in ("cus_1", "cus_2")
    ]

    assert [(one.status_code, one.content) for one in answers] == [(200, b"")] * 2
    [row] = result(http, "/foreignSystems/7/companies")
    assert row["debtorAccountNumber"] == company
    [mapping] = row["foreignSystemMappings"]
    assert (mapping["externalId"], mapping["foreignSystem"]["id"]) == ("cus_2", 7)
    assert result(http, "/foreignSystems/8/companies") == []


def test_foreign_system_link__it_needs_an_id(http: httpx2.Client, company: str) -> None:
    assert words(http.post(f"/companies/{company}/foreignSystem/7"))[0] == 400


# errors-are-bare-strings


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/companies/999", "No such company"),
        ("/organizations/999", "No such organization"),
    ],
)
def test_errors_are_bare_strings(http: httpx2.Client, path: str, said: str) -> None:
    assert words(http.get(path)) == (404, said)


@pytest.mark.parametrize("path", ["/invoices/999", "/products/999"])
def test_errors_are_bare_strings__but_for_invoices_and_products(
    http: httpx2.Client, path: str
) -> None:
    answer = http.get(path)

    problem = answer.json()
    assert answer.status_code == 404
    assert (problem["status"], problem["title"]) == (404, "Not Found")


def test_errors_are_bare_strings__also_for_what_is_no_json(http: httpx2.Client) -> None:
    assert words(http.post("/companies", content=b"{"))[0] == 400


def test_errors_are_bare_strings__a_rate_limit_is_a_knob(
    store: Store, clock: VirtualClock
) -> None:
    care = membercare.simulate(store, Knobs(rate_limit_per_minute=2), clock)

    with connect(care) as http:
        answers = [http.get("/products") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert words(answers[1])[0] == 429
    assert "Retry-After" not in answers[1].headers


# people


def test_people_change_a_company_by_the_names_that_it_is_read_by(
    care: Simulator, company: str
) -> None:
    record = care.edit(
        "companies",
        company,
        {"name": "Sørlys AS", "dafualtPayerRule": 3, "contacts": [EMAIL, EMAIL]},
    )

    assert (record["companyName"], record["companyName2"]) == ("Sørlys AS", None)
    assert (record["name"], record["dafualtPayerRule"]) == ("Sørlys AS", 3)
    assert len({contact["id"] for contact in record["contacts"]}) == 2


def test_people_are_refused_what_does_not_fit(care: Simulator, company: str) -> None:
    with pytest.raises(Refused, match="companyName"):
        care.edit("companies", company, {"companyName": "N" * 101})
    with pytest.raises(Refused, match="taken"):
        care.insert("companies", {**NORDLYS, "debtorAccountNumber": company})
    with pytest.raises(Refused, match="cannot be deleted"):
        care.remove("invoices", str(invoice(care)["id"]))


def test_an_id_is_given_out_once(care: Simulator) -> None:
    care.insert("products", {"id": 31, "name": "Kursavgift"})

    product = care.insert("products", {"name": "Årskontingent"})

    assert product["id"] == 32
    with pytest.raises(Refused, match="taken"):
        care.insert("products", {"id": 31, "name": "Kurslunsj"})


def test_what_people_remove_for_good_is_gone(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    care.remove("companies", company, hard=True)

    assert http.get(f"/companies/{company}").status_code == 404


def test_the_settings_are_those_of_the_connector(care: Simulator) -> None:
    settings = care.settings("http://127.0.0.1:8001")

    assert settings["base_url"] == "http://127.0.0.1:8001/api/v1"
    assert set(settings) == {"base_url", "client_api_key", "person_to_impersonate"}
