"""Values: dates with an offset, and what is empty."""

import httpx2
import pytest

from simulators.kit.core import Simulator
from tests.simulators.parts.tidsbanken.talk import BAD_REQUEST, KARI, refusal, rows

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
