"""Simulators in process, loaded into a warehouse, with a clock that a test moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connections.http.client import Http
from connections.http.runtime import Runtime
from connections.settings.read import LenkeSettings, system_module
from loaders.run.load import LoadResult, load
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.kit.wire import InProcess

ORIGIN = "http://localhost"


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that stands at a quarter past eight on a Monday in March."""
    return VirtualClock(datetime(2025, 3, 3, 8, 15, tzinfo=UTC))


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory."""
    store = Store()
    yield store
    store.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty LENKE_HOME."""
    return tmp_path / "home"


@pytest.fixture
def connect(home: Path, clock: VirtualClock) -> Callable[[Simulator], Http]:
    """Give a session with a simulator, as the settings and the contract have it."""

    def connect(simulator: Simulator) -> Http:
        module = system_module(simulator.system)
        settings = module.Settings(
            **simulator.settings(ORIGIN), requests_per_second=1000
        )
        runtime = Runtime(
            home=home,
            transport_for=lambda _: InProcess(simulator.wsgi, sleep=clock.advance),
            clock=clock,
            ticks=lambda: clock().timestamp(),
            sleep=clock.advance,
        )
        http: Http = module.connect(settings, runtime)
        return http

    return connect


@pytest.fixture
def load_now(home: Path, clock: VirtualClock) -> Callable[..., LoadResult]:
    """Load the given sessions as one run; a minute passes before each run."""
    runs = 0

    def load_now(*sessions: Http, full: bool = False, **given: Any) -> LoadResult:
        nonlocal runs
        runs += 1
        clock.advance(60)
        return load(
            home,
            {session.system: session for session in sessions},
            run_id=f"run{runs}",
            full=full,
            settings=given.pop("settings", LenkeSettings()),
            hash_key=given.pop("hash_key", b"a key for tests"),
            **given,
        )

    return load_now


@pytest.fixture
def query(home: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """Ask the warehouse."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
            rows: list[tuple[Any, ...]] = warehouse.execute(sql).fetchall()
            return rows

    return query
