"""What a run writes down is kept whole or not at all, and counts once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from connections.http.errors import StopRun
from ledger.decide import NEW_LINKS, write_down
from ledger.fold import fold
from ledger.ledger import Ledger, open_ledger
from reverse_etl.push.journal import Intent, Journal, Receipt
from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.system import Stored
from tests.reverse_etl.planning import links

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
STAMP = datetime(2025, 3, 3, 11, 59, 58)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        yield opened


def test_of_decisions_that_cannot_all_be_kept_none_is(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema matching")
        connection.execute(
            "create table matching.match_new_links as select 'f' as flow, "
            "'a:b:1' as source_key, 'c:d:2' as target_key, 'person' as matched_by"
        )

    with open_ledger(tmp_path / "ledger.duckdb", beside=warehouse) as ledger:
        with pytest.raises(StopRun):
            write_down(ledger, "run 1", (NEW_LINKS, "add_conflicts"))

        assert links(ledger) == []


def test_who_is_left_out_is_noted_once_and_forgotten_again(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"

    def noted_of(run_id: str, *keys: str) -> list[tuple[str, str]]:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("create schema if not exists matching")
            connection.execute(
                "create or replace table matching.match_excluded_records as "
                "select 'f' as flow, unnest($keys::varchar[]) as record_key",
                {"keys": list(keys)},
            )
        with open_ledger(tmp_path / "ledger.duckdb", beside=warehouse) as ledger:
            write_down(ledger, run_id, ("keep_excluded_records",))
            rows: list[tuple[str, str]] = ledger.fetch(
                "select record_key, run_id from ledger.excluded_records order by all"
            )
            return rows

    noted_of("run 1", "a:b:1", "a:b:2")

    assert noted_of("run 2", "a:b:2", "a:b:3") == [
        ("a:b:2", "run 1"),
        ("a:b:3", "run 2"),
    ]
    assert noted_of("run 3") == []


def test_a_receipt_that_was_folded_brings_no_old_value_back(ledger: Ledger) -> None:
    _written(ledger, "w1", "77", "Ål")
    fold(ledger)
    with ledger.transaction() as connection:  # as a later run that saw a new value
        connection.execute("update ledger.observations set observed = '\"Voss\"'")
    _written(ledger, "w2", "78", "Bø")

    fold(ledger)

    assert ledger.fetch(
        "select record_key, observed from ledger.observations order by all"
    ) == [
        ("customwebshop:customer:77", '"Voss"'),
        ("customwebshop:customer:78", '"Bø"'),
    ]


def _written(ledger: Ledger, write_id: str, record_id: str, city: str) -> None:
    intent = Intent(
        write_id=write_id,
        run_id="run 1",
        operation="update",
        flow="kunde__customer",
        system_name="customwebshop",
        entity="customer",
        record_id=record_id,
        source_key=f"tidsbanken:kunde:{record_id}",
        changes=(
            PlannedChange("Poststed", "city", "$.city", "Moss", True, city, city),
        ),
        payload_hash="payload",
    )
    stored = Stored(record_id, {"city": city}, STAMP, "8")
    Journal(ledger).intent(intent)
    Journal(ledger).receipt(Receipt(intent, "run 1", "done", stored=stored))
