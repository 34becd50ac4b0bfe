"""A database takes as much memory as it is given, and goes on beside its own file."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from connections.machine.database import connect, connect_to_look
from ledger.file import connected
from ledger.ledger import ensure_ledger

_LIMITS = "select current_setting('memory_limit'), current_setting('temp_directory')"


def _warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    return connect(path)


def _looked_at(path: Path) -> duckdb.DuckDBPyConnection:
    connect(path).close()
    return connect_to_look(path)


def _ledger(path: Path) -> duckdb.DuckDBPyConnection:
    ensure_ledger(path)
    return connected(path)


@pytest.mark.parametrize("opened", [_warehouse, _looked_at, _ledger])
def test_every_connection_has_a_limit_and_its_overflow_beside_the_file(
    tmp_path: Path, opened: Callable[[Path], duckdb.DuckDBPyConnection]
) -> None:
    path = tmp_path / "it's.duckdb"

    with opened(path) as connection:
        [(limit, overflow)] = connection.execute(_LIMITS).fetchall()

    assert limit == "381.4 MiB"
    assert overflow == f"{path}.tmp"
