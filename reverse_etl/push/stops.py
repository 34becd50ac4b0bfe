"""Refuse a plan that was altered, or made of another ledger or of older loads."""

from typing import Any

import duckdb

from connections.http.errors import StopRun
from ledger.ledger import Ledger

AGAIN = "Nothing was sent. Run `lenke plan` again and look at what it says."

# The same expression as in the model `plan_stamp`: all that decides what is sent.
PLAN_HASH = """
select
    coalesce(
        md5(
            string_agg(
                md5(
                    concat_ws(
                        '|',
                        write_key,
                        flow_level,
                        flow,
                        operation,
                        system_name,
                        entity,
                        coalesce(record_id, ''),
                        source_key,
                        coalesce(record_version, ''),
                        coalesce(cast(change_stamp as varchar), ''),
                        coalesce(payload_hash, ''),
                        coalesce(seen, ''),
                        coalesce(changes, '')
                    )
                ),
                '' order by write_key
            )
        ),
        'empty'
    ) as plan_hash
from outbound.outbound_requests
"""


def check_plan(warehouse: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Return when the plan in the warehouse may be sent; raise StopRun otherwise.

    Call it before a run of its own is started: a plan belongs to the run counter that
    its build saw.
    """
    ledger_id, run_counter, plan_hash, newest_listing = _stamp(warehouse)
    identity = ledger.identity
    if ledger_id != identity.ledger_id:
        raise StopRun(
            f"The plan was made from ledger {ledger_id}, but the ledger here is "
            f"{identity.ledger_id}. {AGAIN}"
        )
    if run_counter != identity.run_counter:
        raise StopRun(
            f"The plan was made at step {run_counter} of the ledger, which has come to "
            f"step {identity.run_counter} since: it is old. {AGAIN}"
        )
    newest = _newest_listing(warehouse)
    if newest_listing != newest:
        raise StopRun(
            f"The plan was made from listing {newest_listing}, but {newest} is in the "
            f"warehouse: something was loaded since, or is missing. {AGAIN}"
        )
    [(found,)] = warehouse.execute(PLAN_HASH).fetchall()
    if found != plan_hash:
        raise StopRun(
            "The plan was altered after it was made: outbound.outbound_requests no "
            f"longer has the fingerprint in outbound.plan_stamp. {AGAIN}"
        )


def _stamp(warehouse: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    rows: list[tuple[Any, ...]] = []
    if _exists(warehouse, "outbound", "plan_stamp"):
        rows = warehouse.execute(
            "select ledger_id, run_counter, plan_hash, newest_listing "
            "from outbound.plan_stamp where run_counter is not null"
        ).fetchall()
    if len(rows) != 1 or not _exists(warehouse, "outbound", "outbound_requests"):
        raise StopRun(f"There is no plan in the warehouse. {AGAIN}")
    return rows[0]


def _newest_listing(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    if not _exists(warehouse, "raw", "listings"):
        return None
    [(newest,)] = warehouse.execute(
        "select max(listing_id) from raw.listings"
    ).fetchall()
    return None if newest is None else str(newest)


def _exists(warehouse: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    rows = warehouse.execute(
        "select 1 from information_schema.tables "
        "where table_catalog = current_database() "
        "and table_schema = ? and table_name = ?",
        [schema, table],
    ).fetchall()
    return bool(rows)
