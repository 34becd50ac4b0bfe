"""Raw holds the records of one tenant: those of another one are never mixed in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from loaders.raw.tables import create_tables
from loaders.raw.tenant import holds_another, take_over


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with one employee and one contact."""
    with duckdb.connect() as connection:
        create_tables(connection)
        for system, entity in (("tidsbanken", "ansatt"), ("crmoffice", "contacts")):
            connection.execute(
                f"insert into raw_{system}.{entity} (record_id) values ('1')"
            )
            connection.execute(
                "insert into raw.listings values "
                "('l', 'r', ?, ?, 'full', ?, ?, 1, null, 'k', true)",
                [system, entity, *[datetime(2026, 2, 2, tzinfo=UTC)] * 2],
            )
        take_over(connection, "tidsbanken", ["ansatt"], {"tidsbanken": "test"})
        yield connection


def held(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    """Name the systems that listings and records are there of."""
    rows: list[tuple[str]] = warehouse.execute(
        "select system_name from raw.listings "
        "union all select 'an ansatt' from raw_tidsbanken.ansatt "
        "union all select 'a contact' from raw_crmoffice.contacts order by 1"
    ).fetchall()
    return rows


def test_what_was_there_before_anybody_knew_is_kept(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert not holds_another(warehouse, "tidsbanken", {"tidsbanken": "test"})
    assert len(held(warehouse)) == 4


def test_the_records_of_another_tenant_go_with_their_listings(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert holds_another(warehouse, "tidsbanken", {"tidsbanken": "production"})

    take_over(warehouse, "tidsbanken", ["ansatt"], {"tidsbanken": "production"})

    assert held(warehouse) == [("a contact",), ("crmoffice",)]
    assert not holds_another(warehouse, "tidsbanken", {"tidsbanken": "production"})
