"""Writing to Tidsbanken, where a PUT replaces the whole record."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.errors import ContractChanged, Gone, Moved, Refused, StopRun
from reverse_etl import tidsbanken
from reverse_etl.wire.system import Change, Stored, System
from tests.reverse_etl.meeting import START, Meeting, change

NOW = START.replace(tzinfo=None)
AUDIT = {"SistEndretDato", "SistEndretAvId"}
SYSTEM: System = tidsbanken

ANSATT = {
    "Id": 412,
    "Fornavn": "Kari",
    "Etternavn": "Eksempel",
    "Mobil": "40000001",
    "Personnummer": "01010112345",
    "AnsattDato": "2024-08-01T00:00:00Z",
    "AntallFerieDager": Decimal("25.0"),
    "Stillingsprosent": Decimal("80.50"),
    "Notat": "Snakker samisk: Čáhcesuolu 🦌",
}


@pytest.fixture
def bank(meet: Callable[..., Meeting]) -> Meeting:
    return meet("tidsbanken")


def updated(bank: Meeting, entity: str, record_id: str, *changes: Change) -> Stored:
    """Update as the push does: with the record as it was read just before."""
    current = tidsbanken.read(bank.http, entity, record_id)
    return tidsbanken.update(bank.http, entity, record_id, None, current, changes)


def without_audit(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in AUDIT}


def test_an_update_changes_the_named_members_and_nothing_else(bank: Meeting) -> None:
    before = bank.simulator.insert("ansatt", ANSATT)
    bank.clock.advance(60)

    stored = updated(
        bank, "ansatt", "412", change("$.Etternavn", "Ås 🧰"), change("$.Mobil", "")
    )

    after = bank.stored("ansatt", "412")
    assert without_audit(after) == without_audit(before) | {
        "Etternavn": "Ås 🧰",
        "Mobil": "",
    }
    assert str(after["AntallFerieDager"]) == "25.0"
    assert str(after["Stillingsprosent"]) == "80.50"
    assert stored.record == after
    assert stored.stamp == datetime(2025, 3, 3, 8, 15, 5, 420000)


def test_a_department_takes_only_what_changed(bank: Meeting) -> None:
    before = bank.simulator.insert("avdeling", {"Id": "10", "Navn": "Montasje"})
    bank.clock.advance(60)

    stored = updated(bank, "avdeling", "10", change("$.Navn", "Montasje Øst"))

    after = bank.stored("avdeling", "10")
    assert without_audit(after) == without_audit(before) | {"Navn": "Montasje Øst"}
    assert stored.record == after


def test_dates_of_a_project_are_written_without_the_offset_they_are_read_with(
    bank: Meeting,
) -> None:
    bank.simulator.insert(
        "prosjekt",
        {
            "Id": "20017",
            "Navn": "Ombygging lager",
            "StartDato": "2025-03-03T00:00:00",
            "BestillingsDato": "2025-07-01T00:00:00",
            "FerdigDato": "2025-06-30T00:00:00",
        },
    )
    before = tidsbanken.read(bank.http, "prosjekt", "20017").record

    stored = updated(
        bank,
        "prosjekt",
        "20017",
        change("$.Navn", "Påbygg"),
        change("$.StartDato", "2025-03-10T00:00:00+01:00"),
        change("$.FerdigDato", None),
    )

    assert without_audit(stored.record) == without_audit(before) | {
        "Navn": "Påbygg",
        "StartDato": before["StartDato"].replace("03-03", "03-10"),
        "FerdigDato": None,
    }
    assert stored.record["BestillingsDato"].startswith("2025-07-01T00:00:00+")


def test_stamps_of_customers_and_projects_are_corrected_by_their_hour(
    bank: Meeting,
) -> None:
    bank.simulator.insert("kunde", {"Id": "K1001", "Navn": "Nordlys"})
    bank.simulator.insert("prosjekt", {"Id": "20017", "Navn": "Ombygging"})
    bank.simulator.insert("ansatt", ANSATT)

    stamps = {
        entity: tidsbanken.read(bank.http, entity, record_id).stamp
        for entity, record_id in [
            ("kunde", "K1001"),
            ("prosjekt", "20017"),
            ("ansatt", "412"),
        ]
    }

    assert stamps == {"kunde": NOW, "prosjekt": NOW, "ansatt": NOW}


@pytest.mark.parametrize("record_id", ["K1001", "O'Brien", "Å 1+2", "10%", "a&b=c"])
@pytest.mark.parametrize("entity", ["kunde", "avdeling", "prosjekt"])
def test_ids_may_hold_signs_that_addresses_and_filters_use(
    bank: Meeting, entity: str, record_id: str
) -> None:
    bank.simulator.insert(entity, {"Id": record_id, "Navn": "Før"})
    bank.simulator.insert(entity, {"Id": "other", "Navn": "Annen"})

    stored = updated(bank, entity, record_id, change("$.Navn", "Etter"))

    assert stored.record["Navn"] == "Etter"
    assert bank.stored(entity, "other")["Navn"] == "Annen"


@pytest.mark.parametrize(
    ("entity", "record_id"),
    [("ansatt", "999"), ("avdeling", "99"), ("kunde", "K9"), ("prosjekt", "9")],
)
def test_a_record_that_stopped_appearing_is_gone(
    bank: Meeting, entity: str, record_id: str
) -> None:
    with pytest.raises(Gone, match=f"tidsbanken:{entity}:{record_id}"):
        tidsbanken.read(bank.http, entity, record_id)


def test_a_refusal_holds_the_words_of_the_system_and_no_national_id(
    bank: Meeting,
) -> None:
    before = bank.simulator.insert("ansatt", ANSATT)

    with pytest.raises(Refused) as refused:
        updated(bank, "ansatt", "412", change("$.Fornavn", "K" * 51))

    assert refused.value.status == 400
    assert refused.value.words
    assert "01010112345" not in str(refused.value)
    assert bank.stored("ansatt", "412") == before


def test_without_a_fresh_read_an_edit_since_the_merge_is_noticed(
    bank: Meeting,
) -> None:
    bank.simulator.insert("ansatt", ANSATT)
    bank.simulator.edit("ansatt", "412", {"Etternavn": "Nordmann"})

    with pytest.raises(Moved, match="Etternavn"):
        tidsbanken.update(
            bank.http,
            "ansatt",
            "412",
            None,
            None,
            [change("$.Etternavn", "Ås", "Eksempel")],
        )

    assert bank.stored("ansatt", "412")["Etternavn"] == "Nordmann"


def test_an_empty_page_is_believed_when_it_comes_twice(bank: Meeting) -> None:
    bank.simulator.insert("ansatt", ANSATT)
    bank.answer_next("GET", lambda _: Response('{"value": []}'))

    assert tidsbanken.read(bank.http, "ansatt", "412").record["Fornavn"] == "Kari"


def test_a_record_that_vanishes_before_the_put_is_gone(bank: Meeting) -> None:
    bank.simulator.insert("kunde", {"Id": "K1001", "Navn": "Nordlys"})
    current = tidsbanken.read(bank.http, "kunde", "K1001")
    bank.simulator.remove("kunde", "K1001", hard=True)

    with pytest.raises(Gone):
        tidsbanken.update(
            bank.http, "kunde", "K1001", None, current, [change("$.Navn", "Sørlys")]
        )


def test_an_update_that_cannot_be_read_back_is_done_all_the_same(
    bank: Meeting,
) -> None:
    bank.simulator.insert("ansatt", ANSATT)
    current = tidsbanken.read(bank.http, "ansatt", "412")
    bank.answer_next("GET", lambda _: Response(b"<html>Maintenance</html>"))

    stored = tidsbanken.update(
        bank.http, "ansatt", "412", None, current, [change("$.Etternavn", "Ås")]
    )

    assert bank.stored("ansatt", "412")["Etternavn"] == "Ås"
    assert not stored.read_back
    assert stored.record == {}


def test_an_answer_about_another_record_stops_the_system(bank: Meeting) -> None:
    def another(request: Request) -> Response:
        return Response(b'{"value": [{"Id": 413}]}')

    bank.simulator.insert("ansatt", ANSATT)
    bank.answer_next("GET", another)

    with pytest.raises(ContractChanged, match="another record"):
        tidsbanken.read(bank.http, "ansatt", "412")


def test_creating_stops_the_run_and_deleting_is_refused_unsent(bank: Meeting) -> None:
    with pytest.raises(StopRun, match="never creates"):
        tidsbanken.create(
            bank.http, "kunde", [], write_id="w1", source_key="custompms:customer:1"
        )
    with pytest.raises(Refused, match="deletes nothing"):
        tidsbanken.delete(bank.http, "kunde", "K1001", None)

    assert bank.simulator.requests.count() == 0
