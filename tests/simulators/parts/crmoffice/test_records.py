"""Writes: unguarded, merged, and what is stored of them."""

import httpx2
import pytest

from simulators import crmoffice
from simulators.crmoffice import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.store import Store
from tests.simulators.parts.crmoffice.talk import Connect, create, ids, read, refusal

# no-etag, no-idempotency-key


def test_no_etag__the_last_write_wins_silently(http: httpx2.Client) -> None:
    key = create(http, "/contacts")

    headers = {"If-Match": '"stale"'}
    answer = http.patch(f"/contacts/{key}", json={"givenName": "A"}, headers=headers)

    assert answer.status_code == 204
    assert "ETag" not in http.get(f"/contacts/{key}").headers
    assert "version" not in read(http, "/contacts", key)


def test_no_idempotency_key__a_retried_post_makes_a_second_record(
    http: httpx2.Client,
) -> None:
    headers = {"Idempotency-Key": "intent-1"}
    body = {"familyName": "Prøvesen"}

    answers = [http.post("/contacts", json=body, headers=headers) for _ in range(2)]

    assert answers[0].json() != answers[1].json()
    assert len(ids(http, "/contacts")) == 2


def test_no_idempotency_key__a_twin_contact_is_found_by_search(
    http: httpx2.Client,
) -> None:
    ola = create(
        http, "/contacts", familyName="Ørn", givenName="Ola", mobilePhone="40000002"
    )
    create(http, "/contacts", familyName="Berg", email="orn@ola.example")

    found = [
        ids(http, "/contacts", search=text)
        for text in ("ørn", "ØR", "OLA", "0002", "Ørn Ola", "none")
    ]

    assert found == [[ola], [ola], [ola], [ola], [], []]


def test_no_idempotency_key__a_twin_activity_is_found_by_owner_and_window(
    http: httpx2.Client,
) -> None:
    owner = create(http, "/contacts")
    twin = create(http, "/activities", ownerId=owner, startsAt="2025-03-03T09:00:00")
    late = create(http, "/activities", ownerId=owner, startsAt="2025-03-04T00:00:00")
    create(http, "/activities", startsAt="2025-03-03T09:00:00")
    create(http, "/activities", ownerId=owner)

    def window(start: str, end: str) -> list[str]:
        query = {"ownerId": owner, "startsAtFrom": start, "startsAtTo": end}
        return ids(http, "/activities", **query)

    assert window("2025-03-03T09:00:00", "2025-03-04T00:00:00") == [twin]
    assert window("2025-03-03T09:00:01", "2025-03-04T00:00:01") == [late]
    answer = http.get("/activities?startsAtFrom=today")
    assert refusal(answer) == (400, "validation", "startsAtFrom")


# post-answers-id-only, patch-merge, patch-always-bumps


def test_post_answers_id_only__and_patch_and_delete_answer_nothing(
    http: httpx2.Client,
) -> None:
    created = http.post("/contacts", json={"familyName": "Prøvesen"})
    path = f"/contacts/{created.json()['id']}"

    changed = http.patch(path, json={"givenName": "Ola"})
    deleted = http.delete(path)

    assert (created.status_code, set(created.json())) == (201, {"id"})
    assert (changed.status_code, changed.content) == (204, b"")
    assert (deleted.status_code, deleted.content) == (204, b"")


def test_patch_merge__null_clears_and_what_is_left_out_stays(
    http: httpx2.Client,
) -> None:
    key = create(http, "/contacts", givenName="Ola", email="a@b.example", companyId="1")

    http.patch(f"/contacts/{key}", json={"givenName": None})

    kept = read(http, "/contacts", key)
    assert (kept["givenName"], kept["familyName"]) == (None, "Prøvesen")
    assert (kept["email"], kept["companyId"]) == ("a@b.example", "1")
    assert kept["mobilePhone"] is None


@pytest.mark.parametrize(
    ("path", "name"), [("/contacts", "familyName"), ("/activities", "subject")]
)
def test_patch_merge__the_name_must_have_a_value(
    http: httpx2.Client, path: str, name: str
) -> None:
    key = create(http, path)

    answers = [
        http.patch(f"{path}/{key}", json={name: None}),
        http.patch(f"{path}/{key}", json={name: "  "}),
        http.post(path, json={name: ""}),
        http.post(path, json={}),
    ]

    assert [refusal(a) for a in answers] == [(400, "validation", name)] * 4


