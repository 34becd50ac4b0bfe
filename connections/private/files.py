"""Files that must never be half-written, lost or readable by others."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connections.machine import crash_points

_FOR_THE_OWNER = 0o077
_OWNERS_ALONE = 0o600

_lock = threading.Lock()
_inside = 0
_before = 0


@contextmanager
def private_files() -> Iterator[None]:
    """Make all that is created inside the owner's alone, also by DuckDB, dlt and dbt.

    It is the process's umask that does it, the only way to reach a database's log or a
    library's folders. The last of several threads puts it back.
    """
    global _inside, _before
    with _lock:
        if not _inside:
            _before = os.umask(_FOR_THE_OWNER)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                os.umask(_before)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, mode 0600, on disk before this returns.

    The new content first goes by a name that is always the same, so that what a killed
    process leaves there is overwritten next time. One process writes a file at a time.
    """
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        crash_points.reached(crash_points.FILE_WRITTEN)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def keep_private(path: Path, text: str) -> None:
    """Make a file that is never replaced, mode 0600; FileExistsError when it is there.

    A process that is killed in between leaves a shorter text, and the file itself.
    """
    new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    handle = os.open(path, new, mode=_OWNERS_ALONE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
