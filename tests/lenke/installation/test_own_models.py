"""Models of an installation's own read Lenke's as the newest build left them."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from lenke.build.compiled import Node
from lenke.home.places import Home
from lenke.installation import own_models
from tests import compiled

# As dbt compiles `now_utc()`, in Lenke's views and in a model that calls it.
ON_THE_CLOCK = Node(
    name="on_the_clock",
    schema="own",
    relation='"warehouse"."own"."on_the_clock"',
    kind="table",
    sql="select cast(getvariable('now') as timestamp) as now_utc",
    descriptions="",
    empty_when=False,
    tells_doubts=False,
)


# As dbt compiles `lenke.email_key()`.
ADDRESS = replace(
    ON_THE_CLOCK,
    name="address",
    relation='"warehouse"."own"."address"',
    sql="select ascii_domain('ÆRLIG.no') as domain",
)
WITHOUT_END = replace(
    ON_THE_CLOCK,
    name="without_end",
    relation='"warehouse"."own"."without_end"',
    sql="""
    with recursive steps as (
        select 1 as step
        union all
        select 1 as step from steps
    )

    select count(*) as counted from steps
    """,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a build, in which own models are built."""
    compiled.build(Home(tmp_path))
    monkeypatch.setattr(own_models, "INSTALLATION", tmp_path)
    return Home(tmp_path)


def test_they_may_call_all_macros_of_lenke(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_models, "compiled_own", lambda _: [ADDRESS])

    assert own_models.build_own(home) == []

    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert warehouse.execute("from own.address").fetchall() == [
            ("xn--rlig-uoa.no",)
        ]


def test_one_that_runs_for_ever_is_stopped_and_the_next_is_built(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_models, "compiled_own", lambda _: [WITHOUT_END, ADDRESS])

    [words] = own_models.build_own(home, most_seconds=0.5)

    assert "Your own model without_end is not built: it took more than 0.5 s" in words
    assert "own_model_most_seconds" in words
    with duckdb.connect(str(home.warehouse)) as warehouse:
        assert warehouse.execute("show tables from own").fetchall() == [("address",)]


def test_a_person_who_stops_it_stops_the_run(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_warehouse: object, _node: Node) -> str:
        raise duckdb.InterruptException("Interrupted")

    monkeypatch.setattr(own_models, "compiled_own", lambda _: [ADDRESS])
    monkeypatch.setattr(own_models, "_made", stopped)

    with pytest.raises(duckdb.InterruptException):
        own_models.build_own(home)


def test_what_they_call_now_is_the_moment_of_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    compiled.build(home)
    monkeypatch.setattr(own_models, "INSTALLATION", tmp_path)
    monkeypatch.setattr(own_models, "compiled_own", lambda _: [ON_THE_CLOCK])

    assert own_models.build_own(home) == []

    with duckdb.connect(str(home.warehouse)) as warehouse:
        [(now,)] = warehouse.execute("from own.on_the_clock").fetchall()
        stamps = warehouse.execute("select built_at from outbound.plan_stamp")
        assert stamps.fetchall() == [(now,)]
