"""What is published for people is what is meant for people."""

from pathlib import Path

from connections.machine.database import connect
from lenke.home.places import Home
from lenke.run.publish import publish

BUILT = """
create schema inspection;
create schema outbound;
create table inspection.findings as select 1 as a;
create view inspection.links as select 1 as a;
create table inspection.inspect_holds as select 1 as a;
create view inspection.inspect_crowds as select 1 as a;
create table outbound.plan_stamp as
    select 'l' as ledger_id, 1 as run_counter, now() as built_at;
"""


def test_the_steps_to_a_table_for_people_are_not_published(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with connect(home.ledger) as ledger:
        ledger.execute("create table t as select 1 as a")
    with connect(home.warehouse) as warehouse:
        warehouse.execute(BUILT)

    publish(home)

    with connect(home.inspection) as published:
        rows = published.execute("select table_name from duckdb_tables()").fetchall()
    assert {name for (name,) in rows} == {"findings", "links", "published"}
