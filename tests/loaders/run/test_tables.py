"""All tables of raw are there before anything is read, in the shape that dlt keeps."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
import yaml

from lenke.home.places import PROJECT
from loaders.raw.tables import create_tables, has_records
from simulators.kit.core import Simulator
from tests.loaders.run.loading import Connect, Load, Query, product

_SHAPE = """
select
    schema_name, table_name, column_index, column_name, data_type, is_nullable,
    column_default
from duckdb_columns()
where
    starts_with(schema_name, 'raw')
    and not ends_with(schema_name, '_staging')
    and not starts_with(table_name, '_dlt')
order by all
"""
_TABLES = "select distinct schema_name, table_name from duckdb_columns()"


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """A file without anything, in which the tables are made."""
    with duckdb.connect() as connection:
        create_tables(connection)
        yield connection


def _sources() -> Iterator[dict[str, Any]]:
    for file in sorted((PROJECT / "models" / "staging").rglob("_*sources.yml")):
        yield from yaml.safe_load(file.read_text(encoding="utf-8"))["sources"]


def test_an_empty_file_gets_every_table_that_the_models_read(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    read = {
        (source["schema"], table["name"])
        for source in _sources()
        if source["schema"].startswith("raw")
        for table in source["tables"]
    }

    made = set(empty.execute(_TABLES).fetchall())

    assert read
    assert read <= made


def test_dlt_finds_the_tables_as_it_would_have_made_them(
    empty: duckdb.DuckDBPyConnection,
    shop: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    before = empty.execute(_SHAPE).fetchall()
    stored = shop.insert("product", product(1))
    shop.insert("customer", {"name": "Kunde"})
    http = connect(shop)

    load_now(http)
    assert query(_SHAPE) == before

    shop.edit("product", str(stored["id"]), {"name": "Bolt"})
    shop.insert("order", {"orderDate": "2025-03-03"})
    load_now(http)
    assert query(_SHAPE) == before
    assert query(
        "select count(*) from raw_customwebshop._dlt_loads union all "
        "select count(*) from raw_customwebshop.product"
    ) == [(2,), (1,)]


def test_a_load_of_nobody_leaves_all_tables_and_no_record(
    empty: duckdb.DuckDBPyConnection, load_now: Load, query: Query
) -> None:
    load_now()

    assert query(_SHAPE) == empty.execute(_SHAPE).fetchall()
    assert not has_records(empty, "customwebshop", "product")


def test_what_is_there_is_left_as_it_is(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute("insert into raw_customwebshop.product (record_id) values ('1')")

    create_tables(empty)

    assert has_records(empty, "customwebshop", "product")


def test_whoever_asked_for_records_can_go_on(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute("insert into raw_customwebshop.product (record_id) values ('1')")

    assert has_records(empty, "customwebshop", "product")

    empty.register("rows_now", empty.sql("select 1 as one").to_arrow_table())