def test_patch_merge__unknown_and_read_only_members_are_lost_without_a_sound(
    http: httpx2.Client,
) -> None:
    key = create(http, "/contacts", nickname="Olly", id="7")
    before = read(http, "/contacts", key)
    lost = {"id": "7", "FamilyName": "x", "createdAt": "x", "modifiedAt": 7}

    answer = http.patch(f"/contacts/{key}", json=lost)

    assert answer.status_code == 204
    assert read(http, "/contacts", key) == before
    assert "nickname" not in before
    assert key != "7"


@pytest.mark.parametrize("value", [7, True, ["x"], {"x": "y"}])
def test_all_strings_trimmed__a_value_that_is_no_string_is_refused(
    http: httpx2.Client, value: object
) -> None:
    answer = http.post("/contacts", json={"familyName": "x", "givenName": value})

    assert refusal(answer) == (400, "validation", "givenName")


@pytest.mark.parametrize("body", ["", "{", "[]", "null"])
def test_error_shape__a_body_that_is_no_object_is_400(
    http: httpx2.Client, body: str
) -> None:
    key = create(http, "/contacts")

    for answer in (
        http.post("/contacts", content=body),
        http.patch(f"/contacts/{key}", content=body),
    ):
        assert refusal(answer)[0] == 400


def test_there_is_no_put(http: httpx2.Client) -> None:
    key = create(http, "/contacts")

    assert http.put(f"/contacts/{key}", json={}).status_code == 405


@pytest.mark.parametrize("path", ["/contacts", "/activities"])
def test_patch_always_bumps__even_when_nothing_changes(
    http: httpx2.Client, clock: VirtualClock, path: str
) -> None:
    key = create(http, path)
    clock.advance(5)

    http.patch(f"{path}/{key}", json={})

    kept = read(http, path, key)
    assert kept["createdAt"] == "2025-03-03T08:15:00Z"
    assert kept["modifiedAt"] == "2025-03-03T08:15:05Z"


# phone-normalised, all-strings-trimmed


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("+47 400 00 002", "+4740000002"),
        ("400.00-002", "40000002"),
        ("0047 40000002", "+4740000002"),
        ("(+47) 40000002", "(+47)40000002"),
        (" - ", None),
        ("", None),
        ("+47 400 00 002 / 400 00 003", "+4740000002/40000003"),
    ],
)
def test_phone_normalised__what_is_read_is_not_what_was_written(
    http: httpx2.Client, sent: str, stored: str | None
) -> None:
    key = create(http, "/contacts", mobilePhone=sent)

    assert read(http, "/contacts", key)["mobilePhone"] == stored


@pytest.mark.parametrize(
    ("path", "name", "longest"),
    [
        ("/contacts", "familyName", 60),
        ("/contacts", "givenName", 60),
        ("/contacts", "mobilePhone", 20),
        ("/contacts", "email", 100),
        ("/activities", "subject", 200),
        ("/activities", "body", 4000),
    ],
)
def test_all_strings_trimmed__and_cut_off_not_refused(
    http: httpx2.Client, path: str, name: str, longest: int
) -> None:
    key = create(http, path, **{name: " " + "ø" * (longest + 5)})
    created = read(http, path, key)[name]

    http.patch(f"{path}/{key}", json={name: "å" * (longest + 1)})

    assert created == "ø" * longest
    assert read(http, path, key)[name] == "å" * longest


def test_all_strings_trimmed__empty_text_is_null(http: httpx2.Client) -> None:
    key = create(http, "/activities", body=" \t ", contactId="", startsAt="")

    kept = read(http, "/activities", key)
    assert kept["body"] is kept["contactId"] is kept["startsAt"] is None


