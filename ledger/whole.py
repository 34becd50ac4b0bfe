"""Whether the ledger's file is whole: a copy of it may have been cut off."""

from pathlib import Path

import duckdb

_HEADERS = 3 * 4096

# The size of files whose blocks were all there, by device and number: what has not
# become shorter since is whole.
_found_whole: dict[tuple[int, int], int] = {}


def is_cut_off(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Tell whether the file ends before a block of a table: DuckDB finds out too late.

    A block with the number n begins after three headers and n blocks.
    """
    file = path.stat()
    [(blocks, of_bytes)] = connection.execute(
        "select total_blocks, block_size from pragma_database_size() "
        "where database_name = 'remembered'"
    ).fetchall()
    if file.st_size >= _HEADERS + blocks * of_bytes:  # with the free ones at its end
        return False
    if file.st_size >= _found_whole.get((file.st_dev, file.st_ino), file.st_size + 1):
        return False
    tables = connection.execute(
        "select table_name from duckdb_tables() "
        "where database_name = 'remembered' and schema_name = 'ledger'"
    ).fetchall()
    blocks_of = "select block_id from pragma_storage_info('ledger.{}') where persistent"
    of_all = " union all ".join(blocks_of.format(table) for (table,) in tables)
    [(last,)] = connection.execute(f"select max(block_id) from ({of_all})").fetchall()  # noqa: S608 - our names
    if last is not None and _HEADERS + last * of_bytes >= file.st_size:
        return True
    _found_whole[file.st_dev, file.st_ino] = file.st_size
    return False
