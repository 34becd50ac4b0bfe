"""What the files beside the ledger know of it: its id, and the step it has come to.

The warehouse and inspection.duckdb are built anew by the next run, so what they know is
told to `ledger.id` first: a recovery is not forgotten before a person accepts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from connections.machine.database import attached, connect
from ledger.identity import (
    IDENTITY_FILE,
    Identity,
    contradiction,
    read_identity,
    write_identity,
)
from lenke.home.places import Home
from loaders.raw.tables import create_tables


@dataclass(frozen=True)
class Witness:
    """A file that knows of a later step than the ledger, or of another ledger."""

    file: str
    told: Identity
    words: str


def contradicting(home: Home, ours: Identity) -> list[Witness]:
    """Give the files that contradict the ledger, and tell the models of them.

    Nobody else may have the warehouse open.
    """
    found = [
        Witness(file, told, words)
        for file, told in _told(home)
        if (words := contradiction(ours, told, file))
    ]
    if found and all(each.file != IDENTITY_FILE for each in found):
        newest = max(found, key=lambda each: each.told.run_counter)
        write_identity(home.folder, newest.told)
    tell(home, found)
    return found


def tell(home: Home, found: Iterable[Witness]) -> None:
    """Replace what the models know of contradicting files."""
    rows = [
        (each.file, each.told.ledger_id, each.told.run_counter, each.words)
        for each in found
    ]
    with connect(home.warehouse) as warehouse:
        if _known(warehouse) == rows:
            return
        create_tables(warehouse)
        warehouse.execute("delete from raw.witnesses")
        for row in rows:
            warehouse.execute("insert into raw.witnesses values (?, ?, ?, ?)", row)


def _known(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]] | None:
    """Give what the models know; None: raw has not been made yet."""
    known = "select witness, ledger_id, run_counter, what_was_seen from raw.witnesses"
    try:
        rows: list[tuple[Any, ...]] = warehouse.execute(known).fetchall()
    except duckdb.CatalogException:
        return None
    return rows


def _told(home: Home) -> list[tuple[str, Identity]]:
    """Give what each file tells; one that can't be read tells nothing."""
    with connect(home.warehouse) as warehouse:
        stated = (
            (IDENTITY_FILE, read_identity(home.folder)),
            (home.warehouse.name, _in(warehouse, "outbound.plan_stamp")),
            (home.inspection.name, _published(warehouse, home.inspection)),
        )
    return [(file, told) for file, told in stated if told is not None]


def _published(
    warehouse: duckdb.DuckDBPyConnection, inspection: Path
) -> Identity | None:
    if not inspection.exists():
        return None
    try:
        with attached(warehouse, inspection, "inspected"):
            return _in(warehouse, "inspected.main.published")
    except duckdb.Error:
        return None


def _in(warehouse: duckdb.DuckDBPyConnection, table: str) -> Identity | None:
    try:
        rows = warehouse.execute(
            f"select ledger_id, run_counter from {table}"  # noqa: S608 - our names
        ).fetchall()
    except duckdb.Error:
        return None
    return Identity(*rows[0]) if rows and rows[0][0] is not None else None
