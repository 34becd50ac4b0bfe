"""Files and disks that can't be used: one sentence, an exit code, and what to do."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
import typer

from connections.http.errors import ConfigurationError, LenkeError, StopRun
from connections.machine.database import connect, meaning_of
from connections.machine.trouble import (
    Damaged,
    DiskFull,
    InUse,
    NotOurs,
    trouble_in,
    trouble_told,
)
from connections.machine.unforeseen import unforeseen
from ledger.file import LedgerUnreadable
from ledger.identity import read_identity
from ledger.ledger import ensure_ledger, open_ledger
from lenke.build import by_dbt
from lenke.commands.ending import words_for_errors
from lenke.home.lock import AnotherRun, only_run
from lenke.home.places import Home, find_home
from lenke.run.defect import Defect, in_words
from lenke.showing import look

# Neither root nor anybody else can make a file there, on any Linux.
NOBODYS = Path("/sys/kernel")


def database(path: Path) -> Path:
    """Make a database with a table that fills some blocks."""
    with connect(path) as made:
        made.execute("create table t as select uuid() as a from range(50000)")
    return path


def changed(path: Path, place: int) -> None:
    """Turn one byte of a file around."""
    held = bytearray(path.read_bytes())
    held[place] ^= 255
    path.write_bytes(held)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond that: a full disk, for who is no root."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def of_text(path: Path) -> None:
    path.write_text("no database, but words about a block and a lock\n" * 500)


def cut_off(path: Path) -> None:
    path.write_bytes(database(path).read_bytes()[:9000])


def with_a_changed_header(path: Path) -> None:
    changed(database(path), 30)


def without_content(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.mkdir()


BROKEN = [a_folder, of_text, cut_off, with_a_changed_header, without_content]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_damaged_warehouse_is_not_open_elsewhere(
    tmp_path: Path, broken: Callable[[Path], None]
) -> None:
    home = Home(tmp_path / "a block with a lock")
    home.folder.mkdir()
    broken(home.warehouse)

    with pytest.raises(Damaged) as told, only_run(home):
        pass

    assert str(home.warehouse) in str(told.value)
    assert "delete this file" in str(told.value)


def test_a_warehouse_that_is_open_elsewhere_is_another_run(tmp_path: Path) -> None:
    home = Home(tmp_path)
    database(home.warehouse)
    hold = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); "
        "print(1, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(home.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()

        with pytest.raises(AnotherRun, match="Somebody has"), only_run(home):
            pass

        holder.communicate(b"\n")


@pytest.mark.parametrize("broken", [a_folder, of_text, cut_off, without_content])
def test_a_damaged_ledger_is_never_to_be_deleted(
    tmp_path: Path, broken: Callable[[Path], None]
) -> None:
    broken(tmp_path / "ledger.duckdb")

    with pytest.raises(LedgerUnreadable) as told:
        open_ledger(tmp_path / "ledger.duckdb")

    assert "Restore its newest backup" in str(told.value)
    assert "delete" not in str(told.value)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_damaged_inspection_file_can_be_made_again(
    tmp_path: Path, broken: Callable[[Path], None]
) -> None:
    home = Home(tmp_path)
    broken(home.inspection)

    with pytest.raises(Damaged, match="`lenke plan` makes it anew"):
        look.ask(home, "select * from t")


@pytest.mark.parametrize(
    "told",
    [b"odd", b"an-id not-a-number", b"\xb5\xff\x00", b"", b"an-id " + b"9" * 5000],
)
def test_an_odd_id_of_the_ledger_says_what_it_should_hold(
    tmp_path: Path, told: bytes
) -> None:
    (tmp_path / "ledger.id").write_bytes(told)

    with pytest.raises(ConfigurationError, match="the id of a ledger and its step"):
        read_identity(tmp_path)


@pytest.mark.parametrize("told", ["{}/a-file", "{}/a-file/below", "~nobody-is-this/x"])
def test_a_home_that_is_no_folder_is_a_wrong_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("LENKE_HOME", told.format(tmp_path))

    with pytest.raises(ConfigurationError, match="LENKE_HOME"):
        find_home()


def test_a_home_with_a_question_mark_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENKE_HOME", str(tmp_path / "what?"))

    with pytest.raises(ConfigurationError, match="question mark"):
        find_home()


@pytest.mark.skipif(not NOBODYS.is_dir(), reason="of Linux")
def test_a_home_that_cannot_be_written_is_a_wrong_setting() -> None:
    with pytest.raises(NotOurs, match="/sys/kernel"), only_run(Home(NOBODYS)):
        pass


@pytest.mark.parametrize("name", ["a b", "it's", '"x"', "æøå", "100%", "[x]*#", "a;b"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / name)
    home.folder.mkdir()
    database(home.inspection)
    with only_run(home), open_ledger(home.ledger):
        pass

    assert look.ask(home, "select count(*) from t").rows == [(50_000,)]


def test_a_full_disk_is_told_as_that_by_the_ledger(tmp_path: Path) -> None:
    with files_of_at_most(20_000), pytest.raises(Exception, match="too large") as said:
        ensure_ledger(tmp_path / "ledger.duckdb")

    assert isinstance(in_words(said.value), DiskFull)
    # Half a ledger would be one that nobody can read.
    assert not (tmp_path / "ledger.duckdb").exists()
    assert open_ledger(tmp_path / "ledger.duckdb").identity.run_counter == 0


def test_a_full_disk_is_no_systems_trouble(tmp_path: Path) -> None:
    with files_of_at_most(300_000), pytest.raises(duckdb.Error) as said:
        database(tmp_path / "w.duckdb")

    for _ in range(2):
        with pytest.raises(DiskFull, match="Make room"):
            unforeseen("crmoffice", "reading it", said.value)


FULL = 'IO Error: Could not write file "/h/w.duckdb": No space left on device'


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (FULL, DiskFull),
        (f"TransactionContext Error: Failed to commit: {FULL[10:]}", DiskFull),
        (
            'IO Error: Checkpoint failed for database "w". The database has been '
            f"invalidated. Original error: {FULL[10:]}",
            DiskFull,
        ),
        ("[Errno 28] No space left on device", DiskFull),
        (
            'IO Error: Could not set lock on file "/h/w.duckdb": Conflicting lock',
            InUse,
        ),
        ('IO Error: Cannot open file "/h/w.duckdb": Permission denied', NotOurs),
        ("Corrupt database file: computed checksum 1 does not match", Damaged),
        ('Conversion Error: Could not convert string "lock on file" to INT64', None),
        ("Conversion Error: no number: No space left on device", None),
        ('Catalog Error: Table with name "Corrupt database file: " is not there', None),
    ],
)
def test_what_duckdb_says_is_judged_by_how_it_begins(
    said: str, meant: type[LenkeError] | None
) -> None:
    found = trouble_told(said)

    assert found is None if meant is None else type(found) is meant


def test_forty_models_that_meet_a_full_disk_are_told_once() -> None:
    class Result:
        status = "error"
        node = type("node", (), {"name": "match_links"})
        message = f"Runtime Error in model match_links (models/x.sql)\n  {FULL}"

    class Built:
        result = type("results", (), {"results": [Result] * 40})

    told = by_dbt.what_failed(Built)

    assert isinstance(told, DiskFull)
    assert str(told).count("No space left") == 1


def test_an_error_of_a_connection_is_not_about_a_file() -> None:
    assert trouble_in(PermissionError(13, "Permission denied")) is None
    assert isinstance(in_words(PermissionError(13, "Permission denied")), Defect)
    assert isinstance(trouble_in(PermissionError(13, "no", "/h/x")), NotOurs)
    assert isinstance(trouble_in(OSError(28, "full")), StopRun)


def test_a_file_of_a_newer_duckdb_is_not_damaged() -> None:
    said = (
        "IO Error: Trying to read a database file with storage version number 99999, "
        "but we can only read storage versions between 64 and 69."
    )

    assert meaning_of(said) == "newer"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_a_wrong_setting(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(NotOurs), only_run(Home(tmp_path)):
        pass


def test_a_query_that_a_person_stopped_is_no_defect(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit) as ended, words_for_errors():
        raise RuntimeError("Query interrupted")  # DuckDB's words for Ctrl-C

    assert ended.value.exit_code == 1
    assert capsys.readouterr().err.startswith("Stopped.")


@pytest.mark.parametrize("judged", [in_words, lambda e: unforeseen("crm", "it", e)])
def test_stopping_goes_on_past_whoever_judges_errors(
    judged: Callable[[Exception], object],
) -> None:
    with pytest.raises(KeyboardInterrupt):
        judged(RuntimeError("Query interrupted"))
