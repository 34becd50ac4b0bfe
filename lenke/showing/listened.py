"""Stdout and stderr as they are found: narrow, full, or with nobody who listens."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from lenke.run.report import STOPPED_BY_ERROR


class _Listened(io.FileIO):
    """Where output goes; what can't be written there goes nowhere.

    A run that is half done does not end because somebody closed the pipe that tells of
    it: it ends as it would have. `failed` is the first reason why something is lost.
    """

    failed: OSError | None = None

    def write(self, text: object) -> int:
        """Write bytes, or pass over them."""
        try:
            return super().write(text)  # type: ignore[arg-type] # bytes, by contract
        except OSError as error:
            self.failed = self.failed or error
            return len(memoryview(text))  # type: ignore[arg-type] # the same


@contextmanager
def listened() -> Iterator[None]:
    """Make the process's output bear narrow encodings, closed pipes and full disks.

    What the encoding can't spell is escaped (`\\u2192`). What can't be written at all
    is said on stderr, once, and ends with exit code 1.
    """
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)
    try:
        yield
    finally:
        _last_of(sys.stderr)
        error = _last_of(sys.stdout)
        if error is not None and not isinstance(error, BrokenPipeError):
            words = f"lenke: what was to be shown can't be written: {error.strerror}."
            print(words, file=sys.stderr, flush=True)
            raise SystemExit(STOPPED_BY_ERROR)


def _last_of(stream: TextIO | None) -> OSError | None:
    """Write the last of it; give the reason why something of it all is lost."""
    if stream is None:  # the caller has closed it
        return None
    stream.flush()
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw.failed if isinstance(raw, _Listened) else None


def speaks_utf8(stream: TextIO | None) -> bool:
    """Tell whether every character can be spelt there."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("_", "-").startswith("utf-8")


def _patient(stream: TextIO) -> TextIO:
    try:
        handle = stream.fileno()
    except (AttributeError, OSError, ValueError):  # closed, or no file: a test's
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Listened(handle, "wb", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream is sys.stderr or bool(stream.line_buffering),
    )
