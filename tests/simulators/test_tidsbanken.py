"""The quirks of Tidsbanken.

A test is named after the quirk's id in the contract; what follows `__` is the story.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.http import Refused
from simulators.kit.store import Store
from simulators.tidsbanken import Knobs

Json = dict[str, Any]
ORIGIN = "http://simulator.test"
UNLIMITED = Knobs(rate_limit_per_minute=0)
KARI = {"Id": 412, "Fornavn": "Kari", "Etternavn": "Eksempel"}
NORDLYS = {"Id": "K1001", "Navn": "Nordlys Prøvebygg AS"}
LIST_PATHS = {
    "ansatt": "/ansatt/ansatt",
    "avdeling": "/ansatt/Avdeling",
    "kunde": "/prosjekt/Kunde",
    "prosjekt": "/prosjekt/Prosjekt",
}
RECORDS: dict[str, Json] = {
    "ansatt": KARI,
    "avdeling": {"Id": "10", "Navn": "Montasje"},
    "kunde": NORDLYS,
    "prosjekt": {"Id": "20017", "Navn": "Ombygging lager"},
}


def connect(bank: Simulator) -> httpx2.Client:
    settings = bank.settings(ORIGIN)
    return httpx2.Client(
        transport=httpx2.WSGITransport(app=bank.wsgi),
        base_url=settings["base_url"],
        headers={
            "tb-key": settings["tb_key"],
            "x-api-version": "3.0",
            "Ocp-Apim-Subscription-Key": settings["subscription_key"],
        },
    )


@pytest.fixture
def bank(store: Store, clock: VirtualClock) -> Simulator:
    return tidsbanken.simulate(store, UNLIMITED, clock)


@pytest.fixture
def http(bank: Simulator) -> Iterator[httpx2.Client]:
    with connect(bank) as http:
        yield http


def rows(http: httpx2.Client, path: str, **query: str) -> list[Json]:
    answer = http.get(path, params={f"${name}": text for name, text in query.items()})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def ids(http: httpx2.Client, path: str, **query: str) -> list[Any]:
    return [row["Id"] for row in rows(http, path, **query)]


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    """Give status and code of an error of the service, not of the gateway."""
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return answer.status_code, body["error"]["code"]


BAD_REQUEST = (400, "BadRequest")


# three-headers


@pytest.mark.parametrize("header", ["tb-key", "Ocp-Apim-Subscription-Key"])
@pytest.mark.parametrize("value", [None, "wrong"])
def test_three_headers__both_keys_are_needed(
    http: httpx2.Client, header: str, value: str | None
) -> None:
    del http.headers[header]
    if value:
        http.headers[header] = value

    answer = http.get("/ansatt/ansatt")

    assert answer.status_code == 401


@pytest.mark.parametrize("version", [None, "2.0"])
def test_three_headers__the_version_is_needed(
    http: httpx2.Client, version: str | None
) -> None:
    del http.headers["x-api-version"]
    if version:
        http.headers["x-api-version"] = version

    answer = http.get("/ansatt/ansatt")

    assert refusal(answer) == (400, "UnsupportedApiVersion")


def test_three_headers__the_key_of_the_test_database_writes_there_without_a_word(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)
    test_key = {"tb-key": tidsbanken.TEST_TB_KEY}

    before = http.get("/prosjekt/Kunde", headers=test_key)
    written = http.post("/prosjekt/Kunde", json={"Id": "K7"}, headers=test_key)
    after = http.get("/prosjekt/Kunde", headers=test_key)

    assert before.json()["value"] == []
    assert written.status_code == 201
    assert [row["Id"] for row in after.json()["value"]] == ["K7"]
    assert ids(http, "/prosjekt/Kunde") == ["K1001"]


# insert-path-differs


def test_insert_path_differs__employees_are_inserted_where_they_are_not_read(
    http: httpx2.Client,
) -> None:
    wrong_place = http.post("/ansatt/ansatt", json=[KARI])
    right_place = http.post("/ansatt/Ansatte", json=[KARI])
    read_there = http.get("/ansatt/Ansatte")

    assert wrong_place.status_code == 405
    assert right_place.status_code == 204
    assert read_there.status_code == 405
    assert ids(http, "/ansatt/ansatt") == [412]


def test_insert_path_differs__the_case_of_paths_and_selected_names_does_not_matter(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)

    found = rows(http, "/PROSJEKT/kunde", select="navn,ID")
    by_key = http.get("/Prosjekt/KUNDE('K1001')")

    assert found == [NORDLYS]
    assert by_key.status_code == 200


# insert-refuses-null


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ansatt/Ansatte", [{**KARI, "Mobil": None}]),
        ("/ansatt/Avdeling", {"Id": "10", "Navn": None}),
        ("/prosjekt/Kunde", {**NORDLYS, "Epost": None}),
        ("/prosjekt/Prosjekt", {"Navn": "x", "StartDato": None}),
        ("/prosjekt/Prosjekt", {"Navn": "x", "SistEndretAvId": None}),
    ],
)
def test_insert_refuses_null(
    bank: Simulator, http: httpx2.Client, path: str, body: object
) -> None:
    answer = http.post(path, json=body)

    assert refusal(answer) == BAD_REQUEST
    assert all(not bank.records(entity) for entity in LIST_PATHS)


def test_insert_refuses_null__an_update_takes_it(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", {**NORDLYS, "Epost": "post@nordlys.example"})

    answer = http.put("/prosjekt/Kunde", json=[{**NORDLYS, "Epost": None}])

    assert answer.status_code == 204


# caller-sets-id


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ansatt/Ansatte", [{"Fornavn": "Kari", "Etternavn": "Eksempel"}]),
        ("/ansatt/Ansatte", [{"Id": 412, "Fornavn": "Kari"}]),
        ("/ansatt/Avdeling", {"Navn": "Montasje"}),
        ("/prosjekt/Kunde", {"Navn": "Nordlys"}),
        ("/prosjekt/Kunde", {"Id": "", "Navn": "Nordlys"}),
    ],
)
def test_caller_sets_id__without_what_is_needed_an_insert_is_refused(
    http: httpx2.Client, path: str, body: object
) -> None:
    assert refusal(http.post(path, json=body)) == BAD_REQUEST


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ansatt/Ansatte", [KARI]),
        ("/ansatt/Avdeling", RECORDS["avdeling"]),
        ("/prosjekt/Kunde", NORDLYS),
        ("/prosjekt/Prosjekt", RECORDS["prosjekt"]),
    ],
)
def test_caller_sets_id__an_insert_that_is_repeated_makes_no_second_record(
    http: httpx2.Client, path: str, body: object
) -> None:
    first = http.post(path, json=body)
    again = http.post(path, json=body)

    assert first.is_success
    assert refusal(again) == (409, "Conflict")


def test_caller_sets_id__a_project_without_id_is_numbered_and_can_be_doubled(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("prosjekt", {"Id": "20002", "Navn": "Har nummeret"})

    first = http.post("/prosjekt/Prosjekt", json={"Navn": "Lager"})
    again = http.post("/prosjekt/Prosjekt", json={"Navn": "Lager"})

    assert first.json()["Id"] == "20001"
    assert again.json()["Id"] == "20003"


# body-shape-varies


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/ansatt/Ansatte", KARI),
        ("POST", "/ansatt/Ansatte", []),
        ("PUT", "/ansatt/ansatt", KARI),
        ("PUT", "/prosjekt/Kunde", NORDLYS),
        ("PUT", "/prosjekt/Prosjekt", {"Id": "20017"}),
        ("POST", "/ansatt/Avdeling", [{"Id": "11"}]),
        ("POST", "/prosjekt/Kunde", [{"Id": "K2"}]),
        ("POST", "/prosjekt/Prosjekt", [{"Navn": "x"}]),
        ("PATCH", "/ansatt/Avdeling/10", [{"Navn": "x"}]),
        ("PUT", "/prosjekt/Kunde", "K1001"),
    ],
)
def test_body_shape_varies__the_wrong_shape_is_refused(
    bank: Simulator, http: httpx2.Client, method: str, path: str, body: object
) -> None:
    for entity, record in RECORDS.items():
        bank.insert(entity, record)

    answer = http.request(method, path, json=body)

    assert refusal(answer) == BAD_REQUEST


def test_body_shape_varies__what_is_no_json_is_refused(http: httpx2.Client) -> None:
    answer = http.put("/prosjekt/Kunde", content=b'[{"Id": ')

    assert refusal(answer) == BAD_REQUEST


# put-is-whole-record


def test_put_is_whole_record__members_left_out_are_emptied(
    bank: Simulator, http: httpx2.Client
) -> None:
    before = bank.insert(
        "ansatt",
        {
            **KARI,
            "Mobil": "40000001",
            "Sluttet": True,
            "SluttetDato": "2025-01-31T00:00:00Z",
            "AntallFerieDager": Decimal("25.0"),
            "Kommune": 301,
            "Fastlonn": True,
            "ProsjektId": "20017",
        },
    )

    answer = http.put("/ansatt/ansatt", json=[KARI])

    [after] = rows(http, "/ansatt/ansatt")
    assert answer.status_code == 204
    assert (after["Fornavn"], after["Etternavn"]) == ("Kari", "Eksempel")
    assert (after["Mobil"], after["SluttetDato"], after["Fastlonn"]) == ("", None, None)
    assert (after["Sluttet"], after["Aktiv"]) == (False, False)
    assert (after["AntallFerieDager"], after["Kommune"]) == (0, 0)
    assert after["ProsjektId"] == "0"
    assert after["OpprettetDato"] == before["OpprettetDato"]


def test_put_is_whole_record__a_record_that_was_read_can_be_put_back(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", {**NORDLYS, "Postnr": "0150"})
    [read] = rows(http, "/prosjekt/Kunde")

    http.put("/prosjekt/Kunde", json=[{**read, "Navn": "Sørlys"}])

    assert rows(http, "/prosjekt/Kunde") == [
        {**read, "Navn": "Sørlys", "SistEndretAvId": 900}
    ]


def test_put_is_whole_record__departments_alone_are_patched(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("avdeling", {"Id": "10", "Navn": "Montasje", "Avdelingsleder": 412})

    answer = http.patch("/ansatt/Avdeling/10", json={"Navn": "Montasje Øst"})
    with_id = http.patch("/ansatt/Avdeling/10", json={"Id": "10", "Navn": "x"})
    put = http.put("/ansatt/Avdeling", json=[{"Id": "10"}])
    unknown = http.patch("/ansatt/Avdeling/99", json={"Navn": "x"})

    [row] = rows(http, "/ansatt/Avdeling")
    assert answer.status_code == 204
    assert (row["Navn"], row["Avdelingsleder"]) == ("Montasje Øst", 412)
    assert refusal(with_id) == BAD_REQUEST
    assert put.status_code == 405
    assert refusal(unknown) == (404, "NotFound")


# unknown-members-in-put


@pytest.mark.parametrize(("knob", "status"), [("ignore", 204), ("refuse", 400)])
@pytest.mark.parametrize("entity", ["ansatt", "kunde", "prosjekt"])
def test_unknown_members_in_put__what_becomes_of_them_is_a_knob(
    store: Store, clock: VirtualClock, entity: str, knob: str, status: int
) -> None:
    knobs = Knobs(rate_limit_per_minute=0, unknown_member=knob)
    bank = tidsbanken.simulate(store, knobs, clock)
    stored = bank.insert(entity, RECORDS[entity])
    key = str(stored["Id"])

    with connect(bank) as http:
        read = {"$top": "1"}
        [record] = http.get(LIST_PATHS[entity], params=read).json()["value"]
        body = {**_in_write_form(record), "Adresselinje": "Testgata 1"}
        answer = http.put(LIST_PATHS[entity], json=[body])

    assert answer.status_code == status
    after = bank.get(entity, key)
    assert after is not None
    assert "Adresselinje" not in after


def _in_write_form(record: Json) -> Json:
    """Give a record without the dates that are written otherwise than they read."""
    return {name: value for name, value in record.items() if "Dato" not in name}


# put-all-or-nothing


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ({"Id": "K1002", "Navn": "N" * 101}, BAD_REQUEST),
        ({"Id": "K1002", "Navn": 7}, BAD_REQUEST),
        ({"Navn": "uten Id"}, BAD_REQUEST),
        ({"Id": "K9", "Navn": "ukjent"}, (404, "NotFound")),
    ],
)
def test_put_all_or_nothing__one_bad_record_fails_all_of_them(
    bank: Simulator, http: httpx2.Client, bad: Json, expected: tuple[int, str]
) -> None:
    bank.insert("kunde", NORDLYS)
    bank.insert("kunde", {"Id": "K1002", "Navn": "Sørlys"})
    before = bank.records("kunde")

    answer = http.put("/prosjekt/Kunde", json=[{"Id": "K1001", "Navn": "Ny"}, bad])

    assert refusal(answer) == expected
    assert bank.records("kunde") == before


def test_put_all_or_nothing__an_insert_of_several_too(
    bank: Simulator, http: httpx2.Client
) -> None:
    other = {**KARI, "Id": 413, "Fornavn": "F" * 51}

    answer = http.post("/ansatt/Ansatte", json=[KARI, other])
    doubled = http.post("/ansatt/Ansatte", json=[KARI, KARI])

    assert refusal(answer) == BAD_REQUEST
    assert refusal(doubled) == (409, "Conflict")
    assert bank.records("ansatt") == []


# no-concurrency-control


def test_no_concurrency_control__the_last_write_wins(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)
    answer = http.get("/prosjekt/Kunde('K1001')")
    [read] = answer.json()["value"]
    bank.edit("kunde", "K1001", {"Telefon": "70000001"})

    written = http.put(
        "/prosjekt/Kunde", json=[read], headers={"If-Match": '"anything"'}
    )

    assert "ETag" not in answer.headers
    assert written.status_code == 204
    assert rows(http, "/prosjekt/Kunde")[0]["Telefon"] == ""


# writes-do-not-echo


def test_writes_do_not_echo__but_an_insert_of_one_object_does(
    http: httpx2.Client,
) -> None:
    silent = [
        http.post("/ansatt/Ansatte", json=[KARI]),
        http.put("/ansatt/ansatt", json=[KARI]),
    ]
    echoed = http.post("/ansatt/Avdeling", json={"Id": "10", "Navn": "Montasje"})
    silent.append(http.patch("/ansatt/Avdeling/10", json={"Navn": "Lager"}))

    assert [(answer.status_code, answer.content) for answer in silent] == [
        (204, b"")
    ] * 3
    assert echoed.status_code == 201
    assert echoed.json()["Navn"] == "Montasje"
    assert echoed.json()["SistEndretDato"]


# key-types


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("/ansatt/ansatt", "Id eq 412", "Id eq '412'"),
        ("/ansatt/Avdeling", "Id eq '10'", "Id eq 10"),
        ("/prosjekt/Kunde", "Id eq 'K1001'", "Id eq K1001"),
        ("/prosjekt/Prosjekt", "Id eq '20017'", "Id eq 20017"),
    ],
)
def test_key_types__the_wrong_literal_kind_is_refused(
    bank: Simulator, http: httpx2.Client, path: str, right: str, wrong: str
) -> None:
    for entity, record in RECORDS.items():
        bank.insert(entity, record)

    found = ids(http, path, filter=right, top="1")
    answer = http.get(path, params={"$filter": wrong})

    assert len(found) == 1
    assert refusal(answer) == BAD_REQUEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"Id": "412"},
        {"AvdelingId": 10},
        {"ProsjektId": 20017},
        {"Kommune": "301"},
        {"Sluttet": "false"},
        {"AntallFerieDager": "25"},
        {"Mobil": 40000001},
        {"Fodt": "31.12.1980"},
    ],
)
def test_key_types__a_member_of_the_wrong_kind_is_refused(
    http: httpx2.Client, wrong: Json
) -> None:
    answer = http.post("/ansatt/Ansatte", json=[{**KARI, **wrong}])

    assert refusal(answer) == BAD_REQUEST
    assert next(iter(wrong)) in answer.json()["error"]["message"]


# kunde-key-lookup


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("K1001", "/prosjekt/Kunde('K1001')"),
        ("O'Brien", "/prosjekt/Kunde('O''Brien')"),
        ("K1/2", "/prosjekt/Kunde('K1%2F2')"),
    ],
)
def test_kunde_key_lookup__the_answer_is_wrapped_in_value(
    bank: Simulator, http: httpx2.Client, key: str, path: str
) -> None:
    record = bank.insert("kunde", {"Id": key, "Navn": "Nordlys"})

    assert rows(http, path) == [record]
    assert rows(http, path, select="Navn") == [{"Navn": "Nordlys"}]


def test_kunde_key_lookup__an_unknown_key_is_not_found(http: httpx2.Client) -> None:
    assert refusal(http.get("/prosjekt/Kunde('K9')")) == (404, "NotFound")
    assert refusal(http.get("/prosjekt/Kunde(1001)")) == BAD_REQUEST


@pytest.mark.parametrize(
    "path",
    ["/ansatt/ansatt(412)", "/ansatt/Avdeling('10')", "/prosjekt/Prosjekt('20017')"],
)
def test_kunde_key_lookup__the_others_have_no_key_path(
    http: httpx2.Client, path: str
) -> None:
    assert refusal(http.get(path)) == (404, "NotFound")


# stamp-one-hour-early, stamp-true-utc, cursor-stays-raw


@pytest.mark.parametrize("entity", ["kunde", "prosjekt"])
def test_stamp_one_hour_early(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock, entity: str
) -> None:
    bank.insert(entity, RECORDS[entity])

    [row] = rows(http, LIST_PATHS[entity])

    assert row["SistEndretDato"] == "2025-03-03T08:15:00+01:00"
    read = datetime.fromisoformat(row["SistEndretDato"])
    assert (clock() - read).total_seconds() == 3600


@pytest.mark.parametrize(
    ("skew", "winter", "summer"),
    [
        ("fixed-1h", "2025-01-15T12:00:00+01:00", "2025-07-15T12:00:00+01:00"),
        ("follow-oslo-dst", "2025-01-15T12:00:00+01:00", "2025-07-15T12:00:00+02:00"),
    ],
)
def test_stamp_one_hour_early__what_summer_does_is_a_knob(
    store: Store, clock: VirtualClock, skew: str, winter: str, summer: str
) -> None:
    bank = tidsbanken.simulate(store, Knobs(stamp_skew=skew), clock)

    clock.now = datetime(2025, 1, 15, 12, tzinfo=UTC)
    in_winter = bank.insert("kunde", NORDLYS)
    clock.now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    in_summer = bank.edit("kunde", "K1001", {"Navn": "Sommerlys"})

    assert in_winter["SistEndretDato"] == winter
    assert in_summer["SistEndretDato"] == summer


def test_stamp_one_hour_early__another_skew_is_no_skew(store: Store) -> None:
    with pytest.raises(ValueError, match="stamp_skew"):
        tidsbanken.simulate(store, Knobs(stamp_skew="none"))


@pytest.mark.parametrize("entity", ["ansatt", "avdeling"])
def test_stamp_true_utc__the_fraction_is_left_out_when_it_is_zero(
    bank: Simulator, clock: VirtualClock, entity: str
) -> None:
    key = str(bank.insert(entity, RECORDS[entity])["Id"])
    whole = bank.records(entity)[0]["SistEndretDato"]
    clock.advance(0.42)
    fraction = bank.edit(entity, key, {})["SistEndretDato"]

    assert whole == "2025-03-03T08:15:00Z"
    assert fraction == "2025-03-03T08:15:00.42Z"


def test_cursor_stays_raw__the_filter_compares_with_the_stamp_as_served(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)
    served, corrected = "2025-03-03T08:15:00+01:00", "2025-03-03T08:15:00Z"

    assert ids(http, "/prosjekt/Kunde", filter=f"SistEndretDato ge {served}")
    assert not ids(http, "/prosjekt/Kunde", filter=f"SistEndretDato gt {served}")
    assert not ids(http, "/prosjekt/Kunde", filter=f"SistEndretDato ge {corrected}")


# filter-literals, encode-plus


def test_filter_literals__gt_skips_the_watermark_and_ge_does_not(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    bank.insert("avdeling", {"Id": "10"})
    bank.insert("avdeling", {"Id": "20"})
    clock.advance(1)
    bank.insert("avdeling", {"Id": "30"})
    watermark = "2025-03-03T08:15:00Z"

    after = ids(http, "/ansatt/Avdeling", filter=f"SistEndretDato gt {watermark}")
    since = ids(http, "/ansatt/Avdeling", filter=f"SistEndretDato ge {watermark}")
    day = ids(http, "/ansatt/Avdeling", filter="SistEndretDato gt 2025-03-03")

    assert after == ["30"]
    assert since == ["10", "20", "30"]
    assert day == ["10", "20", "30"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Fornavn eq 'Kari' and Aktiv eq true", [412]),
        ("Fornavn eq 'Kari' and Aktiv eq false", []),
        ("Etternavn eq 'O''Brien'", [413]),
        ("Stillingsprosent ge 80.5", [412]),
        ("Kommune gt 300 and Kommune eq 301", [412]),
        ("Fodt eq null and Id gt 412", [413]),
        ("Fodt ge 1980-12-31 and Id ge 1", [412]),
    ],
)
def test_filter_literals__conditions_are_joined_by_and(
    bank: Simulator, http: httpx2.Client, given: str, expected: list[int]
) -> None:
    bank.insert(
        "ansatt",
        {
            **KARI,
            "Kommune": 301,
            "Stillingsprosent": Decimal("80.5"),
            "Fodt": "1980-12-31T00:00:00Z",
        },
    )
    bank.insert("ansatt", {"Id": 413, "Fornavn": "Ola", "Etternavn": "O'Brien"})

    assert ids(http, "/ansatt/ansatt", filter=given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Fornavn",
        "Fornavn lt 'Kari'",
        "Fornavn eq 'Kari' or Id eq 412",
        "Fornavn eq 'Kari'and Id eq 412",
        "Fornavn eq 'Kari' and",
        "Fornavn eq 'Kari",
        "Fornavn eq 412",
        "Ukjent eq 'x'",
        "Aktiv eq 1",
        "Kommune eq true",
        "Kommune eq 99999999999999999999",
        "Fodt eq '2025-01-01'",
        "SistEndretDato gt 2025-03-03T08:15:00",
        "SistEndretDato gt 2025-13-03",
        "SistEndretDato gt null",
    ],
)
def test_filter_literals__what_is_no_filter_is_refused(
    http: httpx2.Client, given: str
) -> None:
    answer = http.get("/ansatt/ansatt", params={"$filter": given})

    assert refusal(answer) == BAD_REQUEST


@pytest.mark.parametrize(
    "given",
    [
        "(SistEndretDato gt 1970-01-01)",
        "((Id eq 412))",
        "(Id eq 412) and (SistEndretDato ge 1970-01-01T00:00:00Z)",
        "(Id eq 412 and Fornavn eq 'K(a)ri')",
        " ( Id eq 412 )and( Aktiv eq true ) ",
    ],
)
def test_filter_parentheses__they_may_stand_around_a_filter_and_its_parts(
    bank: Simulator, http: httpx2.Client, given: str
) -> None:
    bank.insert("ansatt", {**KARI, "Fornavn": "K(a)ri"})

    assert ids(http, "/ansatt/ansatt", filter=given) == [412]


@pytest.mark.parametrize(
    "given",
    ["(Id eq 412", "Id eq 412)", ")Id eq 412(", "()", "Id (eq 412)", "(Id eq 412)("],
)
def test_filter_parentheses__each_needs_its_partner(
    http: httpx2.Client, given: str
) -> None:
    answer = http.get("/ansatt/ansatt", params={"$filter": given})

    assert refusal(answer) == BAD_REQUEST


def test_encode_plus__a_raw_plus_arrives_as_a_blank(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("kunde", NORDLYS)
    address = "/prosjekt/Kunde?$filter=SistEndretDato%20ge%202025-03-03T08:15:00"

    raw = http.get(address + "+01:00")
    encoded = http.get(address + "%2B01:00")

    assert refusal(raw) == BAD_REQUEST
    assert len(encoded.json()["value"]) == 1


# prosjekt-dates-carry-offset


@pytest.mark.parametrize(
    "name", ["StartDato", "FerdigDato", "BestillingsDato", "AvsluttetDato"]
)
def test_prosjekt_dates_carry_offset__read_with_it_and_written_without(
    http: httpx2.Client, name: str
) -> None:
    winter = http.post("/prosjekt/Prosjekt", json={name: "2025-03-03T00:00:00"})
    summer = http.post("/prosjekt/Prosjekt", json={name: "2025-07-01T08:30:00"})

    assert winter.json()[name] == "2025-03-03T00:00:00+01:00"
    assert summer.json()[name] == "2025-07-01T08:30:00+02:00"


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-03T00:00:00+01:00",
        "2025-03-03T00:00:00Z",
        "2025-03-03",
        "2025-02-30T00:00:00",
        "",
        20250303,
    ],
)
def test_prosjekt_dates_carry_offset__a_write_with_it_is_refused(
    bank: Simulator, http: httpx2.Client, written: object
) -> None:
    bank.insert("prosjekt", {"Id": "20017"})

    answer = http.put(
        "/prosjekt/Prosjekt", json=[{"Id": "20017", "StartDato": written}]
    )

    assert refusal(answer) == BAD_REQUEST


@pytest.mark.parametrize(
    "picked", ["2025-03-03", "2025-03-03T00:00:00", "2025-03-03T00:00:00+01:00"]
)
def test_prosjekt_dates_carry_offset__people_pick_them_from_a_calendar(
    bank: Simulator, picked: str
) -> None:
    record = bank.insert("prosjekt", {"Id": "20017", "StartDato": picked})

    assert record["StartDato"] == "2025-03-03T00:00:00+01:00"


# empty-string-not-null


def test_empty_string_not_null__unset_text_and_unset_dates_differ(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("ansatt", KARI)

    [row] = rows(http, "/ansatt/ansatt")

    assert (row["Epost"], row["Mobil"], row["Personnummer"]) == ("", "", "")
    assert (row["Fodt"], row["SluttetDato"], row["AnsattDato"]) == (None, None, None)


def test_empty_string_not_null__null_in_an_update_stores_it(
    bank: Simulator, http: httpx2.Client
) -> None:
    bank.insert("prosjekt", {"Id": "20017", "Navn": "x", "StartDato": "2025-03-03"})
    bank.insert("avdeling", {"Id": "10", "Navn": "Montasje"})

    http.put(
        "/prosjekt/Prosjekt",
        json=[{"Id": "20017", "Navn": None, "StartDato": None, "AnsvarligId": None}],
    )
    http.patch("/ansatt/Avdeling/10", json={"Navn": None})

    [project] = rows(http, "/prosjekt/Prosjekt")
    assert (project["Navn"], project["StartDato"]) == ("", None)
    assert project["AnsvarligId"] is None
    assert rows(http, "/ansatt/Avdeling")[0]["Navn"] == ""


# paging-by-skip


def test_paging_by_skip__there_is_no_next_link(
    bank: Simulator, http: httpx2.Client
) -> None:
    for number in (9, 10, 11, 100, 2):
        bank.insert("ansatt", {**KARI, "Id": number})

    first = http.get("/ansatt/ansatt", params={"$top": "3"})
    second = ids(http, "/ansatt/ansatt", top="3", skip="3")
    third = ids(http, "/ansatt/ansatt", top="3", skip="6")

    assert set(first.json()) == {"@odata.context", "value"}
    assert [row["Id"] for row in first.json()["value"]] == [2, 9, 10]
    assert (second, third) == ([11, 100], [])


def test_paging_by_skip__a_page_has_a_default_and_a_largest_size(
    store: Store, clock: VirtualClock
) -> None:
    bank = tidsbanken.simulate(store, Knobs(default_top=2, max_top=3), clock)
    for number in range(5):
        bank.insert("avdeling", {"Id": str(number)})

    with connect(bank) as http:
        assert len(ids(http, "/ansatt/Avdeling")) == 2
        assert len(ids(http, "/ansatt/Avdeling", top="5")) == 3


def test_paging_by_skip__a_record_that_changes_while_paging_moves_to_the_end(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    for number in ("1", "2", "3", "4"):
        clock.advance(1)
        bank.insert("avdeling", {"Id": number})
    order = "SistEndretDato,Id"

    first = ids(http, "/ansatt/Avdeling", orderby=order, top="2")
    clock.advance(1)
    bank.edit("avdeling", "1", {"Navn": "Flyttet"})
    second = ids(http, "/ansatt/Avdeling", orderby=order, top="2", skip="2")
    newest = ids(http, "/ansatt/Avdeling", orderby="SistEndretDato desc", top="1")

    assert (first, second) == (["1", "2"], ["4", "1"])  # 3 was missed
    assert newest == ["1"]


@pytest.mark.parametrize(
    "query",
    [
        {"$top": "0"},
        {"$top": "-1"},
        {"$top": "many"},
        {"$skip": "-1"},
        {"$orderby": "Ukjent"},
        {"$orderby": "Id upwards"},
        {"$select": "Ukjent"},
        {"$expand": "Avdeling"},
    ],
)
def test_paging_by_skip__what_cannot_be_asked_for_is_refused(
    http: httpx2.Client, query: dict[str, str]
) -> None:
    assert refusal(http.get("/ansatt/ansatt", params=query)) == BAD_REQUEST


# no-delete


@pytest.mark.parametrize("path", ["/ansatt/ansatt", "/ansatt/Avdeling/10"])
def test_no_delete__the_api_has_none(http: httpx2.Client, path: str) -> None:
    assert http.delete(path).status_code == 405


def test_no_delete__what_people_remove_just_stops_appearing(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    bank.insert("prosjekt", {"Id": "20017"})
    clock.advance(60)

    bank.remove("prosjekt", "20017")

    changes = "SistEndretDato ge 2000-01-01"
    assert ids(http, "/prosjekt/Prosjekt", filter=changes) == []
    assert ids(http, "/prosjekt/Prosjekt", filter="Id eq '20017'") == []


# audit-fields-read-only


def test_audit_fields_read_only__they_may_be_sent_and_are_ignored(
    bank: Simulator, http: httpx2.Client
) -> None:
    before = bank.insert("prosjekt", {"Id": "20017", "Navn": "Lager"})
    sent = {
        "Id": "20017",
        "Navn": "Lager",
        "PostId": 1,
        "OpprettetDato": "1999-01-01T00:00:00+01:00",
        "OpprettetAvId": 7,
        "SistEndretDato": "1999-01-01T00:00:00+01:00",
        "SistEndretAvId": 7,
    }

    answer = http.put("/prosjekt/Prosjekt", json=[sent])

    after = bank.get("prosjekt", "20017")
    assert answer.status_code == 204
    assert after is not None
    for name in ("PostId", "OpprettetDato", "OpprettetAvId", "SistEndretDato"):
        assert after[name] == before[name]
    assert after["SistEndretAvId"] == 900


def test_audit_fields_read_only__a_write_that_changes_nothing_moves_the_stamp(
    bank: Simulator, http: httpx2.Client, clock: VirtualClock
) -> None:
    bank.insert("ansatt", KARI)
    [before] = rows(http, "/ansatt/ansatt")
    clock.advance(60)

    http.put("/ansatt/ansatt", json=[before])

    [after] = rows(http, "/ansatt/ansatt")
    assert after["SistEndretDato"] == "2025-03-03T08:16:00Z"
    assert {**after, "SistEndretDato": "", "SistEndretAvId": 0} == {
        **before,
        "SistEndretDato": "",
        "SistEndretAvId": 0,
    }


# gateway-errors-differ


def test_gateway_errors_differ__a_missing_key_is_the_gateways_word(
    http: httpx2.Client,
) -> None:
    answer = http.get("/ansatt/ansatt", headers={"tb-key": "wrong"})

    assert set(answer.json()) == {"statusCode", "message"}
    assert answer.json()["statusCode"] == 401


def test_gateway_errors_differ__too_many_calls_are_told_how_long_to_wait(
    store: Store, clock: VirtualClock
) -> None:
    bank = tidsbanken.simulate(store, Knobs(rate_limit_per_minute=2), clock)

    with connect(bank) as http:
        answers = [http.get("/ansatt/ansatt") for _ in range(3)]
        clock.advance(int(answers[2].headers["Retry-After"]))
        later = http.get("/ansatt/ansatt")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == {"statusCode": 429, "message": "Call limit reached"}
    assert later.status_code == 200


def test_gateway_errors_differ__an_unknown_path_is_the_services_word(
    http: httpx2.Client,
) -> None:
    assert refusal(http.get("/prosjekt/Faktura")) == (404, "NotFound")


# lengths, numbers and people


@pytest.mark.parametrize(
    ("entity", "name", "longest"),
    [
        ("ansatt", "Etternavn", 50),
        ("ansatt", "Mobil", 20),
        ("ansatt", "Personnummer", 11),
        ("kunde", "Navn", 100),
        ("kunde", "Postnr", 10),
        ("prosjekt", "EksternId", 50),
    ],
)
def test_text_that_is_too_long_is_refused_and_not_cut(
    bank: Simulator, entity: str, name: str, longest: int
) -> None:
    key = str(bank.insert(entity, RECORDS[entity])["Id"])

    kept = bank.edit(entity, key, {name: "Å" * longest})

    assert kept[name] == "Å" * longest
    with pytest.raises(Refused, match=name):
        bank.edit(entity, key, {name: "Å" * (longest + 1)})


def test_numbers_come_back_as_they_were_written(
    bank: Simulator, http: httpx2.Client
) -> None:
    body = '[{"Id":412,"Fornavn":"K","Etternavn":"E","AntallFerieDager":25.0}]'

    http.post("/ansatt/Ansatte", content=body)

    assert '"AntallFerieDager":25.0,' in http.get("/ansatt/ansatt").text


def test_people_change_single_fields_and_may_empty_them(bank: Simulator) -> None:
    bank.insert("kunde", {**NORDLYS, "Epost": "post@nordlys.example", "Telefon": None})

    after = bank.edit("kunde", "K1001", {"Epost": None, "Telefon": "70000001"})

    assert (after["Navn"], after["Epost"]) == ("Nordlys Prøvebygg AS", "")
    assert (after["Telefon"], after["Aktiv"]) == ("70000001", True)


def test_people_cannot_change_an_id_or_what_is_not_there(bank: Simulator) -> None:
    bank.insert("kunde", NORDLYS)

    with pytest.raises(Refused, match="Id"):
        bank.edit("kunde", "K1001", {"Id": "K2"})
    with pytest.raises(Refused, match="404"):
        bank.remove("kunde", "K2")


def test_the_settings_are_those_of_the_connector(bank: Simulator) -> None:
    settings = bank.settings("http://127.0.0.1:8001")

    assert settings["base_url"] == "http://127.0.0.1:8001"
    assert set(settings) == {"base_url", "tb_key", "subscription_key"}
