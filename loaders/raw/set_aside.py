"""Records that a listing showed and that nobody can read: `raw.set_aside`.

Such a record costs itself only. It is not merged, and it is not absent either: what
raw holds of it stays as it was. One whose key can't be read may be any record, so its
listing proves of no record that it is gone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from connections.private.secrets import told

# A listing may hold a few. When there are more of them than of the others, it is the
# system that has changed, and it rests.
FEW = 10

_FORGET_ALL = "delete from raw.set_aside where system_name = ? and entity = ?"
_FORGET_LISTED = """
delete from raw.set_aside
where
    system_name = $system
    and entity = $entity
    and (
        record_id in (select record_id from read_parquet($file))
        or record_id in (select unnest($again))
    )
"""
_FORGET_ONE = """
delete from raw.set_aside where system_name = ? and entity = ? and record_id = ?
"""
_NOTE = "insert into raw.set_aside values (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class SetAside:
    """A record that can't be read; `record_id` is None when its key can't be either.

    `words` say why, and may quote what came.
    """

    record_id: str | None
    words: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", told(self.words))


def is_too_much(set_aside: Sequence[SetAside], read_well: int) -> bool:
    """Tell whether so many records were set aside that the system must have changed."""
    return len(set_aside) > max(FEW, read_well)


def note_set_aside(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entity: str,
    set_aside: Sequence[SetAside],
    *,
    read_all: bool,
    file: Path,
    run_id: str,
    listing_id: str,
    seen_at: datetime,
) -> None:
    """Note what a listing set aside, and forget what it read well this time.

    `read_all` says that it showed everything, so that only what it set aside is left.
    """
    if read_all:
        warehouse.execute(_FORGET_ALL, [system, entity])
    else:
        warehouse.execute(
            _FORGET_LISTED,
            {
                "system": system,
                "entity": entity,
                "file": str(file),
                "again": [one.record_id for one in set_aside if one.record_id],
            },
        )
    for one in set_aside:
        row = [system, entity, one.record_id, run_id, listing_id, one.words, seen_at]
        warehouse.execute(_NOTE, row)


def forget_set_aside(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entity: str,
    record_ids: Iterable[str],
) -> None:
    """Forget records that were read well at their own addresses."""
    for record_id in record_ids:
        warehouse.execute(_FORGET_ONE, [system, entity, record_id])
