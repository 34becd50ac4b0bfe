"""Lists: empty, in pages, since a stamp, by filters, in any case."""

import json
from datetime import UTC, datetime

import httpx2
import pytest

from simulators import powerofficego
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.powerofficego import Knobs
from tests.simulators.parts.powerofficego.talk import (
    CHANGED,
    KARI,
    NORDLYS,
    connect,
    created,
    detail,
    listed,
    patch,
    replace,
)

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
