"""One run at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from filelock import FileLock, Timeout

from connections.http.errors import LenkeError
from connections.machine.database import connect, first_line, meaning_of
from connections.machine.trouble import of_the_warehouse, unusable
from connections.private.files import private_files
from lenke.home.places import Home
from lenke.run import running


class AnotherRun(LenkeError):  # noqa: N818 - it says what happens next
    """Another run is active, or a person has a file open that a run has to write."""


# `lenke status` holds the lock for a moment while it looks.
_A_LOOK = 1.0


@contextmanager
def only_run(home: Home, command: str = "decision") -> Iterator[None]:
    """Be the only run of this LENKE_HOME; raise AnotherRun when there is one already.

    Also when somebody has the warehouse open: the run would find out only after its
    first requests. A home that can't be written, a full disk and a damaged warehouse
    are found out here, too. It stays open until the block ends, so nobody opens it
    between two stages, and each of them opens it at no cost. What the run creates is
    readable by its owner alone. `command` is what `lenke status` calls it meanwhile.
    """
    with alone(home, command), open_warehouse(home):
        yield


@contextmanager
def alone(home: Home, command: str) -> Iterator[None]:
    """Hold the lock; nobody else begins anything that writes in this LENKE_HOME."""
    lock = FileLock(home.lock, mode=0o600)
    try:
        lock.acquire(timeout=_A_LOOK)
    except Timeout as error:
        raise AnotherRun(
            f"Another run is active in {home.folder}. Nothing was sent. Wait for it to "
            "end; `lenke status` shows which one it is."
        ) from error
    except OSError as error:
        raise unusable(home.folder, error) from error
    try:
        with private_files():
            running.begin(home, command)
            try:
                yield
            finally:
                running.end(home)
    finally:
        lock.release()


def open_warehouse(home: Home) -> duckdb.DuckDBPyConnection:
    """Open it for a run; raise AnotherRun when somebody else has it open."""
    try:
        return connect(home.warehouse)
    except duckdb.Error as error:
        if meaning_of(error) != "locked":
            raise of_the_warehouse(home.warehouse, error) from error
        raise AnotherRun(
            f"Somebody has {home.warehouse} open. Nothing was sent. Close it there; "
            f"{home.inspection} is the file to look at while runs go on. "
            f"({first_line(error)})"
        ) from error
