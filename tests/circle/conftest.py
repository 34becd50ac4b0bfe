"""A small world in six simulators, and the real run over an in-process transport."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import httpx2
import pytest

from connections import crmoffice
from lenke.home.places import Home
from lenke.run import circle
from lenke.run.report import RunReport
from lenke.run.run import RunOptions
from lenke.run.surroundings import Surroundings
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.stage import open_simulators, without_rate_limits
from simulators.kit.store import Store
from tests.circle.world import fill
from tests.compiled import unchanging
from tests.without_dlt import without_dlt

HASH_KEY = "a key for tests, of 32 bytes or more"


@dataclass(frozen=True)
class Meeting:
    """Six systems, one LENKE_HOME, and people who edit."""

    home: Home
    systems: dict[str, Simulator]
    clock: VirtualClock

    @property
    def around(self) -> Surroundings:
        """The systems over an in-process transport, and a clock of our own."""
        return Surroundings(
            transport_for=lambda name: httpx2.WSGITransport(
                app=self.systems[name].wsgi
            ),
            clock=self.clock,
        )

    def sync(self, **options: bool) -> RunReport:
        """Run one turn of the circle; the log of requests begins anew."""
        for system in self.systems.values():
            system.requests.clear()
        self.clock.advance(60)
        return circle.sync(self.home, RunOptions(**options), self.around)

    def plan(self, **options: bool) -> RunReport:
        """Load, build and show."""
        for system in self.systems.values():
            system.requests.clear()
        self.clock.advance(60)
        return circle.plan(self.home, RunOptions(**options), self.around)

    def edit(self, system: str, entity: str, key: str, **changes: Any) -> None:
        """A person edits a record in a system's own screens, a while later."""
        self.clock.advance(7200)
        self.systems[system].edit(entity, key, changes)

    def get(self, system: str, entity: str, key: str) -> dict[str, Any]:
        """Give a record as its system holds it."""
        record = self.systems[system].get(entity, key)
        assert record is not None, f"{system} has no {entity} {key}"
        return dict(record)

    def linked(self, flow: str) -> dict[str, str]:
        """Give target ids by source id, of the links in force."""
        return dict(
            self.ask(
                "select source_id, target_id from inspection.links "
                f"where flow = '{flow}' and ended_at is null"
            )
        )

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published inspection tables."""
        with duckdb.connect(str(self.home.inspection), read_only=True) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
            return rows

    def writes(self) -> dict[str, int]:
        """Give the number of requests that changed a system, since the run began."""
        return {
            name: number
            for name, system in self.systems.items()
            if (number := system.requests.writes)
        }


def meeting_in(folder: Path) -> Meeting:
    """Make six systems with a handful of records, and settings to reach them."""
    made = opened(folder)
    fill(made.systems)
    return made


def opened(folder: Path) -> Meeting:
    """Open six empty systems, and give the settings to reach them."""
    clock = VirtualClock(datetime.now(UTC).replace(microsecond=0) - timedelta(days=30))
    systems = open_simulators(Store(None), clock=clock, knobs=without_rate_limits())
    for name, system in systems.items():
        for setting, value in system.settings("http://127.0.0.1:1").items():
            os.environ[f"SOURCES__{name}__{setting}".upper()] = str(value)
        os.environ[f"SOURCES__{name}__REQUESTS_PER_SECOND".upper()] = "100000"
    os.environ["LENKE_HASH_KEY"] = HASH_KEY
    os.environ["LENKE_HOME"] = str(folder)
    return Meeting(Home(folder), systems, clock)


def synced_in(folder: Path) -> Meeting:
    """Give the same six systems after their first sync, which is made once."""
    template = _template()
    made = opened(folder)
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    crmoffice.accept_home(folder)
    made.clock.now = template.now
    for name, content in template.databases.items():
        made.systems[name].database.back(content)
    return made


@dataclass(frozen=True)
class _Template:
    """What there is after a first sync."""

    folder: Path
    now: datetime
    databases: dict[str, bytes]


@cache
def _template() -> _Template:
    folder = Path(tempfile.mkdtemp(prefix="lenke-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with quickly():
        made = meeting_in(folder)
        assert made.sync().exit_code == 0
        return _Template(
            folder,
            made.clock.now,
            {name: each.database.copied() for name, each in made.systems.items()},
        )


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    """A world that the tests of a module share; the first sync is done."""
    with quickly():
        yield synced_in(tmp_path_factory.mktemp("home"))


@contextmanager
def quickly() -> Iterator[None]:
    """Run without dlt, which takes most time around the product's own code."""
    with (
        surroundings_kept(),
        without_dlt(),
        unchanging(),
    ):
        yield


@contextmanager
def surroundings_kept() -> Iterator[None]:
    """Take the environment variables back that a meeting sets."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
