"""Models of an installation's own read Lenke's as the newest build left them."""

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
