"""What other files know of the ledger: a crash hides no old ledger and makes none."""

from pathlib import Path

import duckdb
import pytest

from ledger import ledger as module
from ledger import recover
from ledger.identity import Identity, read_identity
from ledger.ledger import open_ledger
from lenke.home.places import Home
from lenke.home.witnesses import contradicting


class Killed(BaseException):
    """The process ends here."""


def _killed(*_told: object) -> None:
    raise Killed


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A LENKE_HOME with a ledger that has seen one run."""
    made = Home(tmp_path)
    with open_ledger(made.ledger) as ledger:
        ledger.start_run("sync")
    return made


def test_killed_before_the_other_files_are_told_nothing_contradicts(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(home.ledger) as ledger, monkeypatch.context() as patch:
        patch.setattr(module, "write_identity", _killed)
        with pytest.raises(Killed):
            ledger.start_run("sync")
    _tell_warehouse(home, Identity(_identity(home).ledger_id, 1))

    found = contradicting(home, _identity(home))

    assert _identity(home).run_counter == 2
    assert found == []


def test_what_the_warehouse_knows_outlasts_its_next_build(home: Home) -> None:
    ours = _identity(home)
    _tell_warehouse(home, Identity(ours.ledger_id, 7))
    (home.folder / "ledger.id").unlink()

    first = contradicting(home, _identity(home))
    _tell_warehouse(home, ours)  # built anew
    second = contradicting(home, _identity(home))

    assert [each.file for each in first] == ["warehouse.duckdb"]
    assert "knows of step 7" in first[0].words
    assert [each.file for each in second] == ["ledger.id"]


def test_a_recovery_is_told_to_no_other_file_until_it_is_accepted(home: Home) -> None:
    before = read_identity(home.folder)
    with open_ledger(home.ledger) as ledger:
        run = ledger.start_run("sync")
        told = read_identity(home.folder)
        recover.notice(ledger, run.run_id, "it is an old one")
        ledger.start_run("sync")

        assert told != before
        assert read_identity(home.folder) == told
        assert recover.noticed(ledger) == "it is an old one"


def test_a_file_that_cannot_be_read_bears_no_witness(home: Home) -> None:
    home.inspection.write_bytes(b"no database")

    assert contradicting(home, _identity(home)) == []


def _identity(home: Home) -> Identity:
    with open_ledger(home.ledger) as ledger:
        return ledger.identity


def _tell_warehouse(home: Home, told: Identity) -> None:
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("create schema if not exists outbound")
        warehouse.execute(
            "create or replace table outbound.plan_stamp as "
            "select ? as ledger_id, ? as run_counter",
            [told.ledger_id, told.run_counter],
        )
