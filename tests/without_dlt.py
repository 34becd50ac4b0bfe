"""Raw tables without dlt around them: the same rows, in a small part of the time.

That dlt itself leaves what is meant in raw is held by the tests of the loaders, by
those of the command line, and by `tests/circle/test_compiled.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb

from loaders.raw import dlt_source as through_dlt


@contextmanager
def without_dlt() -> Iterator[None]:
    """Load so while the block lasts."""
    with (
        mock.patch.object(
            through_dlt, "dlt_source", lambda system, batches, empty: (system, batches)
        ),
        mock.patch.object(through_dlt, "run", _upsert),
    ):
        yield


def _upsert(source: Any, warehouse: duckdb.DuckDBPyConnection, _folder: Path) -> None:
    """Do what dlt does with new and changed records."""
    system, batches = source
    for entity, tables in batches.items():
        name = f'raw_{system}."{entity}"'
        for rows in list(tables):
            if rows.num_rows == 0:
                continue
            warehouse.register("rows_now", rows)
            warehouse.execute(
                f"delete from {name} "
                "where record_id in (select record_id from rows_now)"
            )
            warehouse.execute(f"insert into {name} select * from rows_now")
            warehouse.unregister("rows_now")
