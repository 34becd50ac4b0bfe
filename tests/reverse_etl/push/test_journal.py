"""Intents and receipts are on disk when their call returns, in the order they came."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from connections.http.errors import StopRun
from connections.http.exact_json import parsed
from ledger.ledger import Ledger, open_ledger
from reverse_etl.push.journal import Journal
from reverse_etl.wire.system import Stored
from tests.reverse_etl.planning import events
from tests.reverse_etl.push.journaled import CITY, NOON, STAMP, done, intent


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        yield opened


def test_an_intent_tells_what_will_be_sent(ledger: Ledger) -> None:
    Journal(ledger).intent(intent("w1"))

    [row] = ledger.fetch(
        "select event, event_at, properties_before, properties_after, delivered, "
        "payload_hash, status from ledger.writes"
    )

    assert row[:2] == ("intent", NOON.replace(tzinfo=None))
    assert parsed(row[2]) == {"billingAddress.city": "Voss"}
    assert parsed(row[3]) == {"billingAddress.city": "Ål", "email": None}
    assert parsed(row[4]) == {"Poststed": "Ål", "Epost": None}
    assert row[5:] == ("payload", None)


def test_a_receipt_keeps_the_written_members_of_a_record_and_no_other(
    ledger: Ledger,
) -> None:
    record = {"billingAddress": {"city": "ÅL", "line1": "x"}, "Personnummer": "secret"}

    Journal(ledger).receipt(done(intent("w1"), Stored("77", record, STAMP, "8")))

    [row] = ledger.fetch(
        "select stored, stored_stamp, stored_version from ledger.writes"
    )
    assert parsed(row[0]) == {"Poststed": "ÅL"}
    assert row[1:] == (STAMP, "8")


def test_many_threads_keep_their_own_order(ledger: Ledger) -> None:
    journal = Journal(ledger)

    def writes(worker: int) -> None:
        for number in range(20):
            mine = intent(f"{worker:02}-{number:02}")
            journal.intent(mine)
            journal.receipt(done(mine, CITY))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writes, range(8)))

    rows = ledger.fetch("select write_id, event from ledger.writes order by rowid")
    for worker in range(8):
        mine = [row for row in rows if row[0].startswith(f"{worker:02}-")]
        assert mine == [
            (f"{worker:02}-{number:02}", event)
            for number in range(20)
            for event in ("intent", "receipt")
        ]


def test_rows_that_wait_together_are_committed_together(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(ledger)
    begun, may_go_on = threading.Event(), threading.Event()
    transaction = ledger.transaction
    commits = []

    @contextmanager
    def slow() -> Iterator[duckdb.DuckDBPyConnection]:
        commits.append(1)
        begun.set()
        may_go_on.wait(10)
        with transaction() as connection:
            yield connection

    monkeypatch.setattr(ledger, "transaction", slow)
    with ThreadPoolExecutor(9) as pool:
        pool.submit(journal.intent, intent("first"))
        begun.wait(10)
        for number in range(8):
            pool.submit(journal.intent, intent(f"w{number}"))
        while len(journal._together.gathering.rows) < 8:
            threading.Event().wait(0.01)
        may_go_on.set()

    assert len(events(ledger)) == 9
    assert len(commits) == 2


def test_what_a_call_returned_for_survives_a_kill(tmp_path: Path) -> None:
    killed = """
import os, sys
from pathlib import Path
from tests.reverse_etl.push.journaled import CITY, done, intent
from reverse_etl.push.journal import Journal
from ledger.ledger import open_ledger
journal = Journal(open_ledger(Path(sys.argv[1])))
journal.intent(intent("w1"))
journal.receipt(done(intent("w1"), CITY))
journal.intent(intent("w2"))
os.kill(os.getpid(), 9)
"""
    path = tmp_path / "ledger.duckdb"

    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)

    with open_ledger(path) as ledger:
        assert events(ledger) == [
            ("intent", None), ("receipt", "done"), ("intent", None),
        ]  # fmt: skip


def test_a_row_that_cannot_be_committed_stops_the_run(ledger: Ledger) -> None:
    journal = Journal(ledger)
    ledger.connection.execute("drop table ledger.writes")

    with pytest.raises(StopRun, match="Nothing more is written"):
        journal.intent(intent("w1"))


def test_a_receipt_that_nobody_waits_for_is_on_disk_before_the_next_intent(
    ledger: Ledger,
) -> None:
    journal = Journal(ledger)

    journal.hand_in(done(intent("w1"), CITY))
    journal.intent(intent("w2"))

    assert events(ledger) == [("receipt", "done"), ("intent", None)]


def test_a_receipt_that_is_lost_stops_the_next_intent_and_the_end(
    ledger: Ledger,
) -> None:
    journal = Journal(ledger)
    ledger.connection.execute("alter table ledger.writes rename to elsewhere")

    journal.hand_in(done(intent("w1"), CITY))
    with pytest.raises(StopRun, match="Nothing more is written"):
        journal.intent(intent("w2"))
    ledger.connection.execute("alter table ledger.elsewhere rename to writes")
    with pytest.raises(StopRun, match="Nothing more is written"):
        journal.intent(intent("w3"))
    with pytest.raises(StopRun, match="Nothing more is written"):
        journal.close()

    assert events(ledger) == [("intent", None)]


def test_what_keeps_a_commit_from_being_made_reaches_all_who_wait_for_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    transaction = ledger.transaction

    @contextmanager
    def slow_and_full() -> Iterator[duckdb.DuckDBPyConnection]:
        first = not begun.is_set()
        begun.set()
        may_go_on.wait(10)
        if not first:
            raise StopRun("the disk is full")
        with transaction() as connection:
            yield connection

    monkeypatch.setattr(ledger, "transaction", slow_and_full)
    journal = Journal(ledger)
    with ThreadPoolExecutor(5) as pool:
        kept = pool.submit(journal.intent, intent("first"))
        begun.wait(10)
        lost = [pool.submit(journal.intent, intent(f"w{n}")) for n in range(4)]
        while len(journal._together.gathering.rows) < 4:
            threading.Event().wait(0.01)
        may_go_on.set()

    assert kept.exception() is None
    assert {str(each.exception()) for each in lost} == {"the disk is full"}
    with pytest.raises(StopRun, match="the disk is full"):
        journal.close()
    assert events(ledger) == [("intent", None)]


def test_closing_waits_for_every_row_that_was_handed_in(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    transaction = ledger.transaction

    @contextmanager
    def slow() -> Iterator[duckdb.DuckDBPyConnection]:
        begun.set()
        threading.Event().wait(0.2)
        with transaction() as connection:
            yield connection

    monkeypatch.setattr(ledger, "transaction", slow)
    journal = Journal(ledger)
    threading.Thread(target=journal.intent, args=[intent("w1")], daemon=True).start()
    begun.wait(10)

    journal.close()

    assert events(ledger) == [("intent", None)]
