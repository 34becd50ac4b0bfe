"""A warm process that forks runs, so that a run to be killed starts in no time.

It has everything imported and the dbt project parsed, and opens nothing itself: no
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
from lenke.home.places import PROJECT
from lenke.run import dbt
from lenke.run.surroundings import Surroundings
from tests import compiled


class _AlwaysThis(dict[str, Any]):
    """The one parsed manifest, for builds of every home: the project is the same."""

    def __contains__(self, variables: object) -> bool:
        return True

    def __getitem__(self, variables: str) -> Any:
        return self.get("manifest")


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
    folder.mkdir(parents=True, exist_ok=True)
    pid = os.fork()
    if pid == 0:  # parsing starts threads, unless it only reads what was parsed
        _parsed(folder)
        os._exit(0)
    os.waitpid(pid, 0)
    dbt.manifests = _AlwaysThis(manifest=_parsed(folder))
    names = Path("/proc/self/task").glob("*/comm")
    tasks = [path.read_text().strip() for path in names]
    assert len([task for task in tasks if "jemalloc" not in task]) == 1, (
        f"threads {tasks} would not come along"
    )


def _parsed(folder: Path) -> Any:
    from dbt.cli.main import dbtRunner

    os.environ["LENKE_HOME"] = str(folder)
    variables = dbt.BuildOptions(False, 0.2, 50).variables()
    parsed = dbtRunner().invoke(
        [
            "--quiet",
            "--no-write-json",
            "--log-level=none",
            "--log-level-file=none",
            "parse",
            f"--project-dir={PROJECT}",
            f"--profiles-dir={PROJECT}",
            f"--target-path={folder / 'target'}",
            f"--vars={variables}",
        ]
    )
    assert parsed.success, parsed.exception
    return parsed.result


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
        if order["compiled"]:
            dbt.build = compiled.build
        crash_points.reached = _killer(order)
        _tell_of_models()
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


def _tell_of_models() -> None:
    """Let dbt say when a model is finished: a point that is not in code of ours."""
    from dbt.cli import main as dbt_main

    def heard(event: Any) -> None:
        if event.info.name == "NodeFinished":
            crash_points.reached(crash_points.INSIDE_BUILD)

    class Telling(dbt_main.dbtRunner):  # type: ignore[misc] # dbt ships no types
        def __init__(self, manifest: Any = None, callbacks: Any = ()) -> None:
            super().__init__(manifest, callbacks=[*callbacks, heard])

    dbt_main.dbtRunner = Telling


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
