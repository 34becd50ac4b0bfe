"""Let dbt compile the project: what a run then executes without it.

It is done on a copy of the project, without the tests that are for `dbt build` and CI,
and in a home of its own with empty tables of raw: what comes of it is the same for
everybody. dbt takes seconds; a run asks for it only when the project, the seeds or the
versions are others than those of the last time.
"""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connections.http.errors import LenkeError, StopRun
from connections.machine.database import connect
from connections.machine.trouble import trouble_in, trouble_told
from lenke.build.compiled import write
from lenke.build.graph import checks_in, descriptions, in_order
from lenke.home.places import PROJECT, SEEDS, Home
from lenke.seeds.written import write_own
from loaders.raw.tables import create_tables

# In a run: the tests of what is sent. All other tests are for `dbt build` and CI; the
# seeds have been checked before, with better words.
TESTS = (
    "path:models/outbound/writes/_writes__models.yml",
    "path:models/outbound/guards/_guards__models.yml",
    "test_name:sends_what_it_shows",
)
_CHOSEN = (
    *("--select", "resource_type:model", *TESTS),
    *("--indirect-selection", "empty"),
)
_FOR_ALL_RUNS = json.dumps({"compiled_for_runs": True})
_QUIET = (
    *("--quiet", "--no-write-json", "--log-level", "none"),
    *("--log-level-file", "none"),
)
_SAID_BY_DBT = re.compile(r"(?:Runtime|Database|Compilation) Error(?: in |$)")

_log = logging.getLogger(__name__)


class BuildFailed(StopRun):
    """A model, a seed or a test of what is sent failed; nothing was sent."""


def compile_into(folder: Path, workplace: Path) -> Home:
    """Compile the project into a folder; BuildFailed says what failed.

    `workplace` is a folder that is kept from one time to the next, with what dbt has
    read of the project; one process uses it at a time. Gives the home in it: its
    warehouse has the seeds, and nothing that was read.
    """
    project, target = workplace / "project", workplace / "target"
    home = Home(workplace / "home")
    _copy_project(project)
    shutil.rmtree(home.folder, ignore_errors=True)
    home.folder.mkdir()
    with connect(home.warehouse) as warehouse:
        create_tables(warehouse)
    places = [
        *("--project-dir", str(project), "--profiles-dir", str(project)),
        *("--target-path", str(target), "--log-path", str(target)),
    ]
    seeded = invoked(home, ["seed", *places])
    compiled = invoked(home, ["compile", *places, *_CHOSEN])
    nodes = {
        each.node.unique_id: each.node
        for each in compiled.result.results
        if each.node.resource_type in ("model", "test")
    }
    seeds = [each.node for each in seeded.result.results]
    write(
        folder,
        nodes=list(in_order(nodes)),
        checks=checks_in(nodes),
        seed_descriptions="".join(descriptions(node, "table") for node in seeds),
    )
    return home


def invoked(home: Home, words: list[str]) -> Any:
    """Let dbt do something in a home, as for runs; BuildFailed says what failed."""
    from dbt.cli.main import dbtRunner  # takes a second: only when needed

    with _surroundings(LENKE_HOME=str(home.folder), LENKE_SEEDS=SEEDS.name):
        try:
            dbt = dbtRunner(callbacks=[log_event])
            done = dbt.invoke([*_QUIET, *words, "--vars", _FOR_ALL_RUNS])
            if not done.success:
                raise what_failed(done)
        finally:
            _close()
    return done


def what_failed(done: Any) -> LenkeError:
    """Give the error for an invocation of dbt that did not succeed."""
    if done.result is None:
        return _stopped("dbt can't read the project", done.exception)
    failed = [
        (result.node.name, (result.message or "").strip())
        for result in done.result.results
        if str(result.status) in ("error", "fail")
    ]
    for _, said in failed:
        if (trouble := trouble_told(_said_by_duckdb(said))) is not None:
            return trouble
    return build_failed(failed)


def build_failed(failed: list[tuple[str, str]]) -> BuildFailed:
    """Give the error that names what failed, each with what was said of it."""
    lines = [f"  - {name}: {said}" for name, said in failed]
    return BuildFailed(
        "The build failed, so nothing was decided or sent:\n"
        + "\n".join(lines)
        + "\nMend what it names (seeds are in seeds/), and run again."
    )


def log_event(event: Any) -> None:
    """Log what dbt warns of; it keeps no log of its own in a run."""
    if event.info.level in ("warn", "error"):
        _log.warning("dbt: %s: %s", event.info.name, event.info.msg)


def _copy_project(project: Path) -> None:
    shutil.rmtree(project, ignore_errors=True)
    without = shutil.ignore_patterns("*__unit_tests.yml")
    for name in ("macros", "models", "tests/dbt/generic"):
        shutil.copytree(PROJECT / name, project / name, ignore=without)
    shutil.copytree(SEEDS, project / SEEDS.name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, project / name)
    write_own(project)


@contextmanager
def _surroundings(**values: str) -> Iterator[None]:
    """Let environment variables have these values inside the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _stopped(what: str, error: BaseException) -> LenkeError:
    return (
        trouble_in(error)
        or trouble_told(_said_by_duckdb(str(error)))
        or BuildFailed(f"{what}: {error}")
    )


def _said_by_duckdb(said: str) -> str:
    """Give an error without the lines in which dbt says where it was."""
    lines = [line.strip() for line in said.strip().splitlines()]
    return next((line for line in lines if not _SAID_BY_DBT.match(line)), "")


def _close() -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
