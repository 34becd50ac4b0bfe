"""Publish the inspection tables for people, in a file that no run ever writes to.

They lie in the file's main schema: DuckDB names the database after the file, so that
`inspection.links` means the same here as in the warehouse. With a schema of the same
name it would be ambiguous, and refused.

DuckDB lets nobody open a file that is being written. So the tables are copied to a new
file, and that is renamed over the old one: whoever has the old one open keeps it. When
nothing was built since, only the views are copied: they show what is in the ledger.
"""

import os
from typing import cast

import duckdb

from connections.machine import crash_points
from connections.machine.database import attached, connect, copied, quoted
from connections.private.files import private_files
from lenke.home.places import Home

_TABLES = """
select table_name, comment, false as is_view
from duckdb_tables()
where
    database_name = current_database()
    and schema_name = 'inspection'
    and not starts_with(table_name, 'inspect_')

union all

select view_name, comment, true as is_view
from duckdb_views()
where
    database_name = current_database()
    and schema_name = 'inspection'
    and not internal
    and not starts_with(view_name, 'inspect_')

order by 1
"""

_OWN = """
select table_name
from duckdb_tables()
where database_name = current_database() and schema_name = 'own'
order by 1
"""

_COLUMNS = """
select table_name, column_name, comment
from duckdb_columns()
where
    database_name = current_database()
    and schema_name = 'inspection'
    and comment is not null
order by table_name, column_index
"""


_BEFORE = """
select table_name
from duckdb_tables()
where database_name = 'before' and schema_name = 'main'
"""

_PUBLISHED = """
create or replace table published.main.published as
select ledger_id, run_counter, built_at, {made_of} as made_of from outbound.plan_stamp
"""
_MADE_OF = "(select inputs || ' ' || built_at from outbound.outbound_good_until)"


def publish(home: Home) -> None:
    """Copy the inspection tables of the warehouse to inspection.duckdb, at once.

    The ledger may be open nowhere, and the warehouse in no other process. Descriptions
    come along, and the table `published` says which ledger and run the tables are from.
    """
    new = home.inspection.with_name(f".{home.inspection.name}.new")
    new.unlink(missing_ok=True)  # of a killed run; DuckDB takes its log away itself
    with (
        private_files(),
        connect(home.warehouse) as connection,
        attached(connection, home.ledger, "ledger_file"),
    ):
        is_known = _is_of_this_build(connection, home) and copied(home.inspection, new)
        with attached(connection, new, "published", read_only=False):
            if is_known:
                _copy_views(connection)
            else:
                _copy_all(connection)
            _copy_own(connection)
            made_of = _MADE_OF if _made_of(connection) else "cast(null as varchar)"
            connection.execute(_PUBLISHED.format(made_of=made_of))
            # To detach it would do it too, and keep to itself that the disk is full.
            connection.execute("checkpoint published")
    new.chmod(0o600)
    crash_points.reached(crash_points.INSPECTION_COPIED)
    os.replace(new, home.inspection)
    crash_points.reached(crash_points.INSPECTION_PUBLISHED)


def _copy_all(connection: duckdb.DuckDBPyConnection) -> None:
    described: dict[str, list[tuple[str, str]]] = {}
    for table, column, words in connection.execute(_COLUMNS).fetchall():
        described.setdefault(table, []).append((column, words))
    for table, comment, _ in connection.execute(_TABLES).fetchall():
        name = f"published.main.{_name(table)}"
        connection.execute(
            f"create or replace table {name} as from inspection.{_name(table)}"
        )
        connection.execute(f"comment on table {name} is {quoted(comment or '')}")
        crash_points.reached(crash_points.INSIDE_PUBLISHING)
        for column, words in described.get(table, ()):
            connection.execute(
                f"comment on column {name}.{_name(column)} is {quoted(words)}"
            )


def _copy_own(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy the tables of an installation's own models, in the schema `own`."""
    connection.execute("drop schema if exists published.own cascade")
    tables = connection.execute(_OWN).fetchall()
    if tables:
        connection.execute("create schema published.own")
    for (table,) in tables:
        connection.execute(
            f"create table published.own.{_name(table)} as from own.{_name(table)}"
        )


def _copy_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables of what is a view: they are there, with their descriptions."""
    for table, _, is_view in connection.execute(_TABLES).fetchall():
        if is_view:
            name = f"published.main.{_name(table)}"
            connection.execute(f"truncate {name}")
            connection.execute(f"insert into {name} from inspection.{_name(table)}")
            crash_points.reached(crash_points.INSIDE_PUBLISHING)


def _is_of_this_build(connection: duckdb.DuckDBPyConnection, home: Home) -> bool:
    """Tell whether the tables that are published are those of the newest build.

    A person can open the file, so one of them may be gone.
    """
    if not home.inspection.exists():
        return False
    try:
        with attached(connection, home.inspection, "before"):
            [(found,)] = connection.execute(
                "select made_of from before.main.published"
            ).fetchall()
            tables = {name for (name,) in connection.execute(_BEFORE).fetchall()}
    except duckdb.Error:  # an older Lenke's, or none that can be read: made anew
        return False
    wanted = {name for name, _, _ in connection.execute(_TABLES).fetchall()}
    return found is not None and found == _made_of(connection) and wanted <= tables


def _made_of(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Tell the build from others; None for one of an older Lenke."""
    try:
        [(made_of,)] = connection.execute(f"select {_MADE_OF}").fetchall()
    except duckdb.CatalogException:
        return None
    return cast("str | None", made_of)


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def publish_again(home: Home) -> None:
    """Publish what the ledger says now, if there is a build to publish."""
    with connect(home.warehouse) as connection:
        try:
            # What a home begins with names no step of a ledger: it is no build.
            built = connection.execute(
                "select 1 from outbound.plan_stamp where run_counter is not null"
            ).fetchall()
        except duckdb.CatalogException:
            built = []
    if built:
        publish(home)
