"""The models without dbt around them: compiled once, then run as plain SQL.

dbt needs seconds for each build, most of them for itself. Tests that turn the circle
many times run the very same SQL here: what `dbt compile` made of each model, in the
order of the graph. `tests/circle/test_compiled.py` holds the two against each other.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock

from connections.machine import crash_points
from ledger.ascii_domain import teach
from ledger.ledger import ensure_ledger
from lenke.home.places import PROJECT, Home
from lenke.run import dbt

_CACHE = PROJECT / "target" / "compiled-for-tests"
_SETTINGS = (
    "set TimeZone = 'UTC'",
    "set preserve_insertion_order = false",
    "set memory_limit = '600MB'",
    "set threads = 1",  # the tables are small: threads cost more than they give
)


# A view over all records of all systems takes longer to plan than its few rows take to
# write down, once for all who read it.
_READ_BY_MANY = "stg_records"
_LEFT_BY_DBT = (
    "select 1 from duckdb_views() "
    f"where database_name = current_database() and view_name = '{_READ_BY_MANY}'"
)


@dataclass(frozen=True)
class Node:
    """A model as SQL: where it belongs, whether it is a view, what it reads."""

    name: str
    relation: str
    kind: str
    sql: str


@dataclass(frozen=True)
class Compiled:
    """All models in an order in which they can be built, and the seeds' tables."""

    nodes: tuple[Node, ...]
    seeds: Path


project = cache(dbt.project_fingerprint)  # no test changes the project
_loaded: dict[str, Compiled] = {}
_changes: list[str] = []
_clocks: list[Callable[[], datetime]] = []

# What `now_utc()` compiles to.
_NOW = "timezone('UTC', current_timestamp)"


@contextmanager
def clock_of(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let what the models call now be the time of a clock, inside the block."""
    _clocks.append(clock)
    try:
        yield
    finally:
        _clocks.pop()


@contextmanager
def seeds_changed(*statements: str) -> Iterator[None]:
    """Let every build in the block have other seeds: SQL on the tables `seeds.*`.

    Blocks can be nested. After the block the seeds are those of the project again.
    """
    before = list(_changes)
    _changes.extend(statements)
    try:
        yield
    finally:
        _changes[:] = before


def build(home: Home, options: dbt.BuildOptions) -> None:
    """Do what `lenke.run.dbt.build` does, in a small part of the time."""
    ensure_ledger(home.ledger)
    built_from, built_before = dbt.fingerprints(home)
    changes = hashlib.sha256("; ".join(_changes).encode()).hexdigest()
    built_from = f"{built_from} {changes}"
    compiled = compiled_for(home, options)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        prepare(warehouse, home)
        if built_from != built_before:
            copy_seeds(warehouse, compiled.seeds)
            for statement in _changes:
                warehouse.execute(statement)
        run(
            warehouse,
            [node for node in compiled.nodes if node.kind == "table"]
            if built_from == built_before
            else compiled.nodes,
        )
        warehouse.execute("update outbound.plan_stamp set built_from = ?", [built_from])


def prepare(warehouse: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Set up a connection as the dbt profile does."""
    for setting in _SETTINGS:
        warehouse.execute(setting)
    teach(warehouse)
    warehouse.execute(f"attach {_quoted(home.ledger)} as ledger_file (read_only)")


def run(warehouse: duckdb.DuckDBPyConnection, nodes: Iterable[Node]) -> None:
    """Build models one after the other."""
    now = _NOW
    if _clocks:
        now = f"timestamp '{_clocks[-1]():%Y-%m-%d %H:%M:%S.%f}'"
    for node in nodes:
        sql = node.sql.replace(_NOW, now) if node.kind == "table" else node.sql
        if node.name == _READ_BY_MANY and warehouse.execute(_LEFT_BY_DBT).fetchall():
            warehouse.execute(f"drop view {node.relation}")
        warehouse.execute(f"create or replace {node.kind} {node.relation} as {sql}")
        crash_points.reached(crash_points.INSIDE_BUILD)


def compiled_for(home: Home, options: dbt.BuildOptions) -> Compiled:
    """Give the models as they compile for a warehouse with these raw tables."""
    variables = options.variables()
    key = hashlib.sha256(
        (project() + variables + repr(_raw_tables(home))).encode()
    ).hexdigest()[:24]
    if key not in _loaded:
        _CACHE.mkdir(parents=True, exist_ok=True)
        file = _CACHE / f"{key}.pickle"
        with FileLock(_CACHE / f"{key}.lock"):
            if not file.exists():
                made = _compile(home, variables, _CACHE / f"{key}.duckdb")
                new = file.with_suffix(".new")
                new.write_bytes(pickle.dumps(made))
                new.replace(file)
        _loaded[key] = pickle.loads(file.read_bytes())  # noqa: S301 - made above
    return _loaded[key]


def _raw_tables(home: Home) -> list[tuple[str, str]]:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        rows: list[tuple[str, str]] = warehouse.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where starts_with(schema_name, 'raw') and not contains(table_name, '_dlt')"
            " and not ends_with(schema_name, '_staging') order by all"
        ).fetchall()
        return rows


