"""What `lenke doctor` knows of a system beyond its contract."""

from pathlib import Path

import duckdb
import httpx2
import pytest

from lenke.commands.doctor import examine
from lenke.home.places import Home
from lenke.run.surroundings import Surroundings
from simulators.kit.stage import open_simulators

# The newest of a system's updates tells: refused writes and creates say nothing.
_WRITES = """
create table writes as
select * from (values
    ('powerofficego', 'update', 'done', timestamp '2026-06-01 10:00:00', false),
    ('powerofficego', 'update', 'done', timestamp '2026-06-01 11:00:00', true),
    ('powerofficego', 'update', 'refused', timestamp '2026-06-01 12:00:00', false),
    ('customwebshop', 'update', 'done', timestamp '2026-06-01 11:00:00', false)
) as writes (system, operation, status, settled_at, is_unguarded)
"""


OFFICE = open_simulators()["powerofficego"]


def around() -> Surroundings:
    return Surroundings(transport_for=lambda _: httpx2.WSGITransport(app=OFFICE.wsgi))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("LENKE_HASH_KEY", "a key for tests, of 32 bytes or more")
    office = OFFICE.settings("http://127.0.0.1:1")
    for setting, value in office.items():
        monkeypatch.setenv(f"SOURCES__POWEROFFICEGO__{setting}".upper(), str(value))
    return Home(tmp_path)


def test_a_system_that_refuses_the_guard_of_its_contract_is_of_level_c(
    home: Home,
) -> None:
    with duckdb.connect(str(home.inspection)) as inspection:
        inspection.execute(_WRITES)

    found = {each.system: each for each in examine(home, around())}

    assert found["powerofficego"].level == "C"
    assert "went without a guard" in found["powerofficego"].level_means
    assert "level B by its contract" in found["powerofficego"].level_means
    assert found["customwebshop"].level == "A"


def test_a_system_is_what_its_contract_says_before_anything_was_written(
    home: Home,
) -> None:
    levels = {each.system: each.level for each in examine(home, around())}

    assert levels["powerofficego"] == "B"
    assert levels["customwebshop"] == "A"