# times-local-without-offset, end-before-start


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2025-03-03T09:00:00", "2025-03-03T09:00:00"),
        ("2025-03-03T08:00:00Z", "2025-03-03T09:00:00"),
        ("2025-07-01T08:00:00Z", "2025-07-01T10:00:00"),
        ("2025-03-03T00:30:00.750+02:00", "2025-03-02T23:30:00"),
        ("2025-03-03T09:00", "2025-03-03T09:00:00"),
        ("2025-10-26T00:30:00Z", "2025-10-26T02:30:00"),  # the hour that repeats
        ("2025-10-26T01:30:00Z", "2025-10-26T02:30:00"),
    ],
)
def test_times_local_without_offset__an_offset_is_turned_into_local_time(
    http: httpx2.Client, sent: str, stored: str
) -> None:
    key = create(http, "/activities", startsAt=sent)

    assert read(http, "/activities", key)["startsAt"] == stored


@pytest.mark.parametrize(
    "value", ["2025-03-03", "9 o'clock", "2025-02-30T09:00:00", "20250303T090000"]
)
def test_times_local_without_offset__what_is_no_time_is_refused(
    http: httpx2.Client, value: str
) -> None:
    answer = http.post("/activities", json={"subject": "x", "endsAt": value})

    assert refusal(answer) == (400, "validation", "endsAt")


def test_end_before_start__is_refused_by_what_would_be_stored(
    http: httpx2.Client,
) -> None:
    times = {"startsAt": "2025-03-03T09:00:00", "endsAt": "2025-03-03T10:00:00"}
    key = create(http, "/activities", **times)

    early = http.patch(f"/activities/{key}", json={"endsAt": "2025-03-03T07:59:59Z"})
    late = http.patch(f"/activities/{key}", json={"startsAt": "2025-03-03T11:00:00"})
    equal = http.patch(f"/activities/{key}", json={"endsAt": "2025-03-03T09:00:00"})
    alone = http.patch(f"/activities/{key}", json={"startsAt": None})

    assert refusal(early) == refusal(late) == (400, "validation", "endsAt")
    assert (equal.status_code, alone.status_code) == (204, 204)


# owner-is-a-reference


def test_owner_is_a_reference__it_names_a_contact(http: httpx2.Client) -> None:
    owner = create(http, "/contacts")
    key = create(http, "/activities", ownerId=owner)

    posted = http.post("/activities", json={"subject": "x", "ownerId": "1"})
    patched = http.patch(f"/activities/{key}", json={"ownerId": "1"})
    cleared = http.patch(f"/activities/{key}", json={"ownerId": None})

    assert refusal(posted) == refusal(patched) == (400, "validation", "ownerId")
    assert posted.json()["message"] == "ownerId: no such contact"
    assert cleared.status_code == 204


def test_owner_is_a_reference__the_knob_makes_it_a_user(
    store: Store, client: Connect
) -> None:
    crm = crmoffice.simulate(store, Knobs(owner_id_refers_to="user"))
    crm.insert("users", {"userName": "kari.eksempel"})
    http = client(crm)
    contact = create(http, "/contacts")

    key = create(http, "/activities", ownerId="kari.eksempel")
    refused = http.post("/activities", json={"subject": "x", "ownerId": contact})

    assert read(http, "/activities", key)["ownerId"] == "kari.eksempel"
    assert refused.json()["message"] == "ownerId: no such user"


# hard-delete-invisible


def test_hard_delete_invisible__the_record_is_gone_without_a_trace(
    http: httpx2.Client,
) -> None:
    key = create(http, "/contacts")
    path = f"/contacts/{key}"

    http.delete(path)

    gone = [http.delete(path), http.get(path), http.patch(path, json={})]
    assert [refusal(answer)[:2] for answer in gone] == [(404, "not_found")] * 3
    assert ids(http, "/contacts", modifiedSince="2025-01-01T00:00:00Z") == []


def test_hard_delete_invisible__activities_keep_a_dangling_owner(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    owner = create(http, "/contacts")
    key = create(http, "/activities", ownerId=owner)
    before = read(http, "/activities", key)
    clock.advance(5)

    http.delete(f"/contacts/{owner}")

    changed = http.patch(f"/activities/{key}", json={"subject": "y"})
    refused = http.patch(f"/activities/{key}", json={"ownerId": owner})
    assert before["ownerId"] == owner
    assert read(http, "/activities", key)["ownerId"] == owner
    assert changed.status_code == 204
    assert refused.status_code == 400
