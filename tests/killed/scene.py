"""Six served systems and a LENKE_HOME, which can be put back to how they were.

Runs are forked from the nursery and meet the systems over sockets. A run is killed at a
point of `connections.machine.crash_points`, at a moment, or by a system, when a
request arrives.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import duckdb
from werkzeug.wrappers import Request, Response

from connections import crmoffice
from connections.crmoffice import TOKEN_FILE
from lenke.home.places import PROJECT, Home
from simulators.kit.core import Simulator
from simulators.kit.stage import open_simulators, serve, without_rate_limits
from simulators.kit.store import Store
from tests.killed import world
from tests.killed.kill import Clock, Kill, Ran

_HOME, _KEPT = "home", "kept"


@dataclass
class _Death:
    """What the systems know of the run that they are to kill."""

    kill: Kill | None = None
    pid: int = 0
    seen: int = 0
    born: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Scene:
    """Systems, a home, and copies of both to go back to."""

    def __init__(
        self,
        folder: Path,
        systems: Mapping[str, Simulator],
        clock: Clock,
        environment: dict[str, str],
        nursery: "subprocess.Popen[str]",
    ) -> None:
        """Use `scene`, which opens all this."""
        self.folder = folder
        self.systems = systems
        self.clock = clock
        self.home = Home(folder / _HOME)
        self.environment = environment
        self._nursery = nursery
        self._copies: dict[str, dict[str, tuple[bytes, dict[str, str]]]] = {}
        self._death = _Death()
        for system in systems.values():
            system.before.append(self._arrived)
            system.after.append(self._answered)

    def keep(self, name: str) -> None:
        """Remember the systems and the home as they are, under a name."""
        kept = self.folder / _KEPT / name
        shutil.copytree(self.home.folder, kept)
        self._copies[name] = {
            system: (each.database.copied(), dict(self.environment))
            for system, each in self.systems.items()
        }

    def back_to(self, name: str) -> None:
        """Make systems and home what they were when they were kept."""
        shutil.rmtree(self.home.folder)
        shutil.copytree(self.folder / _KEPT / name, self.home.folder)
        crmoffice.accept_home(self.home.folder)
        for system, (copied, environment) in self._copies[name].items():
            self.systems[system].database.back(copied)
            self.environment.update(environment)

    def run(self, kill: Kill | None = None) -> Ran:
        """Run `lenke sync`, and wait until it ends or is dead."""
        began = time.monotonic()
        notes, log = self.folder / "notes", self.folder / "log"
        notes.unlink(missing_ok=True)
        self._death = _Death(kill)
        for system in self.systems.values():
            system.requests.clear()
        code = self._ordered(
            {
                "words": ("sync", "--json"),
                "notes": str(notes),
                "clock_offset": self.clock.offset,
                "kill_at": [kill.point, kill.number] if kill and kill.point else None,
                "after_seconds": kill.after_seconds if kill else None,
            }
        )
        if kill is not None:
            self._consent_again()
        return Ran(
            code,
            log.read_text("utf-8", "replace"),
            notes.read_text("utf-8").splitlines() if notes.exists() else [],
            requests=sum(each.requests.count() for each in self.systems.values()),
            writes=sum(each.requests.writes for each in self.systems.values()),
            seconds=time.monotonic() - began,
        )

    def target_of(self, flow: str, source_id: str) -> str:
        """Name the record that is linked with a source record."""
        sql = (
            "select target_id from inspection.links "
            "where flow = ? and source_id = ? and ended_at is null"
        )
        with duckdb.connect(str(self.home.inspection), read_only=True) as connection:
            [(found,)] = connection.execute(sql, [flow, source_id]).fetchall()
        return str(found)

    def _ordered(self, order: dict[str, Any]) -> int:
        """Have the nursery fork a process for an order; give how that ended."""
        common = {"environment": self.environment, "log": str(self.folder / "log")}
        self._pipe(self._nursery.stdin).write(json.dumps(order | common) + "\n")
        self._pipe(self._nursery.stdin).flush()
        self._death.pid = int(self._pipe(self._nursery.stdout).readline())
        self._death.born.set()
        return int(self._pipe(self._nursery.stdout).readline())

    def _pipe(self, pipe: "IO[str] | None") -> "IO[str]":
        assert pipe is not None
        return pipe

    def _arrived(self, _request: Request) -> Response | None:
        """Kill the run whose turn it is, before its request is applied."""
        death = self._death
        with death.lock:
            death.seen += 1
            kill = death.kill
            if kill is None or kill.request is None or death.seen < kill.number:
                return None
            if kill.request == "after" and death.seen == kill.number:
                _request.environ["lenke.dies"] = True
                return None
        if kill.request == "before":
            self._die()
            return Response("nobody hears this", status=500)
        return None

    def _answered(self, request: Request, response: Response) -> Response:
        if request.environ.get("lenke.dies"):
            self._die()
        return response

    def _die(self) -> None:
        self._death.born.wait()
        os.kill(self._death.pid, signal.SIGKILL)

    def _consent_again(self) -> None:
        """Configure a new refresh token when the one that rotated died with the run.

        It is spent with the request, and the next one was lost with the answer: nothing
        that a caller does can mend that, so a person does.
        """
        address = self.environment["SOURCES__CRMOFFICE__BASE_URL"]
        newest = self.systems["crmoffice"].settings(address)["refresh_token"]
        kept = self.home.folder / TOKEN_FILE
        if not kept.exists() or newest not in kept.read_text("utf-8"):
            self.environment["SOURCES__CRMOFFICE__REFRESH_TOKEN"] = newest


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """Open six empty systems, a home and a nursery, until the block ends."""
    clock = Clock(-6 * 3600)
    store = Store(None)
    systems = open_simulators(store, clock=clock, knobs=without_rate_limits())
    (folder / _HOME).mkdir(parents=True)
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.killed.nursery", str(folder / "nursery")],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with serve(systems, requests_per_second=100_000) as stage:
            environment = {
                **stage.environment,
                "LENKE_HOME": str(folder / _HOME),
                "LENKE_HASH_KEY": "a key for tests, of 32 bytes or more",
                "LENKE__SETTLE_SECONDS": "0",
            }
            assert nursery.stdout is not None
            assert nursery.stdout.readline() == "warm\n"
            made = Scene(folder, systems, clock, environment, nursery)
            world.fill(systems)
            yield made
    finally:
        assert nursery.stdin is not None
        nursery.stdin.close()
        nursery.wait()
        store.close()
