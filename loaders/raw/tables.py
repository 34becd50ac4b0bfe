"""The tables of raw: all of them are there from the first moment, in one shape.

A load makes them before it reads anything, also those of systems that nobody has
configured, so the models meet the same raw whatever was loaded, and compile without a
load. The shape of the records' tables is the one that dlt gives them; dlt then finds
nothing to add.
"""

import duckdb

from connections.settings.read import systems
from loaders.listing.entity import source_of

_OF_THE_LOADS = """
create schema if not exists raw;

create table if not exists raw.listings (
    listing_id text,
    run_id text,
    system_name text,
    entity text,
    kind text,
    started_at timestamptz,
    finished_at timestamptz,
    records bigint,
    cursor_value text,
    key_fingerprint text,
    complete boolean
);

create table if not exists raw.systems (
    system_name text,
    configured boolean,
    outcome text,
    error text,
    run_id text,
    read_at timestamptz
);

create table if not exists raw.entities (
    system_name text,
    entity text,
    outcome text,
    error text,
    run_id text,
    read_at timestamptz
);

create table if not exists raw.single_reads (
    record_key text,
    system_name text,
    entity text,
    record_id text,
    run_id text,
    outcome text,
    words text,
    read_at timestamptz
);

create table if not exists raw.set_aside (
    system_name text,
    entity text,
    record_id text,
    run_id text,
    listing_id text,
    words text,
    seen_at timestamptz
);

create table if not exists raw.verified_references (
    system_name text,
    entity text,
    record_id text,
    reference text
);

create table if not exists raw.tenants (
    system_name text,
    fingerprint text
);

create table if not exists raw.witnesses (
    witness text,
    ledger_id text,
    run_counter bigint,
    what_was_seen text
);
"""
_OF_A_SYSTEM = "create schema if not exists raw_{system};"
_OF_RECORDS = """
create table if not exists {table} (
    record_id text not null,
    record text,
    content_hash text,
    listing_id text,
    loaded_at timestamptz
);
"""


def create_tables(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of raw that are not there yet.

    Nothing but the code says which they are and what columns they have.
    """
    statements = [_OF_THE_LOADS]
    for system in systems():
        statements.append(_OF_A_SYSTEM.format(system=system))
        statements += [
            _OF_RECORDS.format(table=table_of(system, entity.name))
            for entity in source_of(system).entities
        ]
    warehouse.execute("\n".join(statements))


def table_of(system: str, entity: str) -> str:
    """Name the table of an entity's records, as SQL has it."""
    return f'raw_{system}."{entity}"'


def has_records(warehouse: duckdb.DuckDBPyConnection, system: str, entity: str) -> bool:
    """Tell whether raw holds any record of an entity."""
    query = f"select 1 from {table_of(system, entity)} limit 1"  # noqa: S608 - our names
    return bool(warehouse.execute(query).fetchall())  # to its end: others wait for it
