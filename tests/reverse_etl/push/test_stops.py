"""A plan that was altered, or made of something else, is refused."""

from typing import Any

import pytest

from connections.http.errors import StopRun
from ledger.ledger import Ledger
from reverse_etl.push.stops import PLAN_HASH, check_plan
from tests.reverse_etl.planning import (
    Wanted,
    warehouse_with,
)
from tests.reverse_etl.push.sending import new_contact, new_customer


def stamped(ledger: Ledger, *writes: Wanted) -> Any:
    """Give a warehouse with a plan and its stamp, after one listing."""
    warehouse = warehouse_with(*writes)
    warehouse.execute("create schema raw")
    warehouse.execute("create table raw.listings as select '0007' as listing_id")
    [(plan_hash,)] = warehouse.execute(PLAN_HASH).fetchall()
    identity = ledger.identity
    warehouse.execute(
        "create table outbound.plan_stamp as select ? as ledger_id, ? as run_counter, "
        "? as plan_hash, '0007' as newest_listing",
        [identity.ledger_id, identity.run_counter, plan_hash],
    )
    return warehouse


@pytest.mark.parametrize("writes", [[], [new_customer(), new_contact()]])
def test_a_fresh_plan_may_be_sent(ledger: Ledger, writes: list[Wanted]) -> None:
    check_plan(stamped(ledger, *writes), ledger)


@pytest.mark.parametrize(
    ("alteration", "reason"),
    [
        ("update outbound.outbound_requests set record_id = '8'", "altered"),
        ("update outbound.outbound_requests set changes = '[]'", "altered"),
        ("delete from outbound.outbound_requests", "altered"),
        ("insert into raw.listings values ('0008')", "loaded since"),
        ("update outbound.plan_stamp set run_counter = 0", "is old"),
        ("update outbound.plan_stamp set ledger_id = 'x'", "made from ledger x"),
        ("delete from outbound.plan_stamp", "no plan"),
        ("drop table outbound.outbound_requests", "no plan"),
        ("drop table outbound.plan_stamp", "no plan"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(
    ledger: Ledger, alteration: str, reason: str
) -> None:
    warehouse = stamped(ledger, new_customer())
    warehouse.execute(alteration)

    with pytest.raises(StopRun, match=f"(?s){reason}.*lenke plan"):
        check_plan(warehouse, ledger)
