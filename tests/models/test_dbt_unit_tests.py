"""Every rule of matching and merging is a dbt unit test whose name is a true sentence.

They run here as well, so that one command runs all tests. `dbt build` runs them too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parents[2]
QUIET = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
UNIT_TESTS = ["resource_type:unit_test"]

# A row that says more yes and no than this says it in a word instead.
MOST_BOOLEANS = 12
_BOOLEANS = """
select table_name, count(*)
from information_schema.columns
where table_schema = 'merging' and data_type = 'BOOLEAN'
group by table_name
having count(*) > ?
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Options for dbt that keep all that it makes in a temporary folder."""
    monkeypatch.setenv("LENKE_HOME", str(tmp_path))
    DuckDBConnectionManager.close_all_connections()  # of an earlier test
    yield [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        "--target-path",
        str(tmp_path / "target"),
    ]
    DuckDBConnectionManager.close_all_connections()


@contextmanager
def columns_asked_once() -> Iterator[None]:
    """Let dbt ask for a model's columns once: no example changes them."""
    known: dict[str, Any] = {}
    ask = DuckDBAdapter.get_columns_in_relation

    def columns(adapter: Any, relation: Any) -> Any:
        name = str(relation)
        if name not in known:
            known[name] = ask(adapter, relation)
        return known[name]

    with mock.patch.object(DuckDBAdapter, "get_columns_in_relation", columns):
        yield


def test_every_rule_holds(place: list[str], tmp_path: Path) -> None:
    parsed = dbtRunner().invoke([*QUIET, "parse", *place])
    assert parsed.success, f"dbt can't read the project: {parsed.exception}"
    dbt = dbtRunner(manifest=parsed.result)

    built = dbt.invoke(
        [*QUIET, "build", *place, "--exclude", "resource_type:test", *UNIT_TESTS]
    )
    with columns_asked_once():
        tested = dbt.invoke(
            [*QUIET, "test", *place, "--select", "tag:examples", *UNIT_TESTS]
        )

    built_badly, tested_badly = _failures(built), _failures(tested)
    assert not built_badly, built_badly
    DuckDBConnectionManager.close_all_connections()
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as tables:
        overloaded = tables.execute(_BOOLEANS, [MOST_BOOLEANS]).fetchall()
    assert not overloaded, f"models with too many booleans in a row: {overloaded}"
    assert len(tested.result.results) > 100, "dbt found hardly any unit tests"
    assert not tested_badly, tested_badly


def _failures(invoked: Any) -> str:
    """Give the names of what failed, each with dbt's own words."""
    if invoked.result is None:
        return f"dbt could not run: {invoked.exception}"
    return "\n\n".join(
        f"{result.node.name}: {(result.message or '').strip()}"
        for result in invoked.result.results
        if str(result.status) in ("error", "fail", "skipped", "warn")
    )
