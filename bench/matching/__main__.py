"""Time the matching models and plain SQL on the same tables.

    LENKE_HOME=... python -m bench.matching COUNT ROUNDS

The home has run once, so its warehouse has every table. The two that matching reads are
filled anew, COUNT records at either side; then the models from keys to pairs are built
as dbt compiles them, and `plain.sql` beside them. It prints one JSON object a round:
CPU seconds of each model and of the plain query, and how many pairs both found.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from connections.machine.database import connect
from ledger.ascii_domain import teach
from lenke.home.places import PROJECT, Home, find_home

# From records to pairs, in their order; one that is not there any more is passed over.
MODELS = ("match_key_parts", "match_keys", "match_pairs")
# What a run tells the models, as far as any commit asks; none of these looks at it.
TOLD = {
    "allow_mass_change": False,
    "mass_change_share": None,
    "mass_change_count": None,
    "small_flow_share": None,
    "small_flow_count": None,
    "now": "",
    "hash_key_is_short": False,
}
PAIRS = "matching.match_pairs"
PLAIN = Path(__file__).with_name("plain.sql")

# One in fifty has no partner, one in ten only one of the two keys.
_RECORDS = """
insert into {table} by name
select
    '{system}:{entity}:' || place as record_key,
    '{system}' as system_name,
    '{entity}' as entity{rest}
from range(1, {count} + 1) as places (place)
"""
_RECORD = """,
    json_object(
        '{email}',
        case when place % 50 = 0 then '{system}' else '' end
        || 'person' || place || '@example.no',
        '{national_id}',
        case when place % 10 = 0 then null else
            'hmac:' || md5(
                case when place % 50 = 0 then '{system}' else '' end || place
            )
        end
    ) as record
"""
_SIDES = (
    ("tidsbanken", "ansatt", "Epost", "Personnummer"),
    ("powerofficego", "contactperson", "EmailAddress", "SocialSecurityNumber"),
)


def main() -> None:
    """Compile, fill, and time both in turn."""
    count, rounds = int(sys.argv[1]), int(sys.argv[2])
    home = find_home()
    models = compiled(home)
    with connect(home.warehouse) as warehouse:
        warehouse.execute("set memory_limit = '600MB'")
        warehouse.execute("set preserve_insertion_order = false")
        teach(warehouse)
        fill(warehouse, count)
        for _ in range(rounds):
            found = {
                "models": {
                    relation: cpu_of(warehouse, relation, sql)
                    for relation, sql in models
                },
                "plain": cpu_of(
                    warehouse, "main.plain_pairs", PLAIN.read_text(encoding="utf-8")
                ),
                "pairs": _count(warehouse, PAIRS),
                "plain_pairs": _count(warehouse, "main.plain_pairs"),
            }
            print(json.dumps(found), flush=True)


def cpu_of(warehouse: duckdb.DuckDBPyConnection, relation: str, sql: str) -> float:
    """Make a table of a query; give the CPU seconds that it took, of all threads."""
    began = time.process_time()
    warehouse.execute(f"create or replace table {relation} as {sql}")
    return time.process_time() - began


def compiled(home: Home) -> list[tuple[str, str]]:
    """Give the models' relations and SQL, as dbt compiles them for this home."""
    quiet = ["--quiet", "--no-write-json", "--log-level-file", "none"]
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    places += ["--target-path", str(home.folder / "target-of-bench")]
    done: Any = dbtRunner().invoke(
        [
            *quiet,
            "compile",
            *places,
            "--vars",
            json.dumps(TOLD),
            "--select",
            *MODELS,
            "--indirect-selection",
            "empty",
        ]
    )
    DuckDBConnectionManager.close_all_connections()
    if not done.success:
        raise RuntimeError(f"dbt can't compile {', '.join(MODELS)}: {done.exception}")
    nodes = {result.node.name: result.node for result in done.result.results}
    return [
        (nodes[name].relation_name, nodes[name].compiled_code.rstrip().rstrip(";"))
        for name in MODELS
        if name in nodes
    ]


def fill(warehouse: duckdb.DuckDBPyConnection, count: int) -> None:
    """Put that many people at either side into the tables that matching reads."""
    _emptied(warehouse, "staging.stg_records")
    _emptied(warehouse, "matching.match_records")
    for system, entity, email, national_id in _SIDES:
        record = _RECORD.format(system=system, email=email, national_id=national_id)
        for table, rest in (
            ("staging.stg_records", record),
            ("matching.match_records", ""),
        ):
            warehouse.execute(
                _RECORDS.format(
                    table=table, system=system, entity=entity, count=count, rest=rest
                )
            )


def _emptied(warehouse: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make an empty table of the same columns, whether it was a table or a view."""
    warehouse.execute(f"create table main.shape as select * from {table} limit 0")
    schema, name = table.split(".")
    found: Sequence[tuple[str]] = warehouse.execute(
        "select table_type from information_schema.tables "
        "where table_schema = $1 and table_name = $2 "
        "and table_catalog = current_database()",
        [schema, name],
    ).fetchall()
    kind = "view" if found[0][0] == "VIEW" else "table"
    warehouse.execute(f"drop {kind} {table}")
    warehouse.execute(f"create table {table} as select * from main.shape")
    warehouse.execute("drop table main.shape")


def _count(warehouse: duckdb.DuckDBPyConnection, table: str) -> int:
    [(count,)] = warehouse.execute(f"select count(*) from {table}").fetchall()
    return int(count)


if __name__ == "__main__":
    main()
