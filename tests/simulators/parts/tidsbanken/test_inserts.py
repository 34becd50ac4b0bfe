"""Inserts: where they go, and what they need."""

import httpx2
import pytest

from simulators.kit.core import Simulator
from tests.simulators.parts.tidsbanken.talk import (
    BAD_REQUEST,
    KARI,
    LIST_PATHS,
    NORDLYS,
    RECORDS,
    ids,
    refusal,
    rows,
)

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
