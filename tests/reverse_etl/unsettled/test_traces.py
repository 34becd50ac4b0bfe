"""What a record tells about an update whose answer got lost."""

from typing import Any

import pytest

from reverse_etl.push.journal import Intent
from reverse_etl.push.plan import PlannedChange
from reverse_etl.unsettled.traces import compared
from reverse_etl.wire.system import Stored


def updating(*changes: PlannedChange) -> Intent:
    """Give an update of a customer that nobody knows the answer to."""
    return Intent(
        write_id="w1",
        run_id="run 1",
        operation="update",
        flow="kunde__customer",
        system_name="customwebshop",
        entity="customer",
        record_id="77",
        source_key="tidsbanken:kunde:7",
        changes=changes,
        payload_hash="payload",
    )


@pytest.mark.parametrize("before_known", [True, False])
@pytest.mark.parametrize(
    ("record", "status"),
    [({}, "not_applied"), ({"phone": None}, "not_applied"), ({"phone": "1"}, "done")],
)
def test_what_was_empty_and_is_not_shown_is_as_it_was_before(
    record: dict[str, Any], status: str, before_known: bool
) -> None:
    change = PlannedChange(
        "Telefon", "phone", "$.phone", None, before_known, "+4790112233", "+4790112233"
    )
    assert compared(updating(change), Stored("77", record)).status == status


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("Nordlys", "not_applied"),
        ("Sydlys", "done"),
        ("SYDLYS", "done"),
        ("Syd", "done"),
        ("Sydlys AS", "done"),
        (None, "done"),
        ("Vestlys", "moved"),
    ],
)
def test_what_no_system_makes_of_ours_was_typed_since(
    now: str | None, status: str
) -> None:
    change = PlannedChange(
        "Navn", "name", "$.name", "Nordlys", True, "Sydlys", "Sydlys"
    )

    assert compared(updating(change), Stored("77", {"name": now})).status == status
