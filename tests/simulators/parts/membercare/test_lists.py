"""Lists: in pages, since a change, with what they leave out."""

from datetime import UTC, datetime

import httpx2
import pytest

from simulators import membercare
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.membercare import Knobs
from tests.simulators.parts.membercare.talk import (
    EMAIL,
    NORDLYS,
    ORG_NUMBER,
    ORIGIN,
    connect,
    got,
    result,
    sign_in,
    words,
)

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
