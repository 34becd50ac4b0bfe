"""Models of an installation's own: built after Lenke's, and read by nothing of Lenke.

They stand in the schema `own`, and are published with the tables for people. A fault in
one of them stops nothing: a run warns of it, and publishes what there is.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from connections.http.errors import LenkeError
from connections.machine.database import attached, connect, first_line
from connections.private.files import private_files, write_private
from ledger.ascii_domain import forget, teach
from lenke.build.by_dbt import BuildFailed, invoked
from lenke.build.compiled import Node
from lenke.build.graph import in_order
from lenke.home.places import (
    INSTALLATION,
    MODELS_FOLDER,
    OWN_PROJECT,
    PROJECT,
    SEEDS_FOLDER,
    Home,
)
from lenke.installation.package import renew_package

SCHEMA = "own"
_READ = (".sql", ".yml", ".yaml", ".csv", ".md")
_KINDS = ("table", "ephemeral")
# Without it a view that looks at the clock would call nothing now.
_NOW = "set variable now = (select built_at from outbound.plan_stamp)"


def build_own(
    home: Home,
    on_compile: Callable[[], None] = lambda: None,
    most_seconds: float = 60.0,
) -> list[str]:
    """Build the models of an installation's own; give words about each that failed.

    Nobody else may have the warehouse open. Each may take so many seconds. A model
    that failed is not there afterwards; when dbt can't compile them, all stay as they
    were.
    """
    if INSTALLATION is None:
        return []
    try:
        nodes = compiled_own(on_compile)
    except LenkeError as error:
        return [f"Your own models are not built: {error}"]
    with (
        connect(home.warehouse) as warehouse,
        attached(warehouse, home.ledger, "ledger_file"),
    ):
        warehouse.execute(f"drop schema if exists {SCHEMA} cascade")
        if not nodes:
            return []
        warehouse.execute(f"create schema {SCHEMA}")
        warehouse.execute(_NOW)
        teach(warehouse)  # as the profile does: macros of ours call it
        try:
            faults = (_fault(warehouse, node, most_seconds) for node in nodes)
            return [words for words in faults if words]
        finally:
            forget(warehouse)


def compiled_own(on_compile: Callable[[], None] = lambda: None) -> list[Node]:
    """Give an installation's own models as SQL, in the order to build them in.

    dbt compiles them when they, the seeds or Lenke have changed. Raises BuildFailed
    with its words when it can't.
    """
    folder = INSTALLATION
    if folder is None or not _has_models(folder):
        return []
    _refuse(folder)
    with private_files():
        package = renew_package(folder)
        key = _key(folder, package)
        kept = folder / "target" / "own" / "plan.json"
        if kept.is_file():
            found = json.loads(kept.read_text(encoding="utf-8"))
            if found["key"] == key:
                return [Node(**each) for each in found["nodes"]]
        on_compile()
        nodes = _compile(folder, kept.parent)
        plan = {"key": key, "nodes": [vars(each) for each in nodes]}
        write_private(kept, json.dumps(plan))
    return nodes


def _has_models(folder: Path) -> bool:
    return any((folder / MODELS_FOLDER).rglob("*.sql"))


def _refuse(folder: Path) -> None:
    """Raise BuildFailed for what dbt has no words for that help."""
    if not (folder / OWN_PROJECT).is_file():
        raise BuildFailed(
            f"There is no {OWN_PROJECT} in {folder}: put it back. `lenke init` makes "
            "one in a new folder."
        )
    ours = {
        path.stem
        for path in (*(PROJECT / MODELS_FOLDER).rglob("*.sql"), *_seeds_of_ours())
    }
    for path in _read_by_dbt(folder):
        name = path.relative_to(folder)
        if path.suffix == ".sql" and path.stem in ours:
            raise BuildFailed(
                f"{name}: {path.stem} is a table of Lenke's own. Choose another name."
            )
        try:
            path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            row = error.object[: error.start].count(b"\n") + 1
            raise BuildFailed(
                f"{name} row {row} is not UTF-8. Save the file as UTF-8."
            ) from None


def _seeds_of_ours() -> Iterator[Path]:
    return (PROJECT / SEEDS_FOLDER).glob("*.csv")


def _read_by_dbt(folder: Path) -> list[Path]:
    """Give the files that the models of an installation's own are made from."""
    found = sorted((folder / MODELS_FOLDER).rglob("*.*"))
    return [path for path in (folder / OWN_PROJECT, *found) if path.suffix in _READ]


def _key(folder: Path, package: Path) -> str:
    found = hashlib.sha256((package / "made_from").read_bytes())
    for path in _read_by_dbt(folder):
        found.update(f"{path.relative_to(folder)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _compile(folder: Path, workplace: Path) -> list[Node]:
    home = Home(workplace / "home")
    shutil.rmtree(home.folder, ignore_errors=True)
    home.folder.mkdir(parents=True)
    compiled = invoked(
        home,
        [
            *("compile", "--select", "package:this,resource_type:model"),
            *("--project-dir", str(folder), "--profiles-dir", str(folder)),
            *("--target-path", str(workplace), "--log-path", str(workplace)),
        ],
    )
    found: list[Any] = [each.node for each in compiled.result.results]
    for node in found:
        if node.config.materialized not in _KINDS:
            raise BuildFailed(
                f"{node.name} is materialized as {node.config.materialized!r}, and "
                "each is a table here. Take that away from it."
            )
    tables = {
        node.unique_id: node for node in found if node.config.materialized == "table"
    }
    return list(in_order(tables))


def _fault(
    warehouse: duckdb.DuckDBPyConnection, node: Node, most_seconds: float
) -> str | None:
    """Build one model; say what was wrong with it."""
    is_over = threading.Event()

    def stop() -> None:
        is_over.set()
        warehouse.interrupt()

    timer = threading.Timer(most_seconds, stop)
    timer.start()
    try:
        words = _made(warehouse, node)
    except duckdb.InterruptException:
        if not is_over.is_set():  # a person has stopped the run
            raise
        words = (
            f"it took more than {most_seconds:g} s. Let it do less, or set "
            "own_model_most_seconds under [lenke]."
        )
    except duckdb.Error as error:
        words = first_line(error)
    finally:
        timer.cancel()
        timer.join()
    return f"Your own model {node.name} is not built: {words}" if words else None


def _made(warehouse: duckdb.DuckDBPyConnection, node: Node) -> str | None:
    """Build one model; say why it can't be."""
    made = f"create or replace {node.kind} {node.relation} as {node.sql}"
    if len(warehouse.extract_statements(made)) > 1:
        return (
            "it is more than one statement. Take out what follows the first semicolon."
        )
    warehouse.execute(made)
    warehouse.execute(node.descriptions)
    return None
