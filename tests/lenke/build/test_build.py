"""A build is whole or it is not there: in one transaction, checked before it counts."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from connections.machine import crash_points
from connections.machine.database import connect
from connections.machine.trouble import DiskFull, trouble_in
from ledger.ascii_domain import teach
from lenke.build import build as building
from lenke.build.by_dbt import BuildFailed
from lenke.build.compiled import Check, Compiled, Node
from lenke.home.places import Home
from tests import compiled
from tests.lenke.run.test_trouble import files_of_at_most

OURS = "inspect_holds"
# Such a list can be kept nowhere but in memory.
_OF_MUCH_MEMORY = """
select * from ({sql}) where (
    select len(list(number || repeat('x', 100)))
    from range(4000000) as numbers (number)
) > 0
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which everything was built once, from nothing."""
    home = Home(tmp_path_factory.mktemp("home"))
    compiled.build(home)
    return home


@contextmanager
def models(change: Compiled) -> Iterator[None]:
    """Let every build in the block run these models."""
    with mock.patch.object(building, "compiled_models", return_value=change):
        yield


def changed(name: str, **changes: str) -> Compiled:
    """Give the models with another text in one of them."""
    nodes: list[Node] = [
        replace(node, **changes) if node.name == name else node  # type: ignore[arg-type]
        for node in compiled.models().nodes
    ]
    return replace(compiled.models(), key="another", nodes=tuple(nodes))


def looked_at(home: Home, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        rows: list[tuple[object, ...]] = warehouse.execute(sql).fetchall()
        return rows


def stamp(home: Home) -> list[tuple[object, ...]]:
    """Tell one build from another."""
    return looked_at(home, "select built_at, built_from from outbound.plan_stamp")


@pytest.mark.parametrize("fails", [False, True])
def test_a_warehouse_that_stays_open_is_given_back_as_it_was(
    built: Home, fails: bool
) -> None:
    left = "select current_setting('preserve_insertion_order'), database_name "
    left += "from duckdb_databases() where not internal"
    broken = changed("outbound_requests", sql="select error('no such luck')")

    with connect(built.warehouse) as held:
        before = held.execute(left).fetchall()
        with models(broken if fails else compiled.models()):
            with pytest.raises(BuildFailed) if fails else nullcontext():
                compiled.build(built)
            after = held.execute(left).fetchall()
        with connect(built.warehouse) as another:
            teach(another)  # DuckDB refuses a function that is there already

    assert after == before == [(True, "warehouse")]


def test_a_model_that_fails_leaves_everything_as_it_was(built: Home) -> None:
    before = stamp(built)
    broken = changed("outbound_requests", sql="select error('no such luck')")

    with models(broken), pytest.raises(BuildFailed) as failed:
        compiled.build(built)

    assert "outbound_requests: Invalid Input Error: no such luck" in str(failed.value)
    assert stamp(built) == before
    compiled.build(built)
    assert stamp(built) != before


def test_a_disk_that_is_full_at_the_end_of_a_build_is_told_as_that(
    built: Home,
) -> None:
    before = stamp(built)

    with files_of_at_most(100), pytest.raises(duckdb.Error) as said:
        compiled.build(built)

    assert isinstance(trouble_in(said.value), DiskFull)
    assert stamp(built) == before


def test_a_table_that_somebody_dropped_is_made_again(built: Home) -> None:
    with connect(built.warehouse) as warehouse:
        warehouse.execute("drop table matching.match_recovery_pairs")
        warehouse.execute("update outbound.outbound_good_until set inputs = 'others'")

    compiled.build(built)

    assert looked_at(built, "select count(*) from matching.match_recovery_pairs") == [
        (0,)
    ]


def test_killed_between_two_models_nothing_has_happened(built: Home) -> None:
    before = stamp(built)
    with duckdb.connect(str(built.warehouse)) as warehouse:
        warehouse.execute("delete from seeds.flows")

    class Killed(BaseException):
        pass

    def die(point: str) -> None:
        if point == crash_points.INSIDE_BUILD:
            raise Killed

    with models(replace(compiled.models(), key="another")):
        with mock.patch.object(crash_points, "reached", die), pytest.raises(Killed):
            compiled.build(built)
        killed = looked_at(built, "select count(*) from seeds.flows")
        stamped = stamp(built)
        compiled.build(built)
        whole = looked_at(built, "select count(*) from seeds.flows")
    compiled.build(built)

    assert killed == [(0,)], "the seeds come first in a build"
    assert stamped == before
    assert whole != [(0,)]


def test_a_view_that_has_become_a_table_is_replaced_and_the_other_way(
    built: Home,
) -> None:
    kinds = (
        "select 'table' from duckdb_tables() where table_name = 'inspect_holds' "
        "union all select 'view' from duckdb_views() where view_name = 'inspect_holds'"
    )
    [before] = [node.kind for node in compiled.models().nodes if node.name == OURS]
    other = {"table": "view", "view": "table"}[before]

    with models(changed(OURS, kind=other, descriptions="")):
        compiled.build(built)
    then = looked_at(built, kinds)
    compiled.build(built)

    assert then == [(other,)]
    assert looked_at(built, kinds) == [(before,)]


def test_a_test_that_only_warns_stops_nothing_and_tells_no_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with duckdb.connect() as connection:
        building.pass_checks(
            connection,
            [Check("not_null_flow", "select 'Kari' as name", stops=False)],
            set(),
        )
        with pytest.raises(BuildFailed, match="unique_key: 2 rows are wrong"):
            building.pass_checks(
                connection,
                [Check("unique_key", "from (values ('a'), ('b'))", True)],
                set(),
            )

    assert "not_null_flow: 1 rows are wrong" in caplog.text
    assert "Kari" not in caplog.text


def test_a_test_about_an_entity_to_which_nothing_is_sent_is_not_asked() -> None:
    check = Check("sends_what_it_shows", "select 1", True, about="crmoffice__contacts")

    with duckdb.connect() as connection:
        building.pass_checks(connection, [check], {"crmoffice__activities"})
        with pytest.raises(BuildFailed, match="sends_what_it_shows: 1 rows"):
            building.pass_checks(connection, [check], {"crmoffice__contacts"})


def test_each_out_model_has_a_test_of_what_is_sent_to_its_entity() -> None:
    models = [node.name for node in compiled.models().nodes]
    asked = [check.about for check in compiled.models().checks if check.about]

    assert sorted(f"out_{entity}" for entity in asked) == sorted(
        name for name in models if name.startswith("out_")
    )


def test_seeds_and_views_are_made_anew_only_for_other_models(built: Home) -> None:
    compiled.build(built)
    with duckdb.connect(str(built.warehouse)) as warehouse:
        warehouse.execute("delete from seeds.flows")

    compiled.build(built)
    left_alone = looked_at(built, "select count(*) from seeds.flows")
    with models(replace(compiled.models(), key="another")):
        compiled.build(built)

    assert left_alone == [(0,)]
    assert looked_at(built, "select count(*) from seeds.flows") != [(0,)]
    compiled.build(built)


def test_what_a_build_leaves_is_described(built: Home) -> None:
    [(words, columns)] = looked_at(
        built,
        "select comment, (select count(*) from duckdb_columns() where comment is not "
        "null and table_name = 'links') from duckdb_tables() "
        "where table_name = 'links'",
    )

    assert str(words).startswith("One row per")
    assert columns


def test_a_build_after_a_bare_build_of_dbt_makes_everything_anew(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("create schema outbound")
        warehouse.execute(
            "create table outbound.plan_stamp as "
            "select cast(null as text) as built_from"
        )

    compiled.build(home)

    assert looked_at(home, "select count(*) from seeds.flows") != [(0,)]


def test_a_build_for_which_the_memory_is_not_enough_takes_more(
    built: Home, caplog: pytest.LogCaptureFixture
) -> None:
    [sql] = [node.sql for node in compiled.models().nodes if node.name == OURS]
    needy = changed(OURS, sql=_OF_MUCH_MEMORY.format(sql=sql))
    before = stamp(built)

    with models(needy), caplog.at_level("INFO"):
        compiled.build(built)

    assert "needs more memory" in caplog.text
    assert stamp(built) != before
    with connect(built.warehouse) as warehouse:
        limit = "select current_setting('memory_limit')"
        assert warehouse.execute(limit).fetchall() == [("381.4 MiB",)]
    compiled.build(built)


def test_a_build_for_which_no_memory_is_enough_says_so(built: Home) -> None:
    before = stamp(built)
    with (
        models(changed(OURS, sql="select error('x')")),
        mock.patch.object(building, "run", side_effect=duckdb.OutOfMemoryException),
        pytest.raises(BuildFailed, match="memory"),
    ):
        compiled.build(built)

    assert stamp(built) == before
