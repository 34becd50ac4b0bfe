"""Writing to Membercare: two entities take a new name, the others are read only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from werkzeug.wrappers import Response

from connections.http.errors import Gone, Refused, StopRun
from reverse_etl import membercare
from reverse_etl.wire.system import System
from tests.reverse_etl.meeting import START, Meeting, change

NOW = START.replace(tzinfo=None)
SYSTEM: System = membercare


@pytest.fixture
def care(meet: Callable[..., Meeting]) -> Meeting:
    return meet("membercare")


@pytest.fixture
def company(care: Meeting) -> dict[str, Any]:
    """A company with more to it than its name."""
    return care.simulator.insert(
        "companies",
        {
            "companyName": "Nordlys Prøvebygg AS",
            "companyName2": "Avd. Øst",
            "externalId": "shop-8841",
            "einvoiceEmail": "faktura@nordlys.example",
        },
    )


def test_a_new_name_changes_nothing_else_of_a_company(
    care: Meeting, company: dict[str, Any]
) -> None:
    key = company["debtorAccountNumber"]
    before = membercare.read(care.http, "companies", key)
    care.clock.advance(60)

    stored = membercare.update(
        care.http,
        "companies",
        key,
        None,
        before,
        [change("$.companyName", "Sørlys 🧰 AS", "Nordlys Prøvebygg AS")],
    )

    expected = before.record | {
        "companyName": "Sørlys 🧰 AS",
        "name": stored.record["name"],
        "lastChange": stored.record["lastChange"],
    }
    assert stored.record == expected
    assert "Sørlys 🧰 AS" in stored.record["name"]
    assert care.stored("companies", key)["companyName"] == "Sørlys 🧰 AS"


def test_a_stamp_is_norwegian_local_time(
    care: Meeting, company: dict[str, Any]
) -> None:
    stored = membercare.read(care.http, "companies", company["debtorAccountNumber"])

    assert stored.record["lastChange"].startswith("2025-03-03T09:14:05")
    assert stored.stamp is not None
    assert stored.stamp.replace(microsecond=0) == datetime(2025, 3, 3, 8, 14, 5)


def test_an_organization_echoes_what_it_stored(care: Meeting) -> None:
    before = care.simulator.insert(
        "organizations",
        {"identificationNumber": "5501", "name": "Nordlys lokallag", "name2": "Øst"},
    )

    stored = membercare.update(
        care.http,
        "organizations",
        "5501",
        None,
        None,
        [change("$.name", "Čáhcesuolu lokallag", "Nordlys lokallag")],
    )

    assert stored.record["name"] == "Čáhcesuolu lokallag"
    assert stored.record["name2"] == before["name2"]
    assert stored.stamp is None
    assert membercare.read(care.http, "organizations", "5501") == stored


def test_a_member_is_emptied_with_null(care: Meeting, company: dict[str, Any]) -> None:
    stored = membercare.update(
        care.http,
        "companies",
        company["debtorAccountNumber"],
        None,
        None,
        [change("$.companyName2", None, "Avd. Øst")],
    )

    assert stored.record["companyName2"] is None
    assert stored.record["companyName"] == "Nordlys Prøvebygg AS"


@pytest.mark.parametrize(
    ("entity", "json_path"),
    [
        ("invoices", "$.financeDate"),
        ("products", "$.name"),
        ("companies", "$.name"),
        ("companies", "$.contacts"),
        ("organizations", "$.identificationNumber"),
    ],
)
def test_what_the_api_cannot_write_is_refused_unsent(
    care: Meeting, entity: str, json_path: str
) -> None:
    with pytest.raises(Refused, match="read-only") as refused:
        membercare.update(care.http, entity, "1", None, None, [change(json_path, "x")])

    assert refused.value.words == "read-only"
    assert care.simulator.requests.count() == 0


def test_the_vendors_misspelt_member_is_written_by_its_right_name(
    care: Meeting, company: dict[str, Any]
) -> None:
    stored = membercare.update(
        care.http,
        "companies",
        company["debtorAccountNumber"],
        None,
        None,
        [change("$.dafualtPayerRule", 2)],
    )

    assert stored.record["dafualtPayerRule"] == 2


def test_a_refusal_holds_the_bare_string_that_the_system_said(
    care: Meeting, company: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        membercare.update(
            care.http,
            "companies",
            company["debtorAccountNumber"],
            None,
            None,
            [change("$.companyName", "N" * 101)],
        )

    assert refused.value.status == 400
    assert refused.value.words
    assert not refused.value.words.startswith('"')


@pytest.mark.parametrize(
    "entity", ["companies", "organizations", "invoices", "products"]
)
def test_a_record_that_is_not_there_is_gone(care: Meeting, entity: str) -> None:
    with pytest.raises(Gone, match=f"membercare:{entity}:99999"):
        membercare.read(care.http, entity, "99999")


def test_a_closed_company_is_still_there(
    care: Meeting, company: dict[str, Any]
) -> None:
    key = company["debtorAccountNumber"]
    care.simulator.edit("companies", key, {"closeDate": "2025-03-01T00:00:00"})

    assert membercare.read(care.http, "companies", key).record_id == key


def test_an_update_that_cannot_be_read_back_is_done_all_the_same(
    care: Meeting, company: dict[str, Any]
) -> None:
    key = company["debtorAccountNumber"]
    care.answer_next("GET", lambda _: Response(b"<html>Maintenance</html>"))

    stored = membercare.update(
        care.http, "companies", key, None, None, [change("$.companyName", "Sørlys AS")]
    )

    assert care.stored("companies", key)["companyName"] == "Sørlys AS"
    assert not stored.read_back


def test_creating_stops_the_run_and_deleting_is_refused_unsent(care: Meeting) -> None:
    with pytest.raises(StopRun, match="never creates"):
        membercare.create(
            care.http, "companies", [], write_id="w", source_key="custompms:customer:1"
        )
    with pytest.raises(Refused, match="deletes nothing"):
        membercare.delete(care.http, "companies", "1", None)

    assert care.simulator.requests.count() == 0
