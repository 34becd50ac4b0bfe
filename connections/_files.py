"""Small files that must never be half-written, lost or readable by others."""

import os
from pathlib import Path

from connections import _points


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
        _points.reached(_points.FILE_WRITTEN)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
