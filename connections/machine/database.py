"""Open a DuckDB file: the one way of all of Lenke, and what DuckDB's errors mean.

DuckDB fetches what it lacks from the internet, and a query can read and write files:
both are off here. What an error means is judged by the words that DuckDB begins it
with, because its classes don't tell: a damaged file comes as any of three.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import duckdb

Meaning = Literal["locked", "full", "forbidden", "newer", "damaged"]

# All connections of a process to one file must have the same configuration. dbt opens
# the warehouse with the same (profiles.yml).
CONFIGURATION = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# Beyond it DuckDB goes on with files beside the one that is open: a cron machine is
# small, and two files may be open at once.
MEMORY = "400MB"
_FOR_LOOKING = {
    **CONFIGURATION,
    "memory_limit": MEMORY,
    "enable_external_access": "false",
    "lock_configuration": "true",
}

_FILE = r'"[^"\n]*"'
_NO_FILE_OPERATION = r"(?:Could not|Cannot|Failed to) \w+(?: \w+)* (?:file|directory) "
_SAYS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    ("locked", re.compile(rf"Could not set lock on file {_FILE}")),
    ("locked", re.compile(r"Unique file handle conflict: ")),
    (
        "full",
        re.compile(
            rf"{_NO_FILE_OPERATION}{_FILE}: "
            r"(?:No space left on device|Disk quota exceeded|File too large)"
        ),
    ),
    ("full", re.compile(r"failed to offload data block of size ")),
    (
        "forbidden",
        re.compile(
            rf"{_NO_FILE_OPERATION}{_FILE}: (?:Permission denied|Read-only file system"
            r"|Operation not permitted|Not a directory)"
        ),
    ),
    ("damaged", re.compile(rf"{_NO_FILE_OPERATION}{_FILE}: Is a directory")),
    ("newer", re.compile(r"Trying to read a database file with .*version number ")),
    ("damaged", re.compile(r"Corrupt database file: ")),
    (
        "damaged",
        re.compile(rf"The file {_FILE} exists, but it is not a valid DuckDB database"),
    ),
    ("damaged", re.compile(rf"Could not read enough bytes from file {_FILE}")),
    ("damaged", re.compile(r"(?:Failure|Error) while replaying WAL file ")),
    ("damaged", re.compile(r"Failed to load metadata pointer ")),
)
# What stands before it: the kind of error, and what DuckDB was about to do.
_BEFORE = re.compile(
    r"^(?:[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)* (?:Error|ERROR): "
    r"|Failed to commit: |Failed to create checkpoint because of error: "
    r"|(?:Checkpoint failed for database|Failed: database has been invalidated)"
    r"[^\n]*?Original error: \"?)+"
)


def connect(
    path: Path | str | None = None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open a file, or a database in memory; it installs and loads no extension.

    It takes no more than `MEMORY`, which all who have the same file open here share.
    To open a file anew takes some 30 ms. While it is open here, and not read-only, to
    open it once more is another connection to the same, and costs nothing.
    """
    place = ":memory:" if path is None else str(path)
    connection = duckdb.connect(place, read_only=read_only, config=CONFIGURATION)
    connection.execute(f"set memory_limit = '{MEMORY}'")
    return connection


@contextmanager
def attached(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    *,
    read_only: bool = True,
) -> Iterator[None]:
    """Let a connection have another file, as `name`, until the block ends."""
    how = " (read_only)" if read_only else ""
    connection.execute(f"attach {quoted(path)} as {name}{how}")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # the first error tells more
            connection.execute(f"detach {name}")
        raise
    connection.execute(f"detach {name}")


def quoted(words: Path | str) -> str:
    """Spell words, or a path, as SQL text: not every statement takes parameters."""
    return "'" + str(words).replace("'", "''") + "'"


def connect_to_look(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file for a query that somebody typed: it reaches nothing but this file."""
    return duckdb.connect(str(path), read_only=True, config=_FOR_LOOKING)


def meaning_of(said: duckdb.Error | str) -> Meaning | None:
    """Give what an error of DuckDB means for its file; None: nothing about a file.

    Only how it begins counts: further on it may quote a path, a query or a value.
    """
    line = _BEFORE.sub("", first_line(said))
    return next((meaning for meaning, says in _SAYS if says.match(line)), None)


def first_line(said: object) -> str:
    """Give the first line of an error; its class when it says nothing."""
    return (str(said).strip().splitlines() or [type(said).__name__])[0]


def copied(file: Path, to: Path) -> bool:
    """Copy a database by a process of its own; tell whether all of it is there.

    Here, closing the file would end the locks that DuckDB has on it.
    """
    done = subprocess.run(["cp", str(file), str(to)], capture_output=True)  # noqa: S603, S607 - our own files
    if done.returncode:
        to.unlink(missing_ok=True)
    return done.returncode == 0
