"""Run a command to its end and say what it cost: CPU, time, peak memory."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOKS_A_SECOND = 10


@dataclass(frozen=True)
class Cost:
    """What a process took, those that it started and waited for included.

    `cpu` and `wall` are seconds. `peak` is megabytes: the most that one of its
    processes held, or the most that was seen of all together where that is more.
    """

    cpu: float
    wall: float
    peak: float
    output: str = ""


class Failed(Exception):  # noqa: N818 - says what it is
    """A command that ended with another code than it should."""


def run(
    command: Sequence[object],
    environment: Mapping[str, str],
    *,
    folder: Path,
    codes: Sequence[int] = (0,),
) -> Cost:
    """Run a command in `folder`, with this environment and PATH alone.

    Raises Failed, with what it said last, when it ends with none of `codes`.
    """
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C.UTF-8",
        **environment,
    }
    log = folder / "said.log"
    began = time.monotonic()
    with log.open("wb") as said:
        process = subprocess.Popen(
            list(map(str, command)),
            env=surroundings,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        watch = _Watch(process.pid)
        watch.start()
        # Not Popen.wait: the kernel tells what was used only to whoever reaps it.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(encoding="utf-8", errors="replace")
    if process.returncode not in codes:
        words = " ".join(map(str, command))
        raise Failed(f"{words} ended with {process.returncode}:\n{output[-3000:]}")
    cpu = used.ru_utime + used.ru_stime
    return Cost(cpu, wall, max(used.ru_maxrss / 1024, watch.peak), output)


class _Watch(threading.Thread):
    """Looks at how much memory a process and its children hold together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(1 / _LOOKS_A_SECOND):
            family = [self._pid, *_children(self._pid)]
            if len(family) > 1:  # of one alone the kernel knows its peak exactly
                self.peak = max(self.peak, sum(map(_resident, family)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = task.read_text().split()
        except OSError:  # it has ended meanwhile
            continue
        for child in map(int, found):
            yield child
            yield from _children(child)


def _resident(pid: int) -> float:
    """Give megabytes, shared ones by the share of each process; 0 when it is over."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    kilobytes = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return sum(map(int, kilobytes)) / 1024
