"""`lenke backup` and `lenke restore`: whole, private, and never over a ledger."""

import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from connections.private.records import HASH_KEY_FILE
from ledger.identity import Identity, read_identity, write_identity
from ledger.ledger import open_ledger
from lenke.cli import app
from lenke.home.lock import only_run
from lenke.home.places import Home

KEY = "0123456789abcdef" * 4


def lenke(home: Path, *words: str) -> Result:
    """Run the command here."""
    return CliRunner().invoke(app, list(words), env={"LENKE_HOME": str(home)})


@pytest.fixture(autouse=True)
def no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LENKE_HASH_KEY", raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose ledger has come to step 2, with a key and a sign-in."""
    folder = tmp_path / "home"
    folder.mkdir()
    with open_ledger(folder / "ledger.duckdb") as ledger:
        for _ in range(2):
            run = ledger.start_run("sync")
            ledger.finish_run(run.run_id, "done", 0, {})
        ledger.connection.execute(
            "insert into ledger.tenants values "
            "('crmoffice', 'base_url', 'https://a', null, now())"
        )
    (folder / HASH_KEY_FILE).write_text(KEY + "\n")
    (folder / "crmoffice.refresh_token").write_text("a-rotating-token")
    return folder


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of it, without the key."""
    file = tmp_path / "backup.zip"
    made = lenke(home, "backup", str(file))
    assert made.exit_code == 0, made.output
    return file


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(file: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_a_backup_is_its_owners_alone_and_has_neither_key_nor_sign_in(
    backup: Path,
) -> None:
    files = contents(backup)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert set(files) == {"manifest.json", "ledger.duckdb", "ledger.id"}
    assert not any(KEY.encode() in each for each in files.values())
    assert not any(b"a-rotating-token" in each for each in files.values())
    manifest = json.loads(files["manifest.json"])
    assert (manifest["step"], manifest["rows"]["runs"]) == (2, 2)
    assert any("consent" in each for each in manifest["needed"])
    assert any("hash key" in each for each in manifest["needed"])


def test_with_the_key_it_is_restored_as_well(home: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "with-key.zip", tmp_path / "new"
    lenke(home, "backup", str(file), "--with-key")

    restored = lenke(new, "restore", str(file))

    assert restored.exit_code == 0, restored.output
    assert (new / HASH_KEY_FILE).read_text() == KEY + "\n"
    assert stat.S_IMODE((new / HASH_KEY_FILE).stat().st_mode) == 0o600
    assert "hash key" not in restored.stdout


def test_an_empty_home_gets_the_ledger_and_its_id_and_is_told_what_is_missing(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"

    restored = lenke(new, "restore", str(backup))

    assert restored.exit_code == 0, restored.output
    assert "new consent for CRM-Office" in restored.stdout
    assert "hash.key" in restored.stdout
    assert not (new / "crmoffice.refresh_token").exists()
    assert stat.S_IMODE((new / "ledger.duckdb").stat().st_mode) == 0o600
    with open_ledger(new / "ledger.duckdb") as ledger:
        assert ledger.identity == read_identity(home) == read_identity(new)
        assert ledger.told_otherwise() is None
        assert ledger.fetch("select count(*) from ledger.runs") == [(2,)]
    assert {each.name for each in new.iterdir()} == {
        "ledger.duckdb",
        "ledger.id",
        "lenke.lock",
    }


def test_a_home_with_a_ledger_keeps_it(home: Path, backup: Path) -> None:
    before = (home / "ledger.duckdb").read_bytes()

    found = lenke(home, "restore", str(backup))

    assert found.exit_code == 2
    assert "has a ledger" in found.stderr
    assert (home / "ledger.duckdb").read_bytes() == before


def test_what_knows_of_a_later_step_makes_the_restored_ledger_an_old_one(
    backup: Path, tmp_path: Path
) -> None:
    known = read_identity(tmp_path / "home")
    assert known is not None
    witness, told = tmp_path / "witness", tmp_path / "told"
    witness.mkdir()
    write_identity(witness, Identity(known.ledger_id, 9))

    assert lenke(witness, "restore", str(backup)).exit_code == 0
    assert lenke(told, "restore", str(backup), "--old").exit_code == 0

    for folder in (witness, told):
        with open_ledger(folder / "ledger.duckdb") as ledger:
            assert "an old one" in (ledger.told_otherwise() or "")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _flipped(file: Path) -> None:
    files = contents(file)
    ledger = bytearray(files["ledger.duckdb"])
    ledger[len(ledger) // 2] ^= 1
    packed(file, {**files, "ledger.duckdb": bytes(ledger)})


def _emptied(file: Path) -> None:
    """Let it hold a whole ledger of the same id and step that forgot something."""
    ledger = file.with_name("ledger.duckdb")
    ledger.write_bytes(contents(file)["ledger.duckdb"])
    with duckdb.connect() as connection:
        connection.execute(f"attach '{ledger}' as emptied")
        connection.execute("delete from emptied.ledger.runs")
    packed(file, {**contents(file), "ledger.duckdb": ledger.read_bytes()})
    ledger.unlink()


def _foreign_name(file: Path) -> None:
    files = contents(file)
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["../outside"] = {"sha256": "", "bytes": 3}
    files |= {"manifest.json": json.dumps(manifest).encode(), "../outside": b"bad"}
    packed(file, files)


def _unnamed_extra(file: Path) -> None:
    packed(file, {**contents(file), "lenke.toml": b"bad"})


def _another_id(file: Path) -> None:
    files = contents(file)
    manifest = json.loads(files["manifest.json"])
    manifest["step"] = 1
    packed(file, {**files, "manifest.json": json.dumps(manifest).encode()})


def _no_json(file: Path) -> None:
    packed(file, {**contents(file), "manifest.json": b"{"})


def _no_members(file: Path) -> None:
    packed(file, {**contents(file), "manifest.json": b"[]"})


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _newer(file: Path) -> None:
    files = contents(file)
    manifest = json.loads(files["manifest.json"]) | {"format": 99}
    packed(file, {**files, "manifest.json": json.dumps(manifest).encode()})


@pytest.mark.parametrize(
    "harm",
    [
        _cut,
        _flipped,
        _emptied,
        _foreign_name,
        _unnamed_extra,
        _another_id,
        _no_json,
        _no_members,
        _empty,
        _newer,
    ],
)
def test_a_damaged_backup_restores_nothing(
    backup: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    new = tmp_path / "new"
    harm(backup)

    found = lenke(new, "restore", str(backup))

    assert found.exit_code == 1, found.output
    assert "Nothing was restored" in found.stderr.replace("\n", " ")
    assert {each.name for each in new.iterdir()} == {"lenke.lock"}
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("name", ["missing.zip", "."])
def test_what_is_no_file_is_wrong_usage(tmp_path: Path, name: str) -> None:
    found = lenke(tmp_path / "new", "restore", str(tmp_path / name))

    assert found.exit_code == 2


def test_another_hash_key_is_not_replaced(home: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "with-key.zip", tmp_path / "new"
    lenke(home, "backup", str(file), "--with-key")
    new.mkdir()
    (new / HASH_KEY_FILE).write_text("another\n")

    found = lenke(new, "restore", str(file))

    assert found.exit_code == 2
    assert (new / HASH_KEY_FILE).read_text() == "another\n"
    assert not (new / "ledger.duckdb").exists()


def test_while_a_run_is_active_there_is_no_backup(home: Path, tmp_path: Path) -> None:
    with only_run(Home(home), "sync"):
        found = lenke(home, "backup", str(tmp_path / "backup.zip"))

    assert found.exit_code == 5
    assert not (tmp_path / "backup.zip").exists()


def test_a_backup_replaces_a_backup_and_no_other_file(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear ...")

    again = lenke(home, "backup", str(backup))
    found = lenke(home, "backup", str(other))
    over_itself = lenke(home, "backup", str(home / "ledger.duckdb"))

    assert (again.exit_code, found.exit_code, over_itself.exit_code) == (0, 2, 2)
    assert other.read_text() == "Dear ..."


def test_a_failing_disk_leaves_the_older_backup_whole(
    home: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    found = lenke(home, "backup", str(backup))

    assert found.exit_code == 1
    assert "No space left" in found.stderr
    assert backup.read_bytes() == before
    assert not list(backup.parent.glob(".backup*"))
    assert not list(home.glob(".backup*"))


def test_without_a_ledger_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    found = lenke(tmp_path / "new", "backup", str(tmp_path / "backup.zip"))

    assert found.exit_code == 2
    assert "LENKE_HOME" in found.stderr
