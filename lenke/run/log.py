"""The log of a run: one file that rotates, or stdout; each line names its run.

What a run does, its warnings, what stopped it and the traces of defects are in it, and
what dlt, dbt and other libraries warn of. Records are not, nor addresses with queries;
all passes through the same redaction as messages do.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from connections.http.errors import ConfigurationError
from connections.private.secrets import told
from connections.settings.read import LenkeSettings, lenke_settings
from lenke.home.places import Home

FOLDER, FILE = "logs", "lenke.log"

_BYTES = 5 * 2**20
_OLDER_FILES = 5
_OURS = ("lenke", "connections", "loaders", "reverse_etl")

log = logging.getLogger("lenke")


class _Run:
    """Which run the lines are of; a process has one at a time."""

    run_id = "-"


def name_run(run_id: str) -> None:
    """Let the lines from now on bear this run's id."""
    _Run.run_id = run_id


@contextmanager
def logged(
    home: Home, command: str, *, stdout_is_taken: bool = False
) -> Iterator[bool]:
    """Keep the log of a command until the block ends; give whether stdout has it.

    Until the run has its own id, its lines go by when it began and what it is.
    `stdout_is_taken` (by `--json`) sends to stderr what would go to stdout.
    """
    settings = _settings(home)
    name_run(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{command}")
    handler = _handler(home, settings, sys.stderr if stdout_is_taken else sys.stdout)
    handler.setFormatter(_Json() if settings.log_format == "json" else _Text())
    handler.addFilter(_is_ours_or_a_warning)
    root, before = logging.getLogger(), log.level
    root.addHandler(handler)
    log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        yield settings.log == "stdout" and not stdout_is_taken
    finally:
        logging.captureWarnings(False)
        log.setLevel(before)
        root.removeHandler(handler)
        handler.close()


def _settings(home: Home) -> LenkeSettings:
    try:
        return lenke_settings(home.folder)
    except ConfigurationError:  # the command says so in a moment, and is logged for it
        return LenkeSettings()


def _handler(home: Home, settings: LenkeSettings, stdout: TextIO) -> logging.Handler:
    if settings.log == "stdout":
        return logging.StreamHandler(stdout)
    folder = home.folder / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return _PrivateFile(folder / FILE)
    except OSError as error:
        _say_once(folder / FILE, error)
        return logging.NullHandler()


def _is_ours_or_a_warning(record: logging.LogRecord) -> bool:
    of = record.name.partition(".")[0]
    return record.levelno >= (logging.INFO if of in _OURS else logging.WARNING)


class _PrivateFile(RotatingFileHandler):
    """A file of the owner's alone; when it can't be written, the run goes on."""

    def __init__(self, path: Path) -> None:
        self._has_failed = False
        super().__init__(path, maxBytes=_BYTES, backupCount=_OLDER_FILES, delay=False)

    def _open(self) -> TextIOWrapper:
        return open(
            self.baseFilename,
            "a",
            encoding="utf-8",
            errors="backslashreplace",
            opener=lambda path, flags: os.open(path, flags, mode=0o600),
        )

    def close(self) -> None:
        """Close the file; what it could not take has been told already."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's
        """Say once that the log can't be written."""
        if not self._has_failed:
            self._has_failed = True
            _say_once(Path(self.baseFilename), sys.exc_info()[1])


def _say_once(path: Path, error: BaseException | None) -> None:
    words = told(f"! The log {path} can't be written: {error}. Nothing is logged.")
    print(words, file=sys.stderr)


class _Text(logging.Formatter):
    """`2026-11-30T07:36:32Z warning 20261130T073632Z-12 words`, also for each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the lines of one record."""
        before = f"{_at(record)} {record.levelname.lower()} {_Run.run_id} "
        lines = _words(record).splitlines() or [""]
        return "\n".join(before + "".join(map(_seen, line)) for line in lines)


class _Json(logging.Formatter):
    """One JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one record as JSON."""
        return json.dumps(
            {
                "at": _at(record),
                "level": record.levelname.lower(),
                "run_id": _Run.run_id,
                "logger": record.name,
                "message": _words(record),
            }
        )


def _at(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}Z"


def _words(record: logging.LogRecord) -> str:
    words = record.getMessage()
    if record.exc_info:
        words += "\n" + logging.Formatter().formatException(record.exc_info)
    return told(words)


def _seen(sign: str) -> str:
    return sign if sign.isprintable() else f"<U+{ord(sign):04X}>"
