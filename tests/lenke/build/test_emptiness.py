"""Who is said to have no rows has none: in small queries, and in every model."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from lenke.build.compiled import Node
from lenke.build.emptiness import When, aggregate_functions, empty_when, is_empty
from lenke.build.nodes import prepare, renew, run
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from tests import compiled
from tests.planner.compare import built

A, B, C = '"memory"."main"."a"', '"memory"."main"."b"', '"memory"."main"."c"'

_OF_RAW = """
select format('"{}"."{}"', schema_name, table_name) from duckdb_tables()
where starts_with(schema_name, 'raw')
"""

SHAPES: list[tuple[str, When]] = [
    (f"from {A}", A),
    (f"select x, 1 from {A} where x > 0", A),
    (f"select a.x from {A} as a inner join {B} as b on a.x = b.x", ["any", A, B]),
    (f"select a.x from {A} as a cross join {B} as b", ["any", A, B]),
    (f"select a.x from {A} as a, {B} as b", ["any", A, B]),
    (f"select a.x from {A} as a left join {B} as b on a.x = b.x", A),
    (f"select b.x from {A} as a right join {B} as b on a.x = b.x", B),
    (f"select a.x from {A} as a full join {B} as b on a.x = b.x", ["all", A, B]),
    (f"select a.x from {A} as a semi join {B} as b on a.x = b.x", ["any", A, B]),
    (f"select a.x from {A} as a anti join {B} as b on a.x = b.x", A),
    (f"select a.x from {A} as a asof join {B} as b on a.x >= b.x", ["any", A, B]),
    (f"select a.x from {A} as a asof left join {B} as b on a.x >= b.x", A),
    (
        f"select c.x from {A} as a right join {B} as b on a.x = b.x "
        f"inner join {C} as c on true",
        ["any", B, C],
    ),
    (f"select x from {A} union all select x from {B}", ["all", A, B]),
    (f"select x from {A} union select x from {A}", A),
    (f"select x from {A} except select x from {B}", A),
    (f"select x from {A} where x not in (select x from {B})", A),
    (f"with a as (select x from {A}) select y.x from a as y, {B} as b", ["any", A, B]),
    (f"with a as (select 1 as x) select a.x from a cross join {B} as b", B),
    (f"with a as (select x from {A}), b as (select x from a) select x from b", A),
    (
        f"with recursive a as (select x from {A} union all "
        f"select x + 1 from a where x < 3) select x from a",
        A,
    ),
    (f"select x, count(*) as n from {A} group by x", A),
    (f"select distinct x from {A}", A),
    (f"select x, sum(x) over () as s from {A}", A),
    (f"select x, (select count(*) from {B}) as n from {A}", A),
    (f"select count(*) as n from {A}", False),
    (f"select 1 + coalesce(max(x), 0) as n from {A}", False),
    (f"select bit_xor(hash(x)) as n from {A}", False),
    (f"select string_agg(x, ',' order by x) as n from {A}", False),
    (f"select list(x) as n from {A}", False),
    (f"select bool_or(x > 0) as n from {A}", False),
    (f"select arg_min(x, x) as n from {A}", False),
    (f"select mad(x) as n from {A}", False),
    (f"select count(*) as n from {A} group by ()", False),
    (f"select count(*) as n from {A} group by rollup (x)", False),
    (f"select count(*) as n from {A} group by grouping sets ((x), ())", False),
    ("select 1 as x", False),
    ("from (values (1), (2)) as v (x)", False),
    ("select x from range(3) as r (x)", False),
    (f"select u from {A} as a, unnest([a.x]) as t (u)", A),
    (f"select 1 as x from {A} union all select 2 as x", False),
    (f"pivot {A} on x in (1, 2) using count(*)", False),
    (f"select * from (select x from {A}) pivot (count(*) for x in (1, 2))", False),
    (f"select 'none' as n from {A} having count(*) = 0", False),
    (f"select 1 as n from {A} having true", False),
    (f"select x from {A} group by x having count(*) > 1", A),
    (f"select 1 as n from {A} order by count(*)", False),
    (f"select 1 as n from {A} qualify sum(count(*)) over () >= 0", False),
    (f"select sum(count(*)) over () as n from {A}", False),
    (f"select row_number() over (order by count(*)) as n from {A}", False),
    (f"select row_number() over w as n from {A} window w as (order by sum(x))", False),
    (f"select count(*) filter (where x > 1) over () as n from {A}", A),
    (f"select first_value(x ignore nulls) over (order by x) as n from {A}", A),
    (f"select json_group_array(x) as n from {A}", False),
    (f"select geomean(x) as n from {A}", False),
    (f"select wavg(x, x) as n from {A}", False),
    (f"select apply([x], lambda y: y + 1) as n from {A}", False),
    (f"select a.x from {A} as a positional join {B} as b", False),
    (f"select x from {A} as a natural inner join {B} as b", ["any", A, B]),
    (f"select x from {A} as a natural full join {B} as b", ["all", A, B]),
    (f"select * from ((select x from {A}) as s full join {B} as b on true)", False),
    (f"with a as (from {A}) from (with A as (select 1 as x) select x from a)", False),
    (f"with a as (from {A}), b as (with A as (from {B}) from a) from b", B),
    (f"select a.x from {A} as a, lateral (select count(*) from {B}) as n", A),
    (f"select x from {A} limit 1", A),
]


@pytest.mark.parametrize(("sql", "when"), SHAPES, ids=[sql for sql, _ in SHAPES])
def test_what_is_told_of_a_query_is_so(sql: str, when: When) -> None:
    told = empty_when(sql, aggregate_functions())

    assert told == when
    for filled in itertools.product([True, False], repeat=3):
        with duckdb.connect() as engine:
            for name, has_rows in zip("abc", filled, strict=True):
                engine.execute(f"create table {name} (x integer)")
                if has_rows:
                    engine.execute(f"insert into {name} values (1), (2)")
            rows = engine.execute(sql).fetchall()
        empty = {place: not rows for place, rows in zip((A, B, C), filled, strict=True)}
        if is_empty(told, empty.__getitem__):
            assert rows == []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with records, links and edits of every kind, all of it built."""
    home = Home(tmp_path_factory.mktemp("home"))
    built(5, 120, home)
    return home


