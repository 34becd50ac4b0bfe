"""Which home this is: what a copy of LENKE_HOME cannot carry.

`home.mark` is a file that no run replaces. Its inode and the time at which it was made
stay through runs, renamed folders, and containers that are made anew around a volume; a
copy of the home has a mark with others. What must never be used in two places (a token
that dies with its use) is kept with the mark of its home. A block-level copy of a whole
file system carries both, and is not told from its original.
"""

import contextlib
import ctypes
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from connections.private.files import keep_private

MARK_FILE = "home.mark"

_WORDS = (
    "This file tells this LENKE_HOME from its copies. Leave it where it is: without "
    "it, a person has to say that this is the original: lenke doctor --accept-home\n"
)

# statx(2): Python 3.11 does not give the time at which a file was made on Linux.
_AT_FDCWD = -100
_STATX_BTIME = 0x800
_STATX_BYTES = 256
_MASK_AT, _BTIME_AT = 0, 80
_UNKNOWN = "-"


@dataclass(frozen=True)
class Mark:
    """What a home's mark is, as this file system tells; `born` may be unknown."""

    inode: str
    born: str
    folder: str

    @property
    def words(self) -> str:
        """Spell it for the file that is kept with it."""
        return f"{self.inode} {self.born} {self.folder}"


def mark_of(home: Path) -> Mark:
    """Give the mark of a home; it is made when there is none."""
    with contextlib.suppress(FileExistsError):
        keep_private(home / MARK_FILE, _WORDS)
    return _found(home)


def is_kept_here(words: str, home: Path) -> bool:
    """Tell whether what was kept with a mark of these words was kept in this home.

    Where one of two file systems does not tell when a file was made, the inode alone
    counts. A copy of hard links shares the file itself, so the folder counts there.
    """
    try:
        kept, found = Mark(*words.split()), _found(home)
    except (TypeError, FileNotFoundError):
        return False
    is_shared = (home / MARK_FILE).stat().st_nlink > 1
    return (
        kept.inode == found.inode
        and (kept.born == found.born or _UNKNOWN in (kept.born, found.born))
        and (kept.folder == found.folder or not is_shared)
    )


def _found(home: Path) -> Mark:
    path = home / MARK_FILE
    return Mark(
        inode=str(path.stat().st_ino),
        born=_born(path) or _UNKNOWN,
        folder=str(home.stat().st_ino),
    )


def _born(path: Path) -> str | None:
    """Give when a file was made, to the nanosecond; None where nobody knows."""
    made = getattr(path.stat(), "st_birthtime", None)
    if made is not None:
        return str(made)
    answer = ctypes.create_string_buffer(_STATX_BYTES)
    with contextlib.suppress(AttributeError, OSError):  # another libc, no Linux
        statx = ctypes.CDLL(None, use_errno=True).statx
        failed = statx(_AT_FDCWD, os.fsencode(path), 0, _STATX_BTIME, answer)
        [known] = struct.unpack_from("<I", answer.raw, _MASK_AT)
        if not failed and known & _STATX_BTIME:
            seconds, nanoseconds = struct.unpack_from("<qI", answer.raw, _BTIME_AT)
            return f"{seconds}.{nanoseconds:09}"
    return None
