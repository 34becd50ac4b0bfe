"""Build the models: what dbt compiled, in the order of the graph, in one transaction.

A build that fails or is killed leaves the warehouse as it was. `dbt build` makes the
same tables in a way of its own.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import duckdb

from connections.machine import crash_points
from connections.machine.database import connect, first_line, quoted
from connections.machine.trouble import trouble_in
from ledger.ascii_domain import forget, teach
from ledger.file import check_version
from ledger.ledger import ensure_ledger
from lenke.build.by_dbt import build_failed
from lenke.build.compiled import Check, Compiled, Node
from lenke.build.kept import compiled_models
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from loaders.raw.tables import create_tables

# As in profiles.yml.
_SETTINGS = """
set preserve_insertion_order = false;
set TimeZone = 'UTC';
"""
_AS_BEFORE = """
reset preserve_insertion_order;
detach database if exists ledger_file;
detach database if exists kept;
"""
_BUILT_FROM = "select built_from from outbound.plan_stamp"
_STAMP = "update outbound.plan_stamp set built_from = ?"
_MADE = """
select 'table', schema_name, table_name from duckdb_tables()
where database_name = current_database() and not starts_with(schema_name, 'raw')
union all
select 'view', schema_name, view_name from duckdb_views()
where database_name = current_database() and not internal
"""
# It has the newest listing and the ledger's step, which differ in every run.
PLAN_STAMP = "outbound_plan_stamp"
_IS_GOOD = """
select 1
from outbound.outbound_good_until as build
inner join staging.stg_inputs as now on build.inputs = now.inputs
where coalesce(build.good_until_s > ?, true)
"""
_PLANNED = "select count(*) from outbound.outbound_requests"
_SEEDS = "select table_name from duckdb_tables() where database_name = 'kept'"

_log = logging.getLogger(__name__)


def build(
    home: Home, options: BuildOptions, on_compile: Callable[[], None] = lambda: None
) -> None:
    """Build every model; BuildFailed names what failed, and why.

    Seeds and views are made anew only when they may differ from those of the last
    build. When nothing may differ, only the stamp on the plan is. `on_compile` is
    called when the models have to be compiled first, which takes seconds.
    """
    models = compiled_models(home, on_compile)
    ensure_ledger(home.ledger)
    with connect(home.warehouse) as warehouse, given_back(warehouse):
        _prepare_to_look(warehouse, home, options)
        is_known = built_from(warehouse) == models.key
        is_still_good = is_known and is_good(warehouse, options)
        if not is_still_good:
            teach(warehouse)
        with _transaction(warehouse):
            if is_still_good:
                run(warehouse, models.only(PLAN_STAMP))
            else:
                if not is_known:
                    create_tables(warehouse)
                    make_room(warehouse, models)
                    renew_seeds(warehouse, models)
                run(warehouse, models.tables if is_known else models.nodes)
                if _has_plan(warehouse):
                    pass_checks(warehouse, models.checks)
            warehouse.execute(_STAMP, [models.key])


def prepare(
    warehouse: duckdb.DuckDBPyConnection, home: Home, options: BuildOptions
) -> None:
    """Set up a connection as dbt's profile does, and tell it what a run tells."""
    _prepare_to_look(warehouse, home, options)
    teach(warehouse)


def _prepare_to_look(
    warehouse: duckdb.DuckDBPyConnection, home: Home, options: BuildOptions
) -> None:
    """Prepare a connection for all but a build, without what imports numpy."""
    warehouse.execute(_SETTINGS)
    check_version(warehouse, home.ledger)
    warehouse.execute(f"attach {quoted(home.ledger)} as ledger_file (read_only)")
    for name, value in options.values().items():
        warehouse.execute(f"set variable {name} = ?", [value])


def built_from(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    """Give the key of what the last build ran; None: nothing, or it was dbt's own."""
    try:
        rows = warehouse.execute(_BUILT_FROM).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return None
    return rows[0][0] if rows else None


def is_good(warehouse: duckdb.DuckDBPyConnection, options: BuildOptions) -> bool:
    """Tell whether the last build is what a build would make now."""
    return bool(warehouse.execute(_IS_GOOD, [options.now.timestamp()]).fetchall())


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
    warehouse.execute(f"attach {quoted(models.seeds)} as kept (read_only)")
    for (table,) in warehouse.execute(_SEEDS).fetchall():
        warehouse.execute(
            f'create or replace table seeds."{table}" as from kept."{table}"'
        )
    warehouse.execute(models.seed_descriptions)


def run(warehouse: duckdb.DuckDBPyConnection, nodes: Iterable[Node]) -> None:
    """Build models one after the other."""
    for node in nodes:
        try:
            warehouse.execute(
                f"create or replace {node.kind} {node.relation} as {node.sql}"
            )
            warehouse.execute(node.descriptions)
        except duckdb.Error as error:
            if (trouble := trouble_in(error)) is not None:
                raise trouble from error
            raise build_failed([(node.name, first_line(error))]) from error
        crash_points.reached(crash_points.INSIDE_BUILD)


def _has_plan(warehouse: duckdb.DuckDBPyConnection) -> bool:
    [(planned,)] = warehouse.execute(_PLANNED).fetchall()
    return bool(planned)


def pass_checks(warehouse: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> None:
    """Raise BuildFailed unless all that a push would send is what it should be.

    Values are told nowhere: only how many rows are wrong.
    """
    failed = []
    for check in checks:
        rows = f"from ({check.sql}) select count(*)"
        [(wrong,)] = warehouse.execute(rows).fetchall()
        if wrong:
            words = f"{wrong} rows are wrong; after `dbt build` you can look at them"
            if check.stops:
                failed.append((check.name, words))
            else:
                _log.warning("%s: %s", check.name, words)
    if failed:
        raise build_failed(failed)


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


@contextmanager
def _transaction(warehouse: duckdb.DuckDBPyConnection) -> Iterator[None]:
    warehouse.begin()
    try:
        yield
        warehouse.commit()
    except BaseException:
        warehouse.rollback()
        raise
