"""The models as tests run them decide what dbt decides."""

from pathlib import Path

import duckdb

from lenke.home.places import Home
from lenke.run import dbt
from tests import compiled
from tests.circle.conftest import meeting_in, surroundings_kept

_TABLES = """
select table_schema, table_name
from information_schema.tables
where
    table_catalog = current_database()
    and table_schema in ('matching', 'merging', 'outbound', 'inspection')
    and table_name <> 'plan_stamp'
order by all
"""


def test_compiled_models_give_the_tables_that_dbt_builds(tmp_path: Path) -> None:
    with surroundings_kept():
        meeting = meeting_in(tmp_path)
        meeting.plan()  # built by dbt
        by_dbt = _contents(meeting.home)
        compiled.build(meeting.home, dbt.BuildOptions())
        by_compiled = _contents(meeting.home)

    assert len(by_dbt) > 50
    assert by_dbt["outbound", "outbound_writes"]
    assert by_compiled == by_dbt


def _contents(home: Home) -> dict[tuple[str, str], list[str]]:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute(f"attach '{home.ledger}' as ledger_file (read_only)")
        return {
            (schema, name): sorted(
                map(repr, warehouse.execute(f'from {schema}."{name}"').fetchall())
            )
            for schema, name in warehouse.execute(_TABLES).fetchall()
        }
