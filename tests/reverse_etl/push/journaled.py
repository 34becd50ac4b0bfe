"""Writes to note in the journal."""

from datetime import UTC, datetime

from reverse_etl.push.journal import Intent, Receipt
from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.system import Stored

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


STAMP = datetime(2025, 3, 3, 11, 59, 58)


def intent(
    write_id: str, operation: str = "update", record_id: str | None = "77"
) -> Intent:
    return Intent(
        write_id=write_id,
        run_id="run 1",
        operation=operation,
        flow="kunde__customer",
        system_name="customwebshop",
        entity="customer",
        record_id=record_id,
        source_key="tidsbanken:kunde:7",
        changes=(
            PlannedChange(
                "Poststed", "billingAddress.city", "$.billingAddress.city",
                "Voss", True, "Ål", "Ål",
            ),
            PlannedChange("Epost", "email", "$.email", None, False, None, None),
        ),
        payload_hash="payload",
    )  # fmt: skip


def done(
    an_intent: Intent, stored: Stored | None, matched_by: str | None = None
) -> Receipt:
    return Receipt(an_intent, "run 1", "done", stored=stored, matched_by=matched_by)


CITY = Stored("77", {"billingAddress": {"city": "Ål"}, "email": None}, STAMP, "8")
