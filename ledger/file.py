"""The file that the ledger is: made at once, opened by one process, migrated."""

import os
import shutil
import tempfile
import uuid
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from connections.http.errors import StopRun
from connections.machine import crash_points
from connections.machine.database import (
    attached,
    connect,
    first_line,
    meaning_of,
    quoted,
)
from connections.machine.trouble import trouble_in
from ledger import whole

_MIGRATIONS = Path(__file__).parent / "migrations"


class LedgerInUse(StopRun):
    """Another process has the ledger open; nothing was read or sent."""


class LedgerUnreadable(StopRun):
    """The file is no ledger that this Lenke can read; nothing was sent."""


def migrations() -> dict[int, Path]:
    """Give the migrations by their number: `migrations/NNNN_*.sql`."""
    return {int(path.name[:4]): path for path in sorted(_MIGRATIONS.glob("*.sql"))}


def create_file(path: Path, now: datetime) -> None:
    """Make an empty ledger with an id of its own, readable by its owner only.

    It is made under another name and linked into place, so that nobody ever meets half
    a ledger and no ledger is ever replaced. What killed processes left of their own
    attempts goes away then.
    """
    leftover = path.with_name(path.name + ".wal")
    if leftover.exists():
        raise StopRun(
            f"{path} is missing, but {leftover.name} with its last changes is there. "
            "Restore the ledger beside it, or move that file away to start anew."
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _make(path, now)
    except (OSError, duckdb.Error):
        if not path.exists():
            raise
        return  # another process was quicker, and has made the same
    for left_over in path.parent.glob(f".{path.name}.*"):
        shutil.rmtree(left_over, ignore_errors=True)


def connected(
    path: Path, *, read_only: bool = False, beside: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the file, for writing or not; LedgerInUse or StopRun when that cannot be.

    `beside` is a warehouse that is open here: the connection can read it, too.
    """
    try:
        connection = _attached(path, read_only, beside)
    except duckdb.Error as error:
        meaning = meaning_of(error)
        if meaning == "locked":
            raise LedgerInUse(
                f"{path} is in use: another run is active, or a person has it open. "
                "Nothing was sent. Try again when it is closed. "
                f"({first_line(error)})"
            ) from error
        if meaning == "newer":
            raise StopRun(
                f"{path} was written by a newer DuckDB. Nothing was changed or sent: "
                f"update Lenke. ({first_line(error)})"
            ) from error
        if meaning in ("full", "forbidden"):
            raise trouble_in(error) or StopRun(first_line(error)) from error
        raise _unreadable(path, error) from error
    return connection


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring an open ledger to our schema version, one transaction per migration.

    Raises LedgerUnreadable when the file is no ledger or not a whole one, and StopRun
    when it is one of a newer Lenke: nothing is wrong with that.
    """
    try:
        rows = connection.execute(
            "select schema_version from ledger.identity"
        ).fetchall()
        is_cut_off = whole.is_cut_off(connection, path)
    except duckdb.CatalogException as error:
        raise LedgerUnreadable(
            f"{path} is a DuckDB file, but no ledger of Lenke. Nothing was sent, and "
            "nothing changed in it. Restore the ledger from its backup, or correct "
            "LENKE_HOME."
        ) from error
    except duckdb.Error as error:
        raise _unreadable(path, error) from error
    if is_cut_off:
        raise _unreadable(path, "it is shorter than it was: the copy is not whole")
    if len(rows) != 1:
        raise _unreadable(path, f"it has {len(rows)} identities instead of one")
    found, ours = int(rows[0][0]), max(migrations())
    if found > ours:
        raise StopRun(
            f"{path} has schema version {found}, this Lenke knows versions up to "
            f"{ours}. Nothing was changed or sent: update Lenke."
        )
    try:
        _apply(connection, found)
    except duckdb.Error as error:
        raise StopRun(
            f"{path} could not be brought from schema version {found} to {ours}: "
            f"{first_line(error)} It is as it was, and nothing was sent. Go back to "
            "the Lenke that it is of, and report this."
        ) from error


def check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise StopRun unless a ledger has our schema version; it is only looked at.

    `connection` is any; the ledger may not be attached to it.
    """
    with attached(connection, path, "looked_at"):
        [(found,)] = connection.execute(
            "select schema_version from looked_at.ledger.identity"
        ).fetchall()
    ours = max(migrations())
    if found != ours:
        what_now = (
            "update Lenke"
            if found > ours
            else "run `lenke plan` once, which brings the ledger up to date"
        )
        raise StopRun(
            f"{path} has schema version {found}, and the models read version {ours}. "
            f"Nothing was built: {what_now}."
        )


def _make(path: Path, now: datetime) -> None:
    with tempfile.TemporaryDirectory(
        prefix=f".{path.name}.", dir=path.parent, ignore_cleanup_errors=True
    ) as made:
        new = Path(made) / path.name
        with _attached(new) as connection:
            _apply(connection, 0)
            connection.execute(
                "insert into ledger.identity values (?, ?, 0, ?)",
                [str(uuid.uuid4()), max(migrations()), now],
            )
            # Closing would do it too, and keep to itself that the disk is full.
            connection.execute("checkpoint remembered")
        new.chmod(0o600)
        crash_points.reached(crash_points.LEDGER_FILLED)
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # this file system has no hard links
            new.rename(path)


def disconnect(connection: duckdb.DuckDBPyConnection) -> None:
    """Close the file that a connection of `connected` has, whatever is beside it."""
    with suppress(duckdb.Error):  # as closing is silent: what was committed is there
        # By a connection that does not use it, or DuckDB would refuse.
        connection.cursor().execute("detach remembered")
    connection.close()


def _attached(
    path: Path, read_only: bool = False, beside: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a file under a name of our own.

    Opened directly, it would go by its file's name: a database `ledger` with a schema
    `ledger`, and DuckDB could not tell which of them `ledger.links` means.
    """
    connection = connect(beside)
    try:
        if beside is None:
            # Without a file of its own it would use the folder that it was started in.
            spilled = path.with_name(path.name + ".tmp")
            connection.execute(f"set temp_directory = {quoted(spilled)}")
        how = " (read_only)" if read_only else ""
        connection.execute(f"attach {quoted(path)} as remembered{how}")
        connection.execute("use remembered")
    except BaseException:
        connection.close()
        raise
    return connection


def _apply(connection: duckdb.DuckDBPyConnection, found: int) -> None:
    for number, file in migrations().items():
        if number <= found:
            continue
        connection.begin()
        try:
            connection.execute(file.read_text(encoding="utf-8"))
            connection.execute(
                "update ledger.identity set schema_version = ?", [number]
            )
            crash_points.reached(crash_points.INSIDE_MIGRATION)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _unreadable(path: Path, reason: object) -> LedgerUnreadable:
    return LedgerUnreadable(
        f"The ledger {path} cannot be read: {first_line(reason).rstrip('.!')}. "
        "Nothing was sent. Restore its newest backup with ledger.id. If there is none, "
        "move the file away: the next `lenke sync` links what is proved to belong "
        "together, sends nothing and says how to go on."
    )
