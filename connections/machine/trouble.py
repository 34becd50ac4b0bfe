"""Trouble with files and disks: nobody's defect, everybody's concern, told once.

Whatever meets it, a load, dbt, the ledger or a copy for people, ends the run with the
same words. An error that says nothing about a file has none here.
"""

import errno
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from connections.http.errors import ConfigurationError, LenkeError, StopRun
from connections.machine.database import Meaning, first_line, meaning_of

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP),
)
_STOPPED_BY_A_PERSON = "Query interrupted"
_ERRNO = re.compile(r"\[Errno (\d+)\] ")


class InUse(StopRun):
    """Another process has a database file open."""


class DiskFull(StopRun):
    """Something could not be written because there is no room; the disk decides."""


class NotOurs(ConfigurationError):  # noqa: N818 - it says what is the matter
    """A file or folder may not be read or written by who runs Lenke."""


class Damaged(StopRun):
    """A database file holds something else than DuckDB once wrote there."""


def trouble_in(error: BaseException) -> LenkeError | None:
    """Give what an error means when a file or the disk is the reason; None otherwise.

    What it was raised from counts too. A query that a person stopped is nobody's
    trouble: DuckDB tells of Ctrl-C with an error, and it goes on as KeyboardInterrupt.
    """
    for each in _chain(error):
        if isinstance(each, RuntimeError) and str(each) == _STOPPED_BY_A_PERSON:
            raise KeyboardInterrupt from error
        if isinstance(each, duckdb.Error):
            found = trouble_told(str(each))
        elif isinstance(each, OSError):
            found = _trouble_of(each)
        else:
            found = None
        if found is not None:
            return found
    return None


def trouble_told(said: str) -> LenkeError | None:
    """Give what words of DuckDB or Python mean when they are about a file, or None."""
    line = first_line(said)
    if number := _ERRNO.match(line):
        return _of_number(int(number[1]), line)
    return _named(meaning_of(line), line)


def _trouble_of(error: OSError) -> LenkeError | None:
    line = error.strerror or first_line(error)
    place = f"{error.filename}: {line}" if error.filename else line
    # Without a file it is about a connection, which is a system's own trouble.
    if error.filename or error.errno in _FULL:
        return _of_number(error.errno, place)
    return None


def _of_number(number: int | None, line: str) -> LenkeError | None:
    if number in _FULL:
        return _named("full", line)
    return _named("forbidden", line) if number in _FORBIDDEN else None


def _named(meaning: Meaning | None, line: str) -> LenkeError | None:
    line = line.rstrip(".!")
    if meaning == "locked":
        return InUse(
            f"Somebody has a file open that has to be opened here ({line}). Nothing "
            "more was sent. Close it there, and run again; inspection.duckdb is the "
            "file to look at while runs go on."
        )
    if meaning == "full":
        return DiskFull(
            f"The disk is full, or a file may not grow any further ({line}). Nothing "
            "more was read, written down or sent, and what was sent before has its "
            "receipts. Make room; the next run goes on from here."
        )
    if meaning == "forbidden":
        return NotOurs(
            f"A file can't be read or written here ({line}). Nothing more was read, "
            "written down or sent. Look whose it is and what the disk allows, or "
            "correct LENKE_HOME."
        )
    if meaning == "damaged":
        return Damaged(
            f"A database file is damaged ({line}). Nothing more was sent. Delete "
            "warehouse.duckdb and run `lenke sync --full`: it holds nothing that the "
            "systems don't. Never delete ledger.duckdb: if the same is said again, "
            "restore its newest backup with ledger.id."
        )
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__


def unusable(folder: Path, error: OSError) -> LenkeError:
    """Give what it means that a home can't be used, whatever the system's reason."""
    if error.errno in _FULL:
        return trouble_in(error) or StopRun(str(error))
    return NotOurs(
        f"LENKE_HOME ({folder}) must be a folder that can be written, and it is not: "
        f"{error.strerror or first_line(error)}. Nothing was read or sent. Correct "
        "LENKE_HOME, or the rights on that folder."
    )


def of_the_warehouse(path: Path, error: duckdb.Error) -> LenkeError:
    """Give what it means that the warehouse can't be opened, other than a lock."""
    meaning, line = meaning_of(error), first_line(error).rstrip(".!")
    made_again = "It holds nothing that the systems don't"
    if meaning == "newer":
        return StopRun(
            f"{path} was written by a newer DuckDB ({line}). Nothing was sent. Update "
            f"Lenke. Or delete this file and run `lenke sync --full`: {made_again}."
        )
    if meaning in ("full", "forbidden"):
        return _named(meaning, line) or StopRun(line)
    return Damaged(
        f"{path} can't be opened: {line}. Nothing was sent. {made_again}: delete this "
        "file, and no other, and run `lenke sync --full`."
    )
