"""Patches, and what is stored of them."""

import httpx2
import pytest

from simulators.kit.clock import VirtualClock
from tests.simulators.own_contract.talk import Json, create, kind, patch, pointers

# merge-patch


def test_merge_patch__null_clears_and_what_is_left_out_stays(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http, email="post@nordlys.example", phone="+4770000001")
    clock.advance(1)

    changed = patch(http, created["id"], {"phone": None}).json()

    moved = {"version": 2, "updatedAt": "2025-03-03T08:15:01.000Z"}
    assert changed == {**created, "phone": None, **moved}
    assert http.get(f"/customers/{created['id']}").json() == changed


def test_merge_patch__it_reaches_into_an_address(
    http: httpx2.Client, system: str
) -> None:
    name = {"customwebshop": "billingAddress", "custompms": "address"}[system]
    whole = {"line1": "Testgata 1", "postalCode": "7010", "city": "Trondheim"}
    members: Json = {name: whole}
    key = create(http, **members)["id"]

    moved = patch(http, key, {name: {"line1": "Testgata 2", "city": None}}).json()
    cleared = patch(http, key, {name: None}).json()
    again = patch(http, key, {name: {"city": "Oslo"}}).json()

    blank = dict.fromkeys(("line1", "line2", "postalCode", "city", "country"))
    assert moved[name] == {**blank, "line1": "Testgata 2", "postalCode": "7010"}
    assert cleared[name] is None
    assert again[name] == {**blank, "city": "Oslo"}


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
def test_merge_patch__another_content_type_is_415(
    http: httpx2.Client, content_type: str
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": "*", "Content-Type": content_type}

    answer = http.patch(f"/customers/{key}", content="{}", headers=headers)

    assert kind(answer) == (415, "unsupported-media-type")


def test_merge_patch__its_content_type_may_name_a_charset(http: httpx2.Client) -> None:
    key = create(http)["id"]
    kinds = "application/merge-patch+json; charset=utf-8"
    headers = {"If-Match": "*", "Content-Type": kinds}

    answer = http.patch(f"/customers/{key}", content="{}", headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("body", ["", "{", "NaN", b"\xff", r'{"name":"\ud800"}'])
def test_merge_patch__a_body_that_is_no_json_is_400(
    http: httpx2.Client, body: str | bytes
) -> None:
    key = create(http)["id"]
    headers = {"If-Match": "*", "Content-Type": "application/merge-patch+json"}

    patched = http.patch(f"/customers/{key}", content=body, headers=headers)
    posted = http.post("/customers", content=body)

    assert kind(patched) == kind(posted) == (400, "malformed")


@pytest.mark.parametrize("body", ["[]", "null", "7", '"name"'])
def test_merge_patch__a_body_that_is_no_object_is_422(
    http: httpx2.Client, body: str
) -> None:
    assert pointers(http.post("/customers", content=body)) == [""]


# noop-patch-is-silent


def test_noop_patch_is_silent__nothing_moves(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http, email="post@nordlys.example", phone="+4770000001")
    clock.advance(1)

    for changes in (
        {},
        {"name": "Nordlys"},
        {"name": " Nordlys ", "email": "POST@Nordlys.example", "phone": "70 00 00 01"},
        {"organizationNumber": ""},
        created,
    ):
        answer = patch(http, created["id"], changes)
        assert answer.json() == created
        assert answer.headers["ETag"] == '"1"'


# unknown-and-read-only-members


def test_unknown_and_read_only_members__unknown_ones_are_refused(
    http: httpx2.Client, system: str
) -> None:
    key = create(http)["id"]
    place = {"customwebshop": "billingAddress", "custompms": "address"}[system]

    created = http.post("/customers", json={"name": "x", "fax": "1", "Name": None})
    patched = patch(http, key, {"fax": None})
    inner = patch(http, key, {place: {"street": "Testgata 1"}})

    assert pointers(created) == ["/fax", "/Name"]
    assert pointers(patched) == ["/fax"]
    assert pointers(inner) == [f"/{place}/street"]


def test_unknown_and_read_only_members__a_record_that_was_read_may_be_sent_back(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    created = create(http)
    clock.advance(1)

    changed = patch(http, created["id"], {**created, "name": "other"}).json()
    forged = {"id": "x", "version": 99, "createdAt": "x", "updatedAt": 7}
    after_forged = patch(http, created["id"], {**forged, "name": "third"}).json()
    copied = http.post("/customers", json={**forged, "name": "copy"}).json()

    assert changed["version"] == 2
    assert after_forged["version"] == 3
    assert after_forged["createdAt"] == created["createdAt"]
    assert after_forged["id"] == created["id"]
    assert copied["id"] not in ("x", created["id"])
    assert copied["version"] == 1


def test_unknown_and_read_only_members__deleted_at_is_only_writable_as_null(
    http: httpx2.Client,
) -> None:
    key = create(http)["id"]
    gone = {"deletedAt": "2025-03-03T08:15:00.000Z"}

    assert pointers(patch(http, key, gone)) == ["/deletedAt"]
    assert pointers(http.post("/customers", json={"name": "x", **gone})) == [
        "/deletedAt"
    ]


# normalised-on-store


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("email", " Post@Nordlys.EXAMPLE ", "post@nordlys.example"),
        ("email", "", None),
        ("phone", "70 00 00 01", "+4770000001"),
        ("phone", "0047 70.00.00-01", "+4770000001"),
        ("phone", "+46 (70) 123 45 67", "+46701234567"),
        ("phone", "  ", None),
        ("organizationNumber", " 999 999 999 ", "999999999"),
        ("organizationNumber", "", None),
        ("name", "  Nordlys Prøvebygg  AS ", "Nordlys Prøvebygg  AS"),
        ("externalReference", " ref ", "ref"),
        ("externalReference", "", None),
    ],
)
def test_normalised_on_store__the_answer_echoes_what_was_stored(
    http: httpx2.Client, name: str, sent: str, stored: str | None
) -> None:
    created = http.post("/customers", json={"name": "Nordlys", name: sent}).json()
    other = create(http, "other")
    patch(http, created["id"], {"externalReference": None})
    changed = patch(http, other["id"], {name: sent}).json()

    assert created[name] == stored
    assert changed[name] == stored
    assert http.get(f"/customers/{other['id']}").json()[name] == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", None),
        ("name", " "),
        ("name", 7),
        ("name", "x" * 121),
        ("email", "post"),
        ("email", "a b@nordlys.example"),
        ("email", "a@" + "x" * 250 + ".example"),
        ("phone", "ring me"),
        ("phone", "12345"),
        ("phone", "+4712345678901234"),
        ("organizationNumber", "9" * 21),
        ("organizationNumber", 999999999),
        ("kind", "robot"),
        ("kind", None),
        ("externalReference", "x" * 101),
        ("externalReference", ["ref"]),
    ],
)
def test_normalised_on_store__what_is_not_valid_is_422_with_a_pointer(
    http: httpx2.Client, name: str, value: object
) -> None:
    key = create(http)["id"]

    assert pointers(patch(http, key, {name: value})) == [f"/{name}"]
    posted = http.post("/customers", json={"name": "Nordlys", name: value})
    assert pointers(posted) == [f"/{name}"]


def test_normalised_on_store__every_error_is_told_at_once(
    http: httpx2.Client, system: str
) -> None:
    place = {"customwebshop": "billingAddress", "custompms": "address"}[system]
    bad = {"email": "x", "phone": "x", place: {"country": "Norge", "city": 7}}

    answer = http.post("/customers", json=bad)

    expected = {"/name", "/email", "/phone", f"/{place}/country", f"/{place}/city"}
    assert set(pointers(answer)) == expected
