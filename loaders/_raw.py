"""Records as rows of raw: verbatim JSON, its hash, and where it came from.

Records are written to a parquet file as they arrive, so memory holds some pages only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from connections._errors import ContractChanged
from connections._json import whole_pairs
from connections._records import content_hash, record_text
from loaders._entity import Entity, Pages
from loaders._stamps import CLOCK_SLACK, instant_of, nanoseconds

# The columns of every `raw_<system>.<entity>`.
RAW_SCHEMA = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("record", pa.string()),
        pa.field("content_hash", pa.string()),
        pa.field("listing_id", pa.string()),
        pa.field("loaded_at", pa.timestamp("us", tz="UTC")),
    ]
)
# Beside them, while a listing is read: which of two copies of a record counts.
_SPOOL_SCHEMA = pa.schema(
    [*RAW_SCHEMA, pa.field("newness", pa.int64()), pa.field("position", pa.int64())]
)
_ROWS_AT_ONCE = 20_000
_BYTES_AT_ONCE = 32_000_000
_LARGEST = 2**63 - 1

_Row = tuple[str, str, str, int | None]  # id, text, hash, newness


@dataclass(frozen=True)
class Spooled:
    """A listing that was read to its end: how much, up to where, and in which file."""

    path: Path
    records: int
    pages: int
    newest_stamp: str | None


def spool(
    pages: Pages,
    path: Path,
    *,
    system: str,
    entity: Entity,
    listing_id: str,
    started_at: datetime,
    key: bytes,
    on_page: Callable[[int], None],
) -> Spooled:
    """Write the pages to a parquet file; ContractChanged for a record without its id.

    A stamp of the future is no newest one: a cursor there would show nothing of what
    people edit until then. `on_page` hears the number of records after each page.
    """
    latest = instant_of(started_at + CLOCK_SLACK)
    rows: list[_Row] = []
    records = page_number = size = 0
    newest_instant, newest_stamp = -1, None
    with pq.ParquetWriter(path, _SPOOL_SCHEMA) as file:
        for page_number, page in enumerate(pages, start=1):
            for record in page:
                record_id = _record_id(record, system, entity, page_number)
                text = record_text(record, national_ids=entity.national_ids, key=key)
                instant = nanoseconds(record.get(entity.stamp))
                if instant is not None and newest_instant < instant <= latest:
                    newest_instant, newest_stamp = instant, record.get(entity.stamp)
                newness = _newness(record.get(entity.version), instant)
                rows.append((record_id, text, content_hash(text), newness))
                size += len(text)
            records += len(page)
            on_page(records)
            if len(rows) >= _ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
                file.write_table(_table(rows, listing_id, started_at, records))
                rows, size = [], 0
        if rows:
            file.write_table(_table(rows, listing_id, started_at, records))
    return Spooled(path, records, page_number, newest_stamp)


def _table(
    rows: list[_Row],
    listing_id: str,
    started_at: datetime,
    records: int,
) -> pa.Table:
    ids, texts, hashes, ages = zip(*rows, strict=True)
    count = len(rows)
    return pa.table(
        [
            pa.array(ids, pa.string()),
            pa.array(texts, pa.string()),
            pa.array(hashes, pa.string()),
            pa.repeat(listing_id, count),
            pa.repeat(pa.scalar(started_at, pa.timestamp("us", tz="UTC")), count),
            pa.array(ages, pa.int64()),
            pa.array(range(records - count, records), pa.int64()),
        ],
        schema=_SPOOL_SCHEMA,
    )


def record_id_of(record: Any, entity: Entity) -> str:
    """Give a record's id, its key members joined by `/`; '' when one is missing."""
    parts = [
        _key_part(record.get(name)) if isinstance(record, dict) else ""
        for name in entity.key
    ]
    return "/".join(parts) if all(parts) else ""


def _record_id(record: Any, system: str, entity: Entity, page_number: int) -> str:
    found = record_id_of(record, entity)
    if found:
        return found
    came = ", ".join(record) if isinstance(record, dict) else type(record).__name__
    raise ContractChanged(
        f"{system} {entity.name}, page {page_number}: a record came without its key "
        f"{'/'.join(entity.key)}. What came has: {came}."
    )


def _key_part(value: Any) -> str:
    """Spell one member of a key; '' when it is none, or one that no file can hold."""
    if isinstance(value, str):
        return value if value == whole_pairs(value) else ""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else ""


def _newness(version: Any, instant: int | None) -> int | None:
    """Give what grows with each change of a record: its version, else its stamp.

    None when it is so small or so large that nobody can mean it.
    """
    newness = nanoseconds(version) if version is not None else instant
    if isinstance(version, int) and not isinstance(version, bool):
        newness = version
    is_meant = newness is not None and -_LARGEST <= newness <= _LARGEST
    return newness if is_meant else None
