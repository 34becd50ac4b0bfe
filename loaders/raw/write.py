"""Write what was read into raw: the new and the changed through dlt, the rest by note.

A record that is known with the same content only gets the new listing's id, so that the
cost of a listing follows the number of changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from connections.machine import crash_points
from loaders.raw.listings import (
    Listing,
    note_begun,
    note_complete,
    transaction,
)
from loaders.raw.rows import Spooled
from loaders.raw.set_aside import note_set_aside
from loaders.raw.tables import has_records, table_of
from loaders.raw.verified import note_verified
from loaders.run.read import Fetched

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 20_000

_HOW_MANY = "select count(distinct record_id) from read_parquet({file})"
_ANY = "select 1 from ({query}) limit 1"

# One row per record: of several copies the newest counts, then the last one seen.
_LISTED = """
select record_id, record, content_hash, listing_id, loaded_at
from (
    select
        *,
        row_number() over (
            partition by record_id
            order by newness desc nulls last, position desc
        ) as copy_number
    from read_parquet({file})
)
where copy_number = 1
"""
_LISTED_ONCE_EACH = """
select record_id, record, content_hash, listing_id, loaded_at
from read_parquet({file})
"""
_NOT_KNOWN = """
select listed.*
from ({listed}) as listed
where not exists (
    select 1
    from {table} as known
    where
        known.record_id = listed.record_id
        and known.content_hash = listed.content_hash
)
"""
_NOTE_AS_LISTED = """
update {table} as known
set listing_id = $listing_id, loaded_at = $started_at
where
    known.listing_id <> $listing_id
    and known.record_id in (select record_id from read_parquet({file}))
"""
_REPLACE = """
merge into {table} as known
using (
    select
        unnest(cast($ids as text[])) as record_id,
        unnest(cast($texts as text[])) as record,
        unnest(cast($hashes as text[])) as content_hash,
        unnest(cast($listings as text[])) as listing_id,
        unnest(cast($moments as timestamptz[])) as loaded_at
) as newest
on known.record_id = newest.record_id
when matched then update set
    record = newest.record,
    content_hash = newest.content_hash,
    listing_id = newest.listing_id,
    loaded_at = newest.loaded_at
when not matched then insert (record_id, record, content_hash, listing_id, loaded_at)
values (
    newest.record_id, newest.record, newest.content_hash, newest.listing_id,
    newest.loaded_at
)
"""


def write_system(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    fetched: Sequence[Fetched],
    folder: Path,
) -> list[Listing]:
    """Bring raw up to date with the listings of one system, note and give them."""
    fresh: dict[str, str] = {}
    listings = []
    for one in fetched:
        name = one.entity.name
        records, listed = _listed(warehouse, one.spooled)
        # What was set aside is there, so a list that shows it is no shorter for it.
        there = records + len(one.spooled.set_aside)
        listings.append(replace(one.listing, records=there))
        query = _NOT_KNOWN.format(listed=listed, table=table_of(system, name))
        if _has_rows(warehouse, query):
            fresh[name] = query
    with transaction(warehouse):
        note_begun(warehouse, listings)
    if fresh:
        # Importing dlt takes more than a second, and a quiet load does without it.
        from loaders.raw.dlt_source import dlt_source, run

        crash_points.reached(crash_points.BEFORE_RAW)
        empty = [name for name in fresh if not has_records(warehouse, system, name)]
        batches = {name: _batches(warehouse, query) for name, query in fresh.items()}
        run(dlt_source(system, batches, empty=empty), warehouse, folder)
        crash_points.reached(crash_points.RAW_LOADED)
    with transaction(warehouse):
        for one in fetched:
            _note_as_listed(warehouse, table_of(system, one.entity.name), one)
            note_verified(
                warehouse,
                system,
                one.entity.name,
                read_all=one.read_all,
                file=one.spooled.files,
            )
            note_set_aside(
                warehouse,
                system,
                one.entity.name,
                one.spooled.set_aside,
                read_all=one.read_all,
                file=one.spooled.files,
                run_id=one.listing.run_id,
                listing_id=one.listing.listing_id,
                seen_at=one.listing.started_at,
            )
        crash_points.reached(crash_points.INSIDE_LISTINGS)
        note_complete(warehouse, listings)
    crash_points.reached(crash_points.LISTINGS_NOTED)
    return listings


def replace_records(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entity: str,
    rows: Sequence[tuple[str, str, str, str, datetime]],
) -> None:
    """Put records that were read singly in the place of what a listing said of them.

    They are few, so they go without dlt; the entity's table is there, because only what
    was listed can be doubted.
    """
    if not rows:
        return
    columns = [list(column) for column in zip(*rows, strict=True)]
    names = ("ids", "texts", "hashes", "listings", "moments")
    warehouse.execute(
        _REPLACE.format(table=table_of(system, entity)),
        dict(zip(names, columns, strict=True)),
    )


def _listed(warehouse: duckdb.DuckDBPyConnection, spooled: Spooled) -> tuple[int, str]:
    """Give how many records were listed, and the query that gives each of them once."""
    file = _quoted(spooled.files)
    counted = warehouse.execute(_HOW_MANY.format(file=file)).fetchone()
    records = counted[0] if counted else 0
    query = _LISTED_ONCE_EACH if records == spooled.records else _LISTED
    return records, query.format(file=file)


def _has_rows(warehouse: duckdb.DuckDBPyConnection, query: str) -> bool:
    return bool(warehouse.execute(_ANY.format(query=query)).fetchall())


def _batches(
    warehouse: duckdb.DuckDBPyConnection, query: str
) -> "Iterator[pa.RecordBatch]":
    """Give the rows in arrow batches."""
    yield from warehouse.cursor().sql(query).to_arrow_reader(_ROWS_AT_ONCE)


def _note_as_listed(
    warehouse: duckdb.DuckDBPyConnection, table: str, one: Fetched
) -> None:
    warehouse.execute(
        _NOTE_AS_LISTED.format(table=table, file=_quoted(one.spooled.files)),
        {
            "listing_id": one.listing.listing_id,
            "started_at": one.listing.started_at,
        },
    )


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"
