"""The quirks of CRM-Office.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from simulators import crmoffice
from simulators.crmoffice import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store

Connect = Callable[[Simulator], httpx2.Client]
Json = dict[str, Any]
UNLIMITED = Knobs(rate_limit_per_minute=0)
ORIGIN = "http://simulator.test"


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(crm: Simulator, client: Connect) -> httpx2.Client:
    return client(crm)


def create(http: httpx2.Client, path: str, **members: Any) -> str:
    named = {"/contacts": {"familyName": "Prøvesen"}, "/activities": {"subject": "x"}}
    answer = http.post(path, json={**named[path], **members})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def read(http: httpx2.Client, path: str, key: str) -> Json:
    answer = http.get(f"{path}/{key}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def items(http: httpx2.Client, path: str, **query: str) -> list[Json]:
    answer = http.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def ids(http: httpx2.Client, path: str, **query: str) -> list[str]:
    return [record["id"] for record in items(http, path, **query)]


def refusal(answer: httpx2.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"error", "message"}
    return answer.status_code, body["error"], body["message"].partition(":")[0]


def sign_in(crm: Simulator, **form: str | None) -> httpx2.Response:
    settings = crm.settings(ORIGIN)
    whole = {
        "grant_type": "refresh_token",
        "client_id": settings["client_id"],
        "client_secret": settings["client_secret"],
        "refresh_token": settings["refresh_token"],
        **form,
    }
    sent = {name: value for name, value in whole.items() if value is not None}
    with httpx2.Client(transport=httpx2.WSGITransport(app=crm.wsgi)) as http:
        return http.post(settings["token_url"], data=sent)


# sign-in-host-differs, refresh-token-rotates


def test_sign_in_host_differs__tokens_and_data_have_addresses_of_their_own(
    crm: Simulator,
) -> None:
    settings = crm.settings("http://localhost:1")

    assert settings["base_url"] == "http://localhost:1"
    assert settings["token_url"] == "http://localhost:1/connect/token"
    assert set(settings) == {
        "base_url",
        "token_url",
        "client_id",
        "client_secret",
        "refresh_token",
    }


def test_sign_in_host_differs__a_refresh_token_is_traded_for_a_bearer_token(
    crm: Simulator,
) -> None:
    answer = sign_in(crm)

    tokens = answer.json()
    assert answer.status_code == 200
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 3600
    assert tokens["scope"] == "crmoffice offline_access"
    assert len(tokens["access_token"].split(".")) == 3


def test_sign_in_host_differs__the_first_consent_is_traded_by_its_code_once(
    crm: Simulator,
) -> None:
    crm.insert("consents", {"code": "abc"})
    grant = {"grant_type": "authorization_code", "code": "abc", "refresh_token": None}

    first = sign_in(crm, **grant)
    again = sign_in(crm, **grant)
    refreshed = sign_in(crm, refresh_token=first.json()["refresh_token"])

    assert (first.status_code, refreshed.status_code) == (200, 200)
    assert again.json()["error"] == "invalid_grant"


def test_refresh_token_rotates__the_old_one_is_dead_at_once(crm: Simulator) -> None:
    old = crm.settings(ORIGIN)["refresh_token"]

    first = sign_in(crm, refresh_token=old)
    again = sign_in(crm, refresh_token=old)
    second = sign_in(crm, refresh_token=first.json()["refresh_token"])

    assert first.json()["refresh_token"] != old
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert second.status_code == 200


def test_refresh_token_rotates__the_live_one_outlives_a_restart(
    store: Store, crm: Simulator
) -> None:
    live = sign_in(crm).json()["refresh_token"]

    restarted = crmoffice.simulate(store)

    assert restarted.settings(ORIGIN)["refresh_token"] == live
    assert sign_in(restarted, refresh_token=live).status_code == 200


def test_refresh_token_rotates__unless_the_knob_says_that_it_stays(
    store: Store,
) -> None:
    crm = crmoffice.simulate(store, Knobs(rotate_refresh_token=False))
    token = crm.settings(ORIGIN)["refresh_token"]

    answers = [sign_in(crm, refresh_token=token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "refresh_token" not in answers[0].json()


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": None}, "invalid_client"),
        ({"refresh_token": "unknown"}, "invalid_grant"),
        ({"refresh_token": None}, "invalid_grant"),
        ({"grant_type": "authorization_code"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_error_shape__token_errors_follow_the_oauth_standard(
    crm: Simulator, form: dict[str, str | None], error: str
) -> None:
    before = crm.settings(ORIGIN)["refresh_token"]

    answer = sign_in(crm, **form)

    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "error_description"}
    assert answer.json()["error"] == error
    assert crm.settings(ORIGIN)["refresh_token"] == before


def test_access_tokens_expire_after_an_hour(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    clock.advance(3599)
    in_time = http.get("/users")
    clock.advance(1)
    late = http.get("/users")

    assert (in_time.status_code, late.status_code) == (200, 401)


def test_the_life_of_access_tokens_is_a_knob(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    crm = crmoffice.simulate(store, Knobs(token_lifetime_seconds=10), clock)
    http = client(crm)

    clock.advance(10)

    assert http.get("/users").status_code == 401
    assert sign_in(crm).json()["expires_in"] == 10


@pytest.mark.parametrize(
    "header", [None, "Bearer x", "Bearer a.b.c", "Basic x", "Bearer", "Bearer .."]
)
def test_error_shape__a_401_has_an_empty_body(
    http: httpx2.Client, header: str | None
) -> None:
    http.headers.pop("Authorization")
    headers = {"Authorization": header} if header else {}

    answer = http.get("/contacts", headers=headers)

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_forged_token_is_refused(http: httpx2.Client) -> None:
    head, claims, signature = http.headers["Authorization"].split(".")
    http.headers["Authorization"] = f"{head}.{claims}A.{signature}"

    assert http.get("/contacts").status_code == 401


# items-envelope-but-not-users


def test_items_envelope_but_not_users__users_are_a_bare_array(
    http: httpx2.Client, crm: Simulator
) -> None:
    crm.insert("users", {"userName": "kari.eksempel", "displayName": "Kari Eksempel"})
    crm.insert("users", {"userName": "ola.eksempel"})

    users = http.get("/users").json()

    kari = {
        "userName": "kari.eksempel",
        "displayName": "Kari Eksempel",
        "active": True,
    }
    assert users == [kari, {**kari, "userName": "ola.eksempel", "displayName": None}]
    assert http.get("/contacts").json() == {"items": []}
    assert http.get("/activities").json() == {"items": []}


# page-until-short, order-by-id


def test_page_until_short__pages_count_from_one_and_end_empty(
    http: httpx2.Client,
) -> None:
    keys = [create(http, "/contacts") for _ in range(5)]

    pages = [ids(http, "/contacts", page=str(n), pageSize="2") for n in (1, 2, 3, 4)]

    assert pages == [keys[:2], keys[2:4], keys[4:], []]
    assert set(http.get("/contacts").json()) == {"items"}


@pytest.mark.parametrize("path", ["/contacts", "/activities"])
def test_page_until_short__the_page_size_is_cut_without_a_word(
    http: httpx2.Client, crm: Simulator, path: str
) -> None:
    with crm.database.transaction():
        for _ in range(201):
            crm.insert(path[1:], {"familyName": "x", "subject": "x"})

    assert len(items(http, path)) == 100
    assert len(items(http, path, pageSize="1000")) == 200
    assert len(items(http, path, pageSize="1000", page="2")) == 1


def test_page_until_short__both_sizes_are_knobs(store: Store, client: Connect) -> None:
    http = client(
        crmoffice.simulate(store, Knobs(default_page_size=2, max_page_size=3))
    )
    for _ in range(4):
        create(http, "/contacts")

    assert len(items(http, "/contacts")) == 2
    assert len(items(http, "/contacts", pageSize="9")) == 3


@pytest.mark.parametrize("query", ["page=0", "page=x", "pageSize=0", "pageSize=-1"])
def test_page_until_short__a_bad_page_is_refused(
    http: httpx2.Client, query: str
) -> None:
    name = query.partition("=")[0]

    assert refusal(http.get(f"/contacts?{query}")) == (400, "validation", name)


def test_order_by_id__ids_grow_and_a_deleted_row_pulls_the_next_one_over_the_edge(
    http: httpx2.Client,
) -> None:
    keys = [create(http, "/contacts") for _ in range(4)]
    http.patch(f"/contacts/{keys[0]}", json={"givenName": "Ola"})
    first = ids(http, "/contacts", pageSize="2")

    http.delete(f"/contacts/{keys[0]}")
    second = ids(http, "/contacts", pageSize="2", page="2")

    assert keys == sorted(keys, key=int)
    assert first == keys[:2]
    assert second == keys[3:]  # keys[2] was missed


def test_order_by_id__ids_are_counted_not_spelt(
    http: httpx2.Client, crm: Simulator
) -> None:
    crm.database.next_number("contacts", 99_998)

    keys = [create(http, "/contacts") for _ in range(2)]

    assert keys == ["99999", "100000"]
    assert ids(http, "/contacts") == keys


def test_order_by_id__the_id_of_a_deleted_record_is_never_used_again(
    http: httpx2.Client,
) -> None:
    first = create(http, "/contacts")
    http.delete(f"/contacts/{first}")

    assert int(create(http, "/contacts")) > int(first)


# modified-since-contacts-only, stamp-second-precision


def test_modified_since_contacts_only__it_is_inclusive_in_whole_seconds(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    create(http, "/contacts")
    clock.advance(1.7)
    late = create(http, "/contacts")

    assert read(http, "/contacts", late)["modifiedAt"] == "2025-03-03T08:15:01Z"
    for since in (
        "2025-03-03T08:15:01Z",
        "2025-03-03T08:15:01.900Z",
        "2025-03-03T08:15:01",
        "2025-03-03T09:15:01+01:00",
    ):
        assert ids(http, "/contacts", modifiedSince=since) == [late]
    assert ids(http, "/contacts", modifiedSince="2025-03-03T08:15:02Z") == []
    assert len(ids(http, "/contacts", modifiedSince="2025-03-03T08:15:00Z")) == 2


def test_modified_since_contacts_only__activities_ignore_it_as_any_unknown_parameter(
    http: httpx2.Client,
) -> None:
    key = create(http, "/activities")
    query = {"modifiedSince": "2030-01-01T00:00:00Z", "search": "y", "colour": "red"}

    assert ids(http, "/activities", **query) == [key]
    assert ids(http, "/activities", modifiedSince="nonsense") == [key]


@pytest.mark.parametrize("since", ["yesterday", "2025-03-03", "2025-02-30T00:00:00Z"])
def test_modified_since_contacts_only__nonsense_is_refused(
    http: httpx2.Client, since: str
) -> None:
    answer = http.get("/contacts", params={"modifiedSince": since})

    assert refusal(answer) == (400, "validation", "modifiedSince")


def test_stamp_second_precision__two_writes_in_a_second_share_a_stamp(
    http: httpx2.Client, clock: VirtualClock
) -> None:
    key = create(http, "/contacts")
    before = read(http, "/contacts", key)
    clock.advance(0.9)

    http.patch(f"/contacts/{key}", json={"givenName": "Ola"})

    after = read(http, "/contacts", key)
    assert after["createdAt"] == after["modifiedAt"] == "2025-03-03T08:15:00Z"
    assert after != before


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


# throttle-without-retry-after, error-shape


def test_throttle_without_retry_after__429_is_a_page_of_html(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    http = client(crmoffice.simulate(store, Knobs(), clock))
    answered = [http.get("/users").status_code for _ in range(120)]

    refused = http.get("/users")
    clock.advance(60)
    later = http.get("/users")

    assert set(answered) == {200}
    assert refused.status_code == 429
    assert "Retry-After" not in refused.headers
    assert refused.headers["Content-Type"].startswith("text/html")
    assert refused.text.startswith("<html>")
    assert later.status_code == 200


def test_throttle_without_retry_after__the_knob_adds_the_header(
    store: Store, clock: VirtualClock, client: Connect
) -> None:
    knobs = Knobs(rate_limit_per_minute=1, retry_after_header=True)
    http = client(crmoffice.simulate(store, knobs, clock))
    http.get("/users")

    assert http.get("/users").headers["Retry-After"] == "60"


def test_throttle_without_retry_after__signing_in_is_not_counted(
    store: Store, clock: VirtualClock
) -> None:
    crm = crmoffice.simulate(store, Knobs(rate_limit_per_minute=1), clock)

    assert [sign_in(crm).status_code for _ in range(3)] == [200, 200, 200]


def test_error_shape__an_unknown_path_is_404(http: httpx2.Client) -> None:
    assert refusal(http.get("/companies"))[:2] == (404, "not_found")


# people


def test_people_follow_the_same_rules(crm: Simulator, clock: VirtualClock) -> None:
    contact = crm.insert("contacts", {"familyName": " Prøvesen "})
    clock.advance(5)

    edited = crm.edit("contacts", contact["id"], {"mobilePhone": "0047 40 00 00 02"})

    assert contact["familyName"] == "Prøvesen"
    assert edited["mobilePhone"] == "+4740000002"
    assert edited["modifiedAt"] == "2025-03-03T08:15:05Z"
    with pytest.raises(Refused, match="no such contact"):
        crm.insert("activities", {"subject": "x", "ownerId": "1"})
    crm.remove("contacts", contact["id"])
    assert crm.records("contacts") == []


def test_people_change_and_remove_users(crm: Simulator) -> None:
    crm.insert("users", {"userName": "kari.eksempel"})

    crm.edit("users", "kari.eksempel", {"active": False})
    edited = crm.get("users", "kari.eksempel")
    crm.remove("users", "kari.eksempel")

    assert edited == {"userName": "kari.eksempel", "displayName": None, "active": False}
    assert crm.records("users") == []
