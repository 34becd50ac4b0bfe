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
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connections.http.errors import LenkeError, StopRun
from connections.machine.database import connect
from connections.machine.trouble import trouble_in, trouble_told
from lenke.build.compiled import Check, Node, write
from lenke.build.emptiness import aggregate_functions, empty_when
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
# What is asked before anything else is built (lenke.run.confirm).
_DOUBTS = {"merge_to_confirm", "merge_confirm_guards"}
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
    from dbt.cli.main import dbtRunner  # takes a second: only when needed

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
        *("--vars", _FOR_ALL_RUNS),
    ]
    with _surroundings(LENKE_HOME=str(home.folder), LENKE_SEEDS=SEEDS.name):
        try:
            dbt = dbtRunner(callbacks=[log_event])
            seeded = dbt.invoke([*_QUIET, "seed", *places])
            if not seeded.success:
                raise what_failed(seeded)
            compiled = dbt.invoke([*_QUIET, "compile", *places, *_CHOSEN])
            if not compiled.success:
                raise what_failed(compiled)
        finally:
            _close()
    nodes = {
        each.node.unique_id: each.node
        for each in compiled.result.results
        if each.node.resource_type in ("model", "test")
    }
    seeds = [each.node for each in seeded.result.results]
    write(
        folder,
        nodes=list(in_order(nodes)),
        checks=[
            Check(
                name=node.name,
                sql=_sql(node),
                stops=node.config.severity.lower() == "error",
                about=_about(node),
            )
            for node in nodes.values()
            if node.resource_type == "test"
        ],
        seed_descriptions="".join(_descriptions(node, "table") for node in seeds),
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


def in_order(nodes: Mapping[str, Any]) -> Iterator[Node]:
    """Give each model after all that it reads."""
    done: set[str] = set()
    aggregates = aggregate_functions()
    telling = _all_that_tell(_DOUBTS, nodes)

    def visit(unique_id: str) -> Iterator[Node]:
        if unique_id in done or unique_id not in nodes:
            return
        done.add(unique_id)
        node = nodes[unique_id]
        for parent in sorted(node.depends_on.nodes):
            yield from visit(parent)
        if node.resource_type == "model":
            kind: Any = "view" if node.config.materialized == "view" else "table"
            yield Node(
                name=node.name,
                schema=node.schema,
                relation=node.relation_name,
                kind=kind,
                sql=_sql(node),
                descriptions=_descriptions(node, kind),
                empty_when=empty_when(_sql(node), aggregates),
                tells_doubts=unique_id in telling,
            )

    for unique_id in sorted(nodes):
        yield from visit(unique_id)


def _all_that_tell(names: Set[str], nodes: Mapping[str, Any]) -> Set[str]:
    """Give the ids of models and of all models that they are made of."""
    found: set[str] = set()
    left = [key for key, node in nodes.items() if node.name in names]
    while left:
        if (unique_id := left.pop()) in nodes and unique_id not in found:
            found.add(unique_id)
            left += nodes[unique_id].depends_on.nodes
    return found


def _sql(node: Any) -> str:
    text: str = node.compiled_code
    return text.strip().rstrip(";")


def _about(node: Any) -> str | None:
    """Give the entity whose `out_` model a test compares with what is sent."""
    of = [name.rpartition(".out_")[2] for name in node.depends_on.nodes]
    return next((each for each in of if "__" in each), None)


def _descriptions(node: Any, kind: str) -> str:
    """Give the statements that describe a relation in the database."""
    told = [f"comment on {kind} {node.relation_name} is {_text(node.description)};\n"]
    told += [
        f'comment on column {node.relation_name}."{column.name}" is '
        f"{_text(column.description)};\n"
        for column in node.columns.values()
        if column.description
    ]
    return "".join(told)


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


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
