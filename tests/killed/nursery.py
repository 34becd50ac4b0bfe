"""A warm process that forks runs, so that a run to be killed starts in no time.

It has everything imported and the models compiled, and opens nothing itself: no
database, no thread. Each line on stdin is an order, and each line on stdout an answer:
the process id of the run, and how it ended. What a run reaches goes to a file, line by
line, which is still there when the run is killed.
"""

import json
import os
import random
import signal
import sys
import threading
import traceback
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from connections.machine import crash_points
from lenke.build.kept import compiled_models
from lenke.home.places import Home
from lenke.run.surroundings import Surroundings


def main() -> None:
    """Fork a run per order until stdin ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever prints, prints to stderr
    _warm_up(Path(sys.argv[1]))
    answers.write("warm\n")
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(order)
        answers.write(f"{pid}\n")
        _, status = os.waitpid(pid, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")


def _warm_up(folder: Path) -> None:
    import dlt  # noqa: F401 - forked runs find it imported
    import duckdb  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    from lenke.run import circle  # noqa: F401
    from lenke.run.surroundings import system_of
    from simulators.kit.stage import systems

    for name in systems():
        system_of(name)
    pid = os.fork()
    if pid == 0:  # compiling starts threads
        compiled_models(Home(folder))
        os._exit(0)
    os.waitpid(pid, 0)
    compiled_models(Home(folder))
    names = Path("/proc/self/task").glob("*/comm")
    tasks = [path.read_text().strip() for path in names]
    assert len([task for task in tasks if "jemalloc" not in task]) == 1, (
        f"threads {tasks} would not come along"
    )


def _run(order: dict[str, Any]) -> NoReturn:
    """Be the command `lenke sync`, with a kill where the order says."""
    code = 70
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(order["environment"])
        random.seed()
        crash_points.reached = _killer(order)
        _shift_clock(order["clock_offset"])
        if order["after_seconds"] is not None:
            threading.Timer(order["after_seconds"], _die).start()
        sys.argv = ["lenke", *order["words"]]
        from lenke.cli import main as lenke_command

        try:
            lenke_command()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _shift_clock(offset: float) -> None:
    """Let the run's clock go with that of the systems."""
    shifted = replace(
        Surroundings(), clock=lambda: datetime.now(UTC) + timedelta(seconds=offset)
    )
    Surroundings.__init__.__defaults__ = tuple(vars(shifted).values())


def _killer(order: dict[str, Any]) -> Any:
    """Give what stands in for `reached`: note the point, and die at the right one."""
    notes = os.open(order["notes"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    lock = threading.Lock()
    counted: Counter[str] = Counter()

    def reached(point: str) -> None:
        with lock:
            counted[point] += 1
            os.write(notes, f"{point}\n".encode())
            if [point, counted[point]] == order["kill_at"]:
                _die()

    return reached


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
