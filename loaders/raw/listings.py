"""What was read when: `raw.listings`, `systems`, `entities`, `single_reads`.

They are written by us, and count as complete only after dlt's load of a system
succeeded, so a cursor never promises more than is in raw. No dlt state is trusted.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Literal

import duckdb

from loaders.listing.entity import Entity
from loaders.listing.stamps import CLOCK_SLACK, instant_of, nanoseconds
from loaders.raw.tables import has_records


@dataclass(frozen=True)
class Listing:
    """One row of `raw.listings`: one entity, read to its end."""

    listing_id: str
    run_id: str
    system_name: str
    entity: str
    kind: Literal["full", "changes", "single"]
    started_at: datetime
    finished_at: datetime
    records: int
    cursor_value: str | None
    key_fingerprint: str


@dataclass(frozen=True)
class SingleRead:
    """One row of `raw.single_reads`: what a record's own address said, and when."""

    record_key: str
    system_name: str
    entity: str
    record_id: str
    run_id: str
    outcome: Literal["found", "gone", "failed"]
    words: str | None
    read_at: datetime


@contextmanager
def transaction(warehouse: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do all of it or nothing."""
    warehouse.begin()
    try:
        yield
    except BaseException:
        warehouse.rollback()
        raise
    warehouse.commit()


def usable_cursor(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entity: Entity,
    *,
    now: datetime,
    full_listing_hours: float,
    fingerprint: str,
) -> str | None:
    """Give where to go on reading; None when a full listing is due.

    It is due when the entity has no trustworthy filter, when raw has no record of it,
    when the last full listing is too old, when the key for identity numbers changed, or
    when the cursor lies in the future, because a clock went wrong.
    """
    if entity.stamp is None or not has_records(warehouse, system, entity.name):
        return None
    full = warehouse.execute(
        "select started_at, key_fingerprint from raw.listings "
        "where system_name = ? and entity = ? and kind = 'full' and complete "
        "order by started_at desc limit 1",
        [system, entity.name],
    ).fetchone()
    if full is None or full[1] != fingerprint:
        return None
    age = now - full[0]
    if not timedelta() <= age < timedelta(hours=full_listing_hours):
        return None
    newest = warehouse.execute(
        "select cursor_value from raw.listings "
        "where system_name = ? and entity = ? and kind <> 'single' and complete "
        "order by started_at desc, rowid desc limit 1",
        [system, entity.name],
    ).fetchone()
    cursor: str | None = newest[0] if newest else None
    is_ahead = (nanoseconds(cursor) or 0) > instant_of(now + CLOCK_SLACK)
    return None if is_ahead else cursor


def note_begun(
    warehouse: duckdb.DuckDBPyConnection, listings: Iterable[Listing]
) -> None:
    """Note listings before their records reach raw: not complete yet.

    Killed in between, no record has a listing that nobody knows, and a plan that was
    made before is seen to be old.
    """
    warehouse.executemany(
        "insert into raw.listings values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
        [
            [
                listing.listing_id,
                listing.run_id,
                listing.system_name,
                listing.entity,
                listing.kind,
                listing.started_at,
                listing.finished_at,
                listing.records,
                listing.cursor_value,
                listing.key_fingerprint,
            ]
            for listing in listings
        ],
    )


def note_complete(
    warehouse: duckdb.DuckDBPyConnection, listings: Iterable[Listing]
) -> None:
    """Note that the records of these listings are in raw now."""
    warehouse.executemany(
        "update raw.listings set complete = true where listing_id = ?",
        [[listing.listing_id] for listing in listings],
    )


def add_single_reads(
    warehouse: duckdb.DuckDBPyConnection, reads: Sequence[SingleRead]
) -> None:
    """Note single reads; earlier ones of the same records say nothing any more."""
    warehouse.execute(
        "delete from raw.single_reads where record_key in (select unnest(?))",
        [[read.record_key for read in reads]],
    )
    warehouse.executemany(
        "insert into raw.single_reads values (?, ?, ?, ?, ?, ?, ?, ?)",
        [list(astuple(read)) for read in reads],
    )
