"""Records as rows of raw: verbatim JSON, its hash, and where it came from.

Records are written to parquet files as they arrive, so memory holds some pages only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connections.http.errors import ContractChanged
from connections.http.exact_json import Unreadable, whole_pairs
from connections.private.records import content_hash, record_text
from connections.private.references import is_genuine
from loaders.listing.entity import Entity, Pages
from loaders.listing.stamps import CLOCK_SLACK, instant_of, nanoseconds
from loaders.raw.set_aside import SetAside, is_too_much
from loaders.raw.spool_files import Row, SpoolFiles

_ROWS_AT_ONCE = 20_000
_BYTES_AT_ONCE = 32_000_000
_LARGEST = 2**63 - 1

# The largest records that the contracts know are orders with some thousand lines.
MOST_CHARACTERS = 4 * 2**20
_LONGEST_ID = 1000
_QUOTED_CHARACTERS = 500


@dataclass(frozen=True)
class Spooled:
    """A listing that was read to its end: how much, up to where, and in which files.

    `files` is a pattern that DuckDB reads; `set_aside` are the records in it that
    nobody can read.
    """

    files: Path
    records: int
    pages: int
    newest_stamp: str | None
    set_aside: tuple[SetAside, ...] = ()

    @property
    def names_all(self) -> bool:
        """Whether each record's key is known, so that others are not in the list."""
        return all(one.record_id is not None for one in self.set_aside)


def spool(
    pages: Pages,
    files: SpoolFiles,
    *,
    system: str,
    entity: Entity,
    started_at: datetime,
    key: bytes,
    on_page: Callable[[int], None],
) -> Spooled:
    """Write the pages to files; a record that nobody can read is set aside.

    ContractChanged when no record of a page has its key, or hardly any can be read. A
    stamp of the future is no newest one: a cursor there would show nothing of what
    people edit until then. `on_page` hears the number of records after each page.
    """
    latest, target = instant_of(started_at + CLOCK_SLACK), f"{system}:{entity.name}"
    rows: list[Row] = []
    set_aside: list[SetAside] = []
    records = page_number = size = 0
    newest_instant, newest_stamp = -1, None
    for page_number, page in enumerate(pages, start=1):
        _check_keys(page, system, entity, page_number)
        for place, record in enumerate(page, start=1):
            record_id = record_id_of(record, entity)
            try:
                text = kept_text(record, record_id, entity, key)
            except Unreadable as error:
                where = f"row {place} of page {page_number}: {error}"
                set_aside.append(SetAside(record_id or None, where))
                continue
            except Exception as error:
                error.add_note(f"{entity.name} {record_id}, page {page_number}")
                raise
            stamp = record.get(entity.stamp)
            instant = nanoseconds(stamp)
            if instant is not None and newest_instant < instant <= latest:
                newest_instant, newest_stamp = instant, stamp
            newness = _newness(record.get(entity.version), instant)
            genuine = _genuine(record, target, entity, key)
            rows.append((record_id, text, content_hash(text), newness, genuine))
            size += len(text)
            records += 1
        _check_set_aside(set_aside, records, system, entity)
        on_page(records)
        if len(rows) >= _ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
            files.write(rows)
            rows, size = [], 0
    if rows or files.is_empty:
        files.write(rows)
    return Spooled(files.pattern, records, page_number, newest_stamp, tuple(set_aside))


def record_id_of(record: Any, entity: Entity) -> str:
    """Give a record's id, its key members joined by `/`; '' when one is missing."""
    if not isinstance(record, dict):
        return ""
    parts = [_key_part(record.get(name)) for name in entity.key]
    return "/".join(parts) if all(parts) else ""


def kept_text(record: Any, record_id: str, entity: Entity, key: bytes) -> str:
    """Give a record as raw keeps it; Unreadable when that is nothing to go by.

    That is a record without its key, one with a value that no JSON can hold (NaN), and
    one that is larger than any contract's.
    """
    if not record_id:
        raise Unreadable(f"its key {'/'.join(entity.key)} can't be read")
    try:
        text = record_text(record, national_ids=entity.national_ids, key=key)
    except RecursionError:
        raise Unreadable("it has too many levels") from None
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            f"it has {len(text):,} characters, and no record of these systems has "
            f"more than {MOST_CHARACTERS:,}"
        )
    return text


def _check_keys(page: list[Any], system: str, entity: Entity, page_number: int) -> None:
    """Raise ContractChanged for a page on which no record has its key."""
    if not page or any(record_id_of(record, entity) for record in page):
        return
    record = page[0]
    came = type(record).__name__
    if isinstance(record, dict):
        came = ", ".join(record)[:_QUOTED_CHARACTERS]
    raise ContractChanged(
        f"{system} {entity.name}, page {page_number}: a record came without its key "
        f"{'/'.join(entity.key)}, and so did all of the page. What came has: {came}."
    )


def _check_set_aside(
    set_aside: list[SetAside], records: int, system: str, entity: Entity
) -> None:
    """Raise ContractChanged when so much can't be read that the system has changed."""
    if is_too_much(set_aside, records):
        raise ContractChanged(
            f"{system} {entity.name}: {len(set_aside)} records can't be read, and only "
            f"{records} can. The first is {set_aside[0].record_id or 'one without key'}"
            f", in {set_aside[0].words}. Ask the system's vendor what has changed."
        )


def _key_part(value: Any) -> str:
    """Spell one member of a key; '' when it is none, or one that no file can hold."""
    if isinstance(value, str):
        is_key = len(value) <= _LONGEST_ID and value == whole_pairs(value)
        return value if is_key else ""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    spelt = str(value) if is_number else ""
    return spelt if len(spelt) <= _LONGEST_ID else ""


def _genuine(record: Any, target: str, entity: Entity, key: bytes) -> str | None:
    """Give the reference that a record bears, if Lenke wrote it."""
    reference = record.get(entity.reference) if entity.reference else None
    if isinstance(reference, str) and is_genuine(reference, target, key):
        return reference.strip()
    return None


def _newness(version: Any, instant: int | None) -> int | None:
    """Give what grows with each change of a record: its version, else its stamp.

    None when it is so small or so large that nobody can mean it.
    """
    newness = nanoseconds(version) if version is not None else instant
    if isinstance(version, int) and not isinstance(version, bool):
        newness = version
    is_meant = newness is not None and -_LARGEST <= newness <= _LARGEST
    return newness if is_meant else None
