"""The files that a listing waits in until it is whole: parquet, part by part.

DuckDB writes them: to import pyarrow would take longer than a quiet load.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from connections.machine.database import quoted

# id, text, hash, newness, reference
Row = tuple[str, str, str, int | None, str | None]

# The columns of every `raw_<system>.<entity>`. Beside them, while a listing is read:
# which of two copies of a record counts, and the reference that it bears, if Lenke
# wrote it.
_WRITE = """
copy (
    select
        unnest(cast($ids as text[])) as record_id,
        unnest(cast($texts as text[])) as record,
        unnest(cast($hashes as text[])) as content_hash,
        cast($listing_id as text) as listing_id,
        cast($started_at as timestamptz) as loaded_at,
        unnest(cast($ages as bigint[])) as newness,
        unnest(range(cast($begin as bigint), cast($end as bigint))) as position,
        unnest(cast($references as text[])) as reference
) to {file} (format parquet)
"""


class SpoolFiles:
    """Where the rows of a listing go; `pattern` is how DuckDB finds all of them.

    `warehouse` is whose DuckDB writes them; nothing else of it is touched.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        warehouse: duckdb.DuckDBPyConnection,
        *,
        listing_id: str,
        started_at: datetime,
    ) -> None:
        self.pattern = folder / f"{name}.*.parquet"
        self._connection = warehouse.cursor()
        self._listing = {"listing_id": listing_id, "started_at": started_at}
        self._parts = self._rows = 0

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows to one more file; without any it says which columns there are."""
        part = self.pattern.name.replace("*", str(self._parts))
        columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
        names = ("ids", "texts", "hashes", "ages", "references")
        begin, self._rows = self._rows, self._rows + len(rows)
        self._connection.execute(
            _WRITE.format(file=quoted(self.pattern.with_name(part))),
            {
                **dict(zip(names, columns, strict=True)),
                **self._listing,
                "begin": begin,
                "end": self._rows,
            },
        )
        self._parts += 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, not even the columns."""
        return not self._parts
