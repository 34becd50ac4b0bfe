"""Updates: whole records, all or nothing, without an answer."""

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
    refusal,
    rows,
)

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