def ways(when: When) -> Iterator[set[str]]:
    """Give sets of relations whose emptiness is said to be enough; not all of them."""
    if when is False:
        return
    if isinstance(when, str):
        yield {when}
    elif when[0] == "any":
        for part in when[1:]:
            yield from ways(part)
    else:
        each = [list(ways(part)) for part in when[1:]]
        for number in range(max(map(len, each), default=0)):
            yield set().union(*(some[number % len(some)] for some in each))


def test_a_model_that_is_said_to_have_no_rows_has_none(home: Home) -> None:
    nodes = [node for node in compiled.models().nodes if node.empty_when is not False]
    wrong = []

    with duckdb.connect(str(home.warehouse)) as warehouse:
        prepare(warehouse, home.ledger, BuildOptions(now=datetime.now(UTC)))
        for node in nodes:
            for way in ways(node.empty_when):
                if rows_without(warehouse, node, way):
                    wrong.append((node.name, way))

    assert wrong == []
    assert len(nodes) > 100


def rows_without(
    warehouse: duckdb.DuckDBPyConnection, node: Node, way: set[str]
) -> int:
    """Count the rows that a model would have if these relations had none."""
    others = {relation: f"nothing_{n}" for n, relation in enumerate(sorted(way))}
    sql = node.sql
    for relation, nothing in others.items():
        warehouse.execute(
            f"create or replace temp table {nothing} as from {relation} limit 0"
        )
        sql = sql.replace(relation, nothing)
    [(rows,)] = warehouse.execute(f"select count(*) from ({sql})").fetchall()
    return int(rows)


@pytest.mark.parametrize("emptied", ["nothing", "raw"])
def test_what_is_renewed_is_what_is_made(home: Home, emptied: str) -> None:
    nodes = compiled.models().nodes
    tables = [node for node in nodes if node.kind == "table"]

    with duckdb.connect(str(home.warehouse)) as warehouse:
        prepare(warehouse, home.ledger, BuildOptions(now=datetime.now(UTC)))
        warehouse.begin()
        if emptied == "raw":
            for (table,) in warehouse.execute(_OF_RAW).fetchall():
                warehouse.execute(f"truncate {table}")
        renew(warehouse, nodes, compiled.models().views)
        renewed = contents(warehouse, tables)
        run(warehouse, tables)
        made = contents(warehouse, tables)
        warehouse.rollback()

    assert [name for name in made if renewed[name] != made[name]] == []
    assert sum(rows for rows, _ in made.values()) > 100


def contents(
    warehouse: duckdb.DuckDBPyConnection, nodes: list[Node]
) -> dict[str, tuple[int, int]]:
    """Give how many rows each table has, and a fingerprint of them."""
    return {
        node.name: warehouse.execute(
            f"select count(*), bit_xor(hash(each_row)) from {node.relation} as each_row"
        ).fetchall()[0]
        for node in nodes
    }
