"""References that Lenke wrote: `raw.verified_references`.

SQL knows no HMAC, so the loader says of each listed record whether its reference is
genuine. What has no row here proves nothing.
"""

from pathlib import Path

import duckdb

_FORGET = """
delete from raw.verified_references
where
    system_name = $system
    and entity = $entity
    and ($read_all or record_id in (select record_id from read_parquet($file)))
"""
_NOTE = """
insert into raw.verified_references
select distinct $system, $entity, record_id, reference
from read_parquet($file)
where reference is not null
"""


def note_verified(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entity: str,
    *,
    read_all: bool,
    file: Path,
) -> None:
    """Note which of the listed records bear a genuine reference."""
    listed = {"system": system, "entity": entity, "file": str(file)}
    warehouse.execute(_FORGET, {**listed, "read_all": read_all})
    warehouse.execute(_NOTE, listed)
