"""Writing to the project management system; its rules are those of the web shop."""

from collections.abc import Callable
from typing import Any

import pytest

from connections.http.errors import Moved, Refused
from reverse_etl import custompms
from reverse_etl.wire.system import Stored, System
from tests.reverse_etl.meeting import Meeting, change

KEY = "tidsbanken:prosjekt:20017"
SYSTEM: System = custompms


@pytest.fixture
def pms(meet: Callable[..., Meeting]) -> Meeting:
    return meet("custompms")


def created(pms: Meeting, *changes: Any) -> Stored:
    return custompms.create(pms.http, "project", changes, write_id="w1", source_key=KEY)


def test_a_project_is_created_under_its_customer(pms: Meeting) -> None:
    customer = pms.simulator.insert("customer", {"name": "Nordlys"})

    stored = created(
        pms,
        change("$.name", "Ombygging lager æøå 🏗️"),
        change("$.number", "0020017"),
        change("$.customerId", customer["id"]),
        change("$.startDate", "2025-03-03"),
        change("$.endDate", None),
    )

    assert stored.record["number"] == "0020017"
    assert stored.record["customerName"] == "Nordlys"
    assert stored.record["externalReference"].startswith(f"{KEY}~")
    assert stored.record == pms.simulator.get("project", stored.record_id)


def test_a_project_of_no_known_customer_is_refused_and_the_words_say_where(
    pms: Meeting,
) -> None:
    with pytest.raises(Refused) as refused:
        created(pms, change("$.name", "Ombygging"), change("$.customerId", "nobody"))

    assert refused.value.status == 422
    assert "/customerId" in refused.value.words


def test_a_number_that_is_taken_is_refused(pms: Meeting) -> None:
    pms.simulator.insert("project", {"name": "First", "number": "P-1"})

    with pytest.raises(Refused) as refused:
        created(pms, change("$.name", "Second"), change("$.number", "P-1"))

    assert refused.value.status == 409
    assert refused.value.words


def test_an_update_keeps_every_other_member(pms: Meeting) -> None:
    before = pms.simulator.insert(
        "project",
        {"name": "Ombygging", "description": "Keep me", "budgetHours": 120},
    )
    pms.clock.advance(1)

    stored = custompms.update(
        pms.http,
        "project",
        before["id"],
        "1",
        None,
        [change("$.name", "Påbygg"), change("$.endDate", "2025-06-30")],
    )

    assert stored.record == before | {
        "name": "Påbygg",
        "endDate": "2025-06-30",
        "version": 2,
        "updatedAt": stored.record["updatedAt"],
    }


def test_an_edit_since_the_merge_is_never_overwritten(pms: Meeting) -> None:
    seen = pms.simulator.insert("project", {"name": "Ombygging"})
    pms.simulator.edit("project", seen["id"], {"name": "Påbygg"})

    with pytest.raises(Moved):
        custompms.update(
            pms.http, "project", seen["id"], "1", None, [change("$.name", "Tilbygg")]
        )


def test_a_create_sent_twice_makes_one_project(pms: Meeting) -> None:
    first = created(pms, change("$.name", "Ombygging"))
    pms.clock.advance(25 * 3600)

    second = created(pms, change("$.name", "Ombygging"))

    assert second.adopted
    assert second.record_id == first.record_id
    assert len(pms.simulator.records("project")) == 1
