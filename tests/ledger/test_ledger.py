"""The ledger's file: created whole, migrated, guarded, untouched by reading."""

import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from connections.http.errors import StopRun
from ledger.file import LedgerInUse, check_version, migrations
from ledger.fold import fold
from ledger.identity import (
    Identity,
    contradiction,
    read_identity,
    write_identity,
)
from ledger.ledger import Ledger, ensure_ledger, open_ledger
from reverse_etl.unsettled.open_writes import open_writes

OTHER_PROCESS = """
import sys
from pathlib import Path
from ledger.ledger import open_ledger
try:
    open_ledger(Path(sys.argv[1]))
except Exception as error:
    print(type(error).__name__, error)
"""


def _fail_half_way(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        connection.execute("update ledger.identity set run_counter = 7")
        raise ZeroDivisionError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.duckdb"


def test_a_fresh_ledger_has_an_id_no_runs_and_one_reader(path: Path) -> None:
    with open_ledger(path) as ledger:
        identity = ledger.identity
        told = ledger.told_otherwise()

    assert identity.run_counter == 0
    assert told is None
    assert read_identity(path.parent) == identity
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((path.parent / "ledger.id").stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "ledger.duckdb",
        "ledger.id",
    ]


def test_two_ledgers_never_have_the_same_id(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one" / "ledger.duckdb") as one:
        first = one.identity.ledger_id

    with open_ledger(tmp_path / "two" / "ledger.duckdb") as two:
        assert two.identity.ledger_id != first


def test_making_sure_of_a_ledger_that_is_there_leaves_its_bytes_alone(
    path: Path,
) -> None:
    ensure_ledger(path)
    with open_ledger(path) as ledger:
        ledger.start_run("sync")
    before = path.read_bytes(), path.stat().st_mtime_ns

    ensure_ledger(path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_reading_changes_not_one_byte(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.start_run("sync")
    before = path.read_bytes()

    with open_ledger(path) as ledger:
        ledger.fetch("select * from ledger.runs")
        assert open_writes(ledger) == []
        assert fold(ledger) == 0
        with ledger.transaction() as connection:
            connection.execute("select * from ledger.links").fetchall()

    assert path.read_bytes() == before
    assert not path.with_name("ledger.duckdb.wal").exists()


def test_a_run_is_counted_in_the_ledger_and_beside_it(path: Path) -> None:
    noon = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
    with open_ledger(path, clock=lambda: noon) as ledger:
        ledger.start_run("load")
        run = ledger.start_run("sync")
        ledger.finish_run(run.run_id, "done", 0, {"writes": 3})

        rows = ledger.fetch(
            "select run_number, command, finished_at, exit_code, summary->>'writes' "
            "from ledger.runs where run_id = ?",
            [run.run_id],
        )

        assert run.run_number == 2
        assert rows == [(2, "sync", noon.replace(tzinfo=None), 0, "3")]
        told = read_identity(path.parent)
        assert told == Identity(ledger.identity.ledger_id, 2)


def test_a_run_that_a_person_lets_pass_the_guards_is_remembered(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.start_run("sync")
        ledger.start_run("sync", allows_mass_change=True)

        assert ledger.fetch(
            "select run_number, allows_mass_change from ledger.runs order by all"
        ) == [(1, False), (2, True)]


def test_a_run_that_has_sent_ends_a_step_further(path: Path) -> None:
    with open_ledger(path) as ledger:
        quiet = ledger.start_run("sync")
        ledger.finish_run(quiet.run_id, "done", 0, {})
        told_of_quiet = read_identity(path.parent)
        sending = ledger.start_run("sync")
        with ledger.transaction() as connection:
            connection.execute("update ledger.identity set run_counter = 3")
        copied = ledger.identity
        ledger.finish_run(sending.run_id, "done", 0, {})

        assert told_of_quiet == Identity(copied.ledger_id, 1)
        assert ledger.identity.run_counter == 4
        assert contradiction(copied, read_identity(path.parent))


def test_a_transaction_that_fails_leaves_nothing_behind(path: Path) -> None:
    with open_ledger(path) as ledger:
        with pytest.raises(ZeroDivisionError):
            _fail_half_way(ledger)

        assert ledger.identity.run_counter == 0


def test_an_impossible_change_stops_the_run_in_words(path: Path) -> None:
    with (
        open_ledger(path) as ledger,
        pytest.raises(StopRun, match="Nothing more is written"),
        ledger.transaction() as connection,
    ):
        connection.execute("insert into ledger.folded_writes values (null, null)")


def test_a_ledger_of_a_newer_lenke_is_refused_and_left_alone(path: Path) -> None:
    ensure_ledger(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update ledger.ledger.identity set schema_version = 99")
    before = path.read_bytes()

    with pytest.raises(StopRun) as caught:
        open_ledger(path)

    assert "version 99" in str(caught.value)
    assert f"up to {max(migrations())}" in str(caught.value)
    assert "update Lenke" in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "words"), [(1, "run `lenke plan` once"), (99, "update Lenke")]
)
def test_models_are_not_built_on_a_ledger_of_another_version(
    path: Path, version: int, words: str
) -> None:
    with open_ledger(path):
        pass
    with duckdb.connect(":memory:") as connection:
        check_version(connection, path)
        connection.execute(f"attach '{path}' as ledger")
        connection.execute(
            f"update ledger.ledger.identity set schema_version = {version}"
        )
        connection.execute("detach ledger")

        with pytest.raises(StopRun, match=words):
            check_version(connection, path)


def test_an_older_ledger_is_migrated_once(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_ledger(path)
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in migrations().values():
        (folder / file.name).write_text(file.read_text())
    (folder / "0099_later.sql").write_text(
        "create table ledger.later (a integer); insert into ledger.later values (1)"
    )
    monkeypatch.setattr("ledger.file._MIGRATIONS", folder)

    for _ in range(2):
        with open_ledger(path) as ledger:
            later = ledger.fetch("select count(*) from ledger.later")
            version = ledger.fetch("select schema_version from ledger.identity")

        assert later == [(1,)]
        assert version == [(99,)]


def test_a_migration_that_fails_changes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_ledger(path)
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0099_broken.sql").write_text(
        "create table ledger.later (a integer); insert into ledger.nothing values (1)"
    )
    monkeypatch.setattr("ledger.file._MIGRATIONS", folder)
    before = path.read_bytes()

    with pytest.raises(StopRun):
        open_ledger(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000])
def test_a_file_that_is_no_database_is_refused_and_kept(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)

    with pytest.raises(StopRun, match=r"cannot be read.*backup"):
        open_ledger(path)

    assert path.read_bytes() == content


def test_a_damaged_ledger_is_refused(path: Path) -> None:
    ensure_ledger(path)
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)

    with pytest.raises(StopRun, match="cannot be read"):
        open_ledger(path)


def test_another_database_is_not_taken_for_a_ledger(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table mine (a integer)")

    with pytest.raises(StopRun, match="no ledger"):
        open_ledger(path)


def test_changes_without_their_ledger_are_not_built_upon(path: Path) -> None:
    path.with_name("ledger.duckdb.wal").write_bytes(b"the last changes")

    with pytest.raises(StopRun, match="missing"):
        open_ledger(path)

    assert not path.exists()


def test_a_ledger_in_use_is_refused_with_a_reason(path: Path) -> None:
    with open_ledger(path):
        other = subprocess.run(
            [sys.executable, "-c", OTHER_PROCESS, str(path)],
            capture_output=True,
            text=True,
            check=True,
        )

    assert other.stdout.startswith(LedgerInUse.__name__)
    assert "another run is active" in other.stdout


def test_what_was_committed_survives_a_kill(path: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path\n"
        "from ledger.ledger import open_ledger\n"
        "open_ledger(Path(sys.argv[1])).start_run('sync'); os.kill(os.getpid(), 9)"
    )

    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)

    with open_ledger(path) as ledger:
        assert ledger.identity.run_counter == 1
        assert ledger.told_otherwise() is None


def test_a_lost_ledger_is_noticed_until_a_person_accepts_the_new_one(
    path: Path,
) -> None:
    with open_ledger(path) as ledger:
        for _ in range(3):
            ledger.start_run("sync")
    lost = read_identity(path.parent)
    path.unlink()

    with open_ledger(path) as ledger:
        ledger.start_run("sync")
        told = ledger.told_otherwise()
        kept = read_identity(path.parent)
        ledger.accept_as_newest()

        assert told is not None
        assert "step 3" in told
        assert kept == lost
        assert ledger.told_otherwise() is None
        assert ledger.start_run("sync").run_number == 4


def test_an_old_ledger_is_noticed(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.start_run("sync")
        write_identity(path.parent, Identity(ledger.identity.ledger_id, 40))

        told = ledger.told_otherwise()

    assert told is not None
    assert "step 40" in told
    assert "to step 1" in told


def test_a_warehouse_is_read_beside_the_ledger_and_not_changed(
    path: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "the house's" / "warehouse.duckdb"
    warehouse.parent.mkdir()
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema matching")
        connection.execute("create table matching.found as select 'w1' as write_id")
    before = warehouse.read_bytes()

    with open_ledger(path, beside=warehouse) as ledger:
        with ledger.transaction() as connection:
            connection.execute("create temporary table once as select now() as moment")
            connection.execute(
                "insert into ledger.folded_writes "
                "select write_id, moment from warehouse.matching.found, once"
            )
            connection.execute("drop table once")

        folded = ledger.fetch("select write_id from ledger.folded_writes")

    assert folded == [("w1",)]
    assert warehouse.read_bytes() == before