def _compile(home: Home, variables: str, seeds: Path) -> Compiled:
    from dbt.cli.main import dbtRunner

    os.environ["LENKE_HOME"] = str(home.folder)
    common = ["--quiet", "--no-write-json", "--log-level-file", "none"]
    places = [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        "--target-path",
        str(home.target),
        "--vars",
        variables,
    ]
    try:
        seeded = dbtRunner().invoke([*common, "seed", *places])
        assert seeded.success, seeded.exception
        found = dbtRunner().invoke(
            [
                *common,
                "compile",
                *places,
                "--select",
                "resource_type:model",
                "--indirect-selection",
                "empty",
            ]
        )
        assert found.success, found.exception
    finally:
        dbt.close()
    _keep_seeds(home, seeds)
    nodes = {
        result.node.unique_id: result.node
        for result in found.result.results
        if result.node.resource_type == "model"
    }
    return Compiled(tuple(_in_order(nodes)), seeds)


def _in_order(nodes: Mapping[str, Any]) -> list[Node]:
    done: dict[str, Node] = {}

    def visit(unique_id: str) -> None:
        if unique_id in done or unique_id not in nodes:
            return
        node = nodes[unique_id]
        for parent in node.depends_on.nodes:
            visit(parent)
        is_view = node.config.materialized == "view"
        done[unique_id] = Node(
            node.name,
            node.relation_name,
            "view" if is_view and node.name != _READ_BY_MANY else "table",
            node.compiled_code.rstrip().rstrip(";"),
        )

    for unique_id in sorted(nodes):
        visit(unique_id)
    return list(done.values())


def _keep_seeds(home: Home, seeds: Path) -> None:
    seeds.unlink(missing_ok=True)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(f"attach {_quoted(seeds)} as kept")
        for (table,) in warehouse.execute(
            "select table_name from duckdb_tables() "
            "where database_name = current_database() and schema_name = 'seeds'"
        ).fetchall():
            warehouse.execute(
                f'create table kept."{table}" as select * from seeds."{table}"'
            )


def copy_seeds(warehouse: duckdb.DuckDBPyConnection, seeds: Path) -> None:
    """Make the schemas of the models, and the seeds' tables."""
    for schema in ("seeds", "staging", "matching", "merging", "outbound", "inspection"):
        warehouse.execute(f"create schema if not exists {schema}")
    warehouse.execute(f"attach {_quoted(seeds)} as kept (read_only)")
    for (table,) in warehouse.execute(
        "select table_name from duckdb_tables() where database_name = 'kept'"
    ).fetchall():
        warehouse.execute(
            f'create or replace table seeds."{table}" as select * from kept."{table}"'
        )
    warehouse.execute("detach kept")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
