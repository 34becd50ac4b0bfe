"""Reads: keys, stamps, filters and pages."""

from datetime import UTC, datetime
from decimal import Decimal

import httpx2
import pytest

from simulators import tidsbanken
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.tidsbanken import Knobs
from tests.simulators.parts.tidsbanken.talk import (
    BAD_REQUEST,
    KARI,
    LIST_PATHS,
    NORDLYS,
    RECORDS,
    Json,
    connect,
    ids,
    refusal,
    rows,
)

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
