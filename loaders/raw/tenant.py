"""Whose records raw holds: those of another tenant are forgotten, never mixed in.

`tenants` is a short text per system, another one for another tenant; a system that is
not in it is not looked at.
"""

from collections.abc import Mapping, Sequence

import duckdb

from loaders.raw.listings import transaction
from loaders.raw.tables import table_of

_KNOWN = "select fingerprint from raw.tenants where system_name = ?"


def holds_another(
    warehouse: duckdb.DuckDBPyConnection, system: str, tenants: Mapping[str, str]
) -> bool:
    """Tell whether what raw holds of a system is another tenant's."""
    row = warehouse.execute(_KNOWN, [system]).fetchone()
    return row is not None and system in tenants and row[0] != tenants[system]


def take_over(
    warehouse: duckdb.DuckDBPyConnection,
    system: str,
    entities: Sequence[str],
    tenants: Mapping[str, str],
) -> None:
    """Make raw the place of this tenant's records; those of another one go."""
    if system not in tenants:
        return
    another = holds_another(warehouse, system, tenants)
    with transaction(warehouse):
        if another:
            _forget(warehouse, system, entities)
        warehouse.execute("delete from raw.tenants where system_name = ?", [system])
        warehouse.execute(
            "insert into raw.tenants values (?, ?)", [system, tenants[system]]
        )


def _forget(
    warehouse: duckdb.DuckDBPyConnection, system: str, entities: Sequence[str]
) -> None:
    for entity in entities:
        warehouse.execute(f"delete from {table_of(system, entity)}")  # noqa: S608 - our names
    for table in ("listings", "single_reads"):
        warehouse.execute(
            f"delete from raw.{table} where system_name = ?",  # noqa: S608 - our names
            [system],
        )
