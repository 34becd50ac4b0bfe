"""A finding is there since the first run that had it, and forgotten when it goes."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ledger.decide import write_down
from ledger.ledger import Ledger, ensure_ledger, open_ledger
from lenke.people.decided import Decision, take_back
from lenke.people.decided import write_down as decided

KARI = "crmoffice:contacts:1"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Home:
    """A ledger beside a warehouse that holds what a build has found."""

    def __init__(self, folder: Path) -> None:
        self.ledger = folder / "ledger.duckdb"
        self.warehouse = folder / "warehouse.duckdb"
        ensure_ledger(self.ledger)
        with duckdb.connect(str(self.warehouse)) as warehouse:
            warehouse.execute(
                "create schema inspection; create schema matching; "
                "create table inspection.inspect_findings "
                "(finding_id text, record_key text); "
                "create table matching.match_systems as select 'crmoffice' as "
                "system_name, true as is_configured, true as is_usable, "
                "false as is_paused"
            )

    def run(self, run_id: str, *found: tuple[str, str], usable: bool = True) -> None:
        """Write down what a build has found."""
        with duckdb.connect(str(self.warehouse)) as warehouse:
            warehouse.execute("delete from inspection.inspect_findings")
            for row in found:
                warehouse.execute(
                    "insert into inspection.inspect_findings values (?, ?)", row
                )
            warehouse.execute(
                "update matching.match_systems set is_usable = ?", [usable]
            )
        with self.opened() as ledger:
            write_down(ledger, run_id, ("keep_findings",))

    def opened(self) -> Ledger:
        return open_ledger(self.ledger, lambda: NOON, beside=self.warehouse)

    def known(self) -> dict[str, str]:
        with self.opened() as ledger:
            return dict(ledger.fetch("select finding_id, run_id from ledger.findings"))

    def over(self) -> int:
        with self.opened() as ledger:
            return len(
                ledger.fetch(
                    "select 1 from ledger.done_decisions where outcome = 'over'"
                )
            )

    def let_stand(self, finding_id: str) -> None:
        with self.opened() as ledger:
            each = Decision("acknowledge_finding", KARI, payload_hash=finding_id)
            decided(ledger, [each], None)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_finding_is_there_since_the_first_run_that_had_it(home: Home) -> None:
    home.run("r1", ("a", KARI))
    home.run("r2", ("a", KARI), ("b", KARI))

    assert home.known() == {"a": "r1", "b": "r2"}


def test_one_that_went_away_and_came_back_is_new(home: Home) -> None:
    home.run("r1", ("a", KARI))
    home.let_stand("a")
    home.run("r2", ("a", KARI))
    assert home.over() == 0
    home.run("r3")
    home.run("r4", ("a", KARI))

    assert home.known() == {"a": "r4"}
    assert home.over() == 1


def test_while_a_system_cannot_be_told_no_record_is_forgotten(home: Home) -> None:
    home.run("r1", ("a", KARI), ("rests", "crmoffice"))
    home.let_stand("a")
    home.run("r2", usable=False)

    assert home.known() == {"a": "r1"}
    assert home.over() == 0


def test_what_stood_only_in_a_plan_does_not_stand_for_ever(home: Home) -> None:
    home.let_stand("a")
    home.run("r1")

    assert home.over() == 1


def test_a_refusal_is_not_over_when_it_waits_no_more(home: Home) -> None:
    with home.opened() as ledger:
        decided(ledger, [Decision("acknowledge", KARI, payload_hash="p")], None)
    home.run("r1")

    assert home.over() == 0


def test_what_was_taken_back_is_taken_back(home: Home) -> None:
    home.let_stand("a")
    with home.opened() as ledger:
        rows = ledger.fetch("select decision_id from ledger.decisions")
        take_back(ledger, [decision for (decision,) in rows], None)
    home.run("r1", ("a", KARI))

    assert home.over() == 0
    assert home.known() == {"a": "r1"}
