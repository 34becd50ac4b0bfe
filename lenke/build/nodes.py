"""Run the models on a connection, in the order of the graph, no more than needed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from connections.machine import crash_points
from connections.machine.database import MEMORY, first_line, quoted
from connections.machine.trouble import trouble_in
from ledger.ascii_domain import forget, teach
from ledger.file import check_version
from lenke.build.by_dbt import build_failed
from lenke.build.compiled import Compiled, Node
from lenke.build.emptiness import is_empty
from lenke.build.options import BuildOptions

# As in profiles.yml.
_SETTINGS = """
set preserve_insertion_order = false;
set TimeZone = 'UTC';
"""
_AS_BEFORE = f"""
set memory_limit = '{MEMORY}';
reset preserve_insertion_order;
detach database if exists ledger_file;
detach database if exists kept;
"""
_MADE = """
select 'table', schema_name, table_name from duckdb_tables()
where database_name = current_database() and not starts_with(schema_name, 'raw')
union all
select 'view', schema_name, view_name from duckdb_views()
where database_name = current_database() and not internal
"""
_SEEDS = """
select table_name from duckdb_tables()
where database_name = 'kept' and schema_name = 'seeds'
"""
# Rows that were deleted count until a checkpoint: a table may be emptied once more.
_SIZES = """
select format('"{}"."{}"."{}"', database_name, schema_name, table_name), estimated_size
from duckdb_tables()
where database_name = current_database()
"""


def prepare(
    warehouse: duckdb.DuckDBPyConnection, ledger: Path, options: BuildOptions
) -> None:
    """Set up a connection as dbt's profile does, and tell it what a run tells."""
    prepare_to_look(warehouse, ledger, options)
    teach(warehouse)


def prepare_to_look(
    warehouse: duckdb.DuckDBPyConnection, ledger: Path, options: BuildOptions
) -> None:
    """Prepare a connection for all but a build, without what imports numpy."""
    warehouse.execute(_SETTINGS)
    check_version(warehouse, ledger)
    warehouse.execute(f"attach {quoted(ledger)} as ledger_file (read_only)")
    for name, value in options.values().items():
        warehouse.execute(f"set variable {name} = ?", [value])


@contextmanager
def given_back(warehouse: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Undo what `prepare` did to a file that may stay open after the build."""
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # the first error tells more
            _give_back(warehouse)
        raise
    _give_back(warehouse)


def _give_back(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(_AS_BEFORE)
    forget(warehouse)


def make_room(warehouse: duckdb.DuckDBPyConnection, models: Compiled) -> None:
    """Make the schemas; take away what has a model's name and is of another kind."""
    for schema in sorted({"seeds", *(node.schema for node in models.nodes)}):
        warehouse.execute(f"create schema if not exists {schema}")
    kinds = {(node.schema, node.name_in_schema): node.kind for node in models.nodes}
    for kind, schema, name in warehouse.execute(_MADE).fetchall():
        if kinds.get((schema, name), kind) != kind:
            warehouse.execute(f'drop {kind} {schema}."{name}"')


def renew_seeds(warehouse: duckdb.DuckDBPyConnection, models: Compiled) -> None:
    """Replace the tables of the seeds."""
    warehouse.execute(f"attach {quoted(models.warehouse)} as kept (read_only)")
    for (table,) in warehouse.execute(_SEEDS).fetchall():
        warehouse.execute(
            f'create or replace table seeds."{table}" as from kept.seeds."{table}"'
        )
    warehouse.execute(models.seed_descriptions)


def run(warehouse: duckdb.DuckDBPyConnection, nodes: Iterable[Node]) -> None:
    """Build models one after the other."""
    for node in nodes:
        _make(warehouse, node)


def renew(
    warehouse: duckdb.DuckDBPyConnection, nodes: Iterable[Node], views: Iterable[Node]
) -> None:
    """Build tables anew where all is there already, as of the same models.

    `views` are all of them, to look through; they stay as they are. A table that has
    nothing to come from is only emptied.
    """
    whens = {view.relation: view.empty_when for view in views}
    sizes: dict[str, int] = dict(warehouse.execute(_SIZES).fetchall())
    known: dict[str, bool] = {}

    def has_nothing(relation: str) -> bool:
        if relation not in known:
            known[relation] = (
                is_empty(whens[relation], has_nothing)
                if relation in whens
                else not warehouse.execute(f"from {relation} limit 1").fetchall()
            )
        return known[relation]

    for node in nodes:
        if node.kind == "view":
            continue
        is_missing = node.relation not in sizes  # a person has dropped it
        if is_missing or not is_empty(node.empty_when, has_nothing):
            known[node.relation] = not _make(warehouse, node)
            continue
        known[node.relation] = True
        if sizes[node.relation]:
            warehouse.execute(f"truncate {node.relation}")


def _make(warehouse: duckdb.DuckDBPyConnection, node: Node) -> int:
    """Build a model; give how many rows a table has."""
    try:
        done = warehouse.execute(
            f"create or replace {node.kind} {node.relation} as {node.sql}"
        ).fetchall()
        warehouse.execute(node.descriptions)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if (trouble := trouble_in(error)) is not None:
            raise trouble from error
        raise build_failed([(node.name, first_line(error))]) from error
    crash_points.reached(crash_points.INSIDE_BUILD)
    return done[0][0] if done else 0
