"""Which run is active, told in a file beside the lock while it goes on.

Who is killed leaves the file behind: a run that never ended.
"""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from lenke.home.places import Home


@dataclass(frozen=True)
class Running:
    """A command that holds the lock, or held it when it died (`since` is in UTC).

    `run_id` is empty until the run has one, and for what is no run.
    """

    command: str
    run_id: str
    pid: int
    host: str
    since: str


def begin(home: Home, command: str) -> None:
    """Tell that a command has begun; whoever calls it holds the lock."""
    now = datetime.now(UTC).isoformat(" ", "seconds").removesuffix("+00:00")
    _tell(home, Running(command, "", os.getpid(), socket.gethostname(), now))


def name_run(home: Home, run_id: str) -> None:
    """Tell which run it is."""
    running = told(home)
    if running is not None:
        _tell(home, replace(running, run_id=run_id))


def end(home: Home) -> None:
    """Tell that it has ended."""
    home.running.unlink(missing_ok=True)


def told(home: Home) -> Running | None:
    """Give what the file tells; None when there is none, or only a part of one."""
    try:
        return Running(**json.loads(home.running.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


@contextmanager
def nobody_runs(home: Home) -> Iterator[bool]:
    """Say whether no command holds the lock; then none begins inside the block.

    Whoever wants to begin waits for as long: don't stay. Nothing is written.
    """
    try:
        handle = os.open(home.lock, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            is_free = False
        else:
            is_free = True
        yield is_free
    finally:
        os.close(handle)


def _tell(home: Home, running: Running) -> None:
    """Write the file: what a killed process leaves of it is replaced by the next."""
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(home.running, new, mode=0o600), "w") as file:
        json.dump(asdict(running), file)
