"""What is published for people is what is meant for people."""

import subprocess
from pathlib import Path

import pytest

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
GOOD = """
create table outbound.outbound_good_until as
    select 'digest' as inputs, now() as built_at;
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


def published_once(folder: Path) -> Home:
    """Give a home whose build is known and published."""
    home = Home(folder)
    with connect(home.ledger) as ledger:
        ledger.execute("create table t as select 1 as a")
    with connect(home.warehouse) as warehouse:
        warehouse.execute(BUILT + GOOD)
    publish(home)
    return home


@pytest.mark.parametrize("cp_fails", [False, True])
def test_of_the_same_build_only_the_views_may_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cp_fails: bool
) -> None:
    home = published_once(tmp_path)
    with connect(home.warehouse) as warehouse:
        warehouse.execute("update inspection.findings set a = 2")
        warehouse.execute("create or replace view inspection.links as select 2 as a")
    if cp_fails:
        monkeypatch.setattr(
            subprocess, "run", lambda words, **_: subprocess.CompletedProcess(words, 1)
        )

    publish(home)

    with connect(home.inspection) as published:
        found = published.execute("from findings cross join links").fetchall()
    assert found == ([(2, 2)] if cp_fails else [(1, 2)])


def test_a_table_that_a_person_dropped_is_published_again(tmp_path: Path) -> None:
    home = published_once(tmp_path)
    with connect(home.inspection) as published:
        published.execute("drop table links")

    publish(home)

    with connect(home.inspection) as published:
        assert published.execute("from links").fetchall() == [(1,)]
