"""Worlds to turn: freshly filled, or synced once and copied for each use."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from connections import crmoffice
from lenke.home.places import Home
from simulators.kit.clock import VirtualClock
from simulators.kit.stage import open_simulators, without_rate_limits
from simulators.kit.store import Store
from tests.engine.engine import Engine
from tests.engine.shortcuts import shortcuts
from tests.engine.world import fill

START = datetime(2026, 2, 2, 6, tzinfo=UTC)

# Pages so short that even these worlds have several of each list.
SMALL_PAGES = {
    "crmoffice": {"default_page_size": 20, "max_page_size": 20},
    "membercare": {"default_page_size": 5, "max_page_size": 5},
    "powerofficego": {"default_page_size": 12, "max_page_size": 12},
    "tidsbanken": {"default_top": 20, "max_top": 20},
}

_UNGUARDED = {
    "LENKE__MASS_CHANGE_COUNT": "100000",
    "LENKE__SMALL_FLOW_COUNT": "100000",
}

_MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it have names of their own
_PLACE = _MEMORY if _MEMORY.is_dir() else None


@contextmanager
def engine(
    *,
    synced: bool = True,
    knobs: Mapping[str, Mapping[str, Any]] | None = None,
    guarded: bool = False,
) -> Iterator[Engine]:
    """Give a world whose first sync is done (or not), in a LENKE_HOME of its own.

    `knobs` is system -> knob -> value, for what is not to be as the contract has it.
    Unless it is `guarded`, people may change as much as they like: they edit half of a
    small world between two runs, and a run that stops finds nothing out.
    """
    with ExitStack() as stack:
        stack.enter_context(shortcuts())
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="lenke-", dir=_PLACE)
            )
        )
        stack.enter_context(mock.patch.dict(os.environ))
        template = _template() if synced else None
        made = _opened(folder, knobs or {})
        if template is None:
            fill(made)
        else:
            _restore(template, made)
        made.is_guarded = guarded
        if not guarded:
            os.environ.update(_UNGUARDED)
        yield made


_templates: list[dict[str, Any]] = []


def _opened(folder: Path, knobs: Mapping[str, Mapping[str, Any]]) -> Engine:
    clock = VirtualClock(START)
    unlimited = {
        name: {**limits, **knobs.get(name, {})}
        for name, limits in without_rate_limits().items()
    }
    systems = open_simulators(Store(None), clock=clock, knobs=unlimited)
    for name, system in systems.items():
        for setting, value in system.settings("http://127.0.0.1:1").items():
            os.environ[f"SOURCES__{name}__{setting}".upper()] = str(value)
        os.environ[f"SOURCES__{name}__REQUESTS_PER_SECOND".upper()] = "100000"
    os.environ["LENKE_HASH_KEY"] = "a key for tests, of 32 bytes or more"
    os.environ["LENKE_HOME"] = str(folder)
    return Engine(Home(folder), systems, clock)


def _template() -> dict[str, Any]:
    """Make a world and sync it once for this process; keep everything of it."""
    if not _templates:
        folder = Path(tempfile.mkdtemp(prefix="lenke-template-", dir=_PLACE))
        made = _opened(folder, {})
        fill(made)
        for _ in range(3):
            report = made.run()
            assert report is not None
            assert report.exit_code == 0, report.warnings
        assert made.writes() == 0
        _templates.append(
            {
                "folder": folder,
                "now": made.clock.now,
                "databases": {
                    name: system.database.copied()
                    for name, system in made.systems.items()
                },
                "state": (
                    dict(made.typed),
                    set(made.by_people),
                    dict(made.unmapped),
                    made._token,
                ),
            }
        )
        atexit.register(shutil.rmtree, folder, True)
    return _templates[0]


def _restore(template: dict[str, Any], made: Engine) -> None:
    shutil.copytree(template["folder"], made.home.folder, dirs_exist_ok=True)
    crmoffice.accept_home(made.home.folder)
    made.clock.now = template["now"]
    for name, content in template["databases"].items():
        made.systems[name].database.back(content)
    typed, by_people, unmapped, token = template["state"]
    made.typed = {key: set(values) for key, values in typed.items()}
    made.by_people, made.unmapped = set(by_people), dict(unmapped)
    made._token = token
