"""Intents and receipts are on disk when their call returns, in the order they came."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from connections.http.errors import StopRun
from connections.http.exact_json import parsed, written
from ledger.fold import fold
from ledger.ledger import Ledger, open_ledger
from ledger.matched_by import ADOPTED, CREATED
from reverse_etl.push.journal import Intent, Journal, Receipt
from reverse_etl.push.plan import PlannedChange
from reverse_etl.wire.system import Stored
from tests.reverse_etl.planning import events, links

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
STAMP = datetime(2025, 3, 3, 11, 59, 58)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        yield opened


def intent(
    write_id: str, operation: str = "update", record_id: str | None = "77"
) -> Intent:
    return Intent(
        write_id=write_id,
        run_id="run 1",
        operation=operation,
        flow="kunde__customer",
        system_name="customwebshop",
        entity="customer",
        record_id=record_id,
        source_key="tidsbanken:kunde:7",
        changes=(
            PlannedChange(
                "Poststed", "billingAddress.city", "$.billingAddress.city",
                "Voss", True, "Ål", "Ål",
            ),
            PlannedChange("Epost", "email", "$.email", None, False, None, None),
        ),
        payload_hash="payload",
    )  # fmt: skip


def done(
    an_intent: Intent, stored: Stored | None, matched_by: str | None = None
) -> Receipt:
    return Receipt(an_intent, "run 1", "done", stored=stored, matched_by=matched_by)


CITY = Stored("77", {"billingAddress": {"city": "Ål"}, "email": None}, STAMP, "8")


def observations(ledger: Ledger) -> list[tuple[object, ...]]:
    return ledger.fetch(
        "select record_key, property, observed, delivered, is_delivered "
        "from ledger.observations order by record_key, property"
    )


def states(ledger: Ledger) -> list[tuple[object, ...]]:
    return ledger.fetch(
        "select record_key, content_hash, change_stamp, stamp_is_ours, "
        "record_version, waits, written_at from ledger.record_states"
    )


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
        while len(journal._waiting) < 8:
            threading.Event().wait(0.01)
        may_go_on.set()

    assert len(events(ledger)) == 9
    assert len(commits) == 2


def test_what_a_call_returned_for_survives_a_kill(tmp_path: Path) -> None:
    killed = """
import os, sys
from pathlib import Path
from tests.reverse_etl.push.test_journal import CITY, done, intent
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
    with Journal(ledger) as journal, ThreadPoolExecutor(5) as pool:
        kept = pool.submit(journal.intent, intent("first"))
        begun.wait(10)
        lost = [pool.submit(journal.intent, intent(f"w{n}")) for n in range(4)]
        while len(journal._waiting) < 4:
            threading.Event().wait(0.01)
        may_go_on.set()

    assert kept.exception() is None
    assert {str(each.exception()) for each in lost} == {"the disk is full"}
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


def test_what_was_stored_becomes_the_observation(ledger: Ledger) -> None:
    Journal(ledger).intent(intent("w1"))
    Journal(ledger).receipt(done(intent("w1"), CITY))

    folded = fold(ledger)

    assert folded == 1
    assert observations(ledger) == [
        ("customwebshop:customer:77", "Epost", "null", None, True),
        ("customwebshop:customer:77", "Poststed", '"Ål"', "Ål", True),
    ]
    assert states(ledger) == [
        ("customwebshop:customer:77", None, STAMP, True, "8", True,
         NOON.replace(tzinfo=None)),
    ]  # fmt: skip
    assert links(ledger) == []


def test_folding_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with open_ledger(path) as ledger:
        Journal(ledger).intent(intent("w1", "create", None))
        Journal(ledger).receipt(done(intent("w1", "create", None), CITY, CREATED))
        fold(ledger)
    before = path.read_bytes()

    with open_ledger(path) as ledger:
        assert fold(ledger) == 0

    assert path.read_bytes() == before


def test_of_two_writes_to_a_record_the_newer_counts(tmp_path: Path) -> None:
    times = iter(NOON.replace(second=second) for second in range(10))
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: next(times)) as ledger:
        journal = Journal(ledger)
        older = Stored("77", {"billingAddress": {"city": "Ål"}}, STAMP, "8")
        newer = Stored("77", {"billingAddress": {"city": "Os"}}, STAMP, "9")
        for write_id, stored in (("w9", older), ("w1", newer)):
            journal.intent(intent(write_id))
            journal.receipt(done(intent(write_id), stored))

        fold(ledger)

        assert [row[2] for row in observations(ledger)] == ["null", '"Os"']
        assert [row[4] for row in states(ledger)] == ["9"]


def test_a_write_updates_what_was_known_of_its_record(ledger: Ledger) -> None:
    ledger.connection.execute(
        "insert into ledger.observations (record_key, property, observed, delivered, "
        "is_delivered, awaits_answer, run_id, observed_at) values "
        "('customwebshop:customer:77', 'Poststed', '\"Voss\"', 'Voss', true, false, "
        "'r', now()), "
        "('customwebshop:customer:77', 'Navn', '\"N\"', 'N', true, false, 'r', now())"
    )
    ledger.connection.execute(
        "insert into ledger.record_states values ('customwebshop:customer:77', "
        "'hash', now(), false, '7', 'seeds', false, null, 'r')"
    )
    Journal(ledger).intent(intent("w1"))
    Journal(ledger).receipt(done(intent("w1"), CITY))

    fold(ledger)

    assert [row[1:3] for row in observations(ledger)] == [
        ("Epost", "null"), ("Navn", '"N"'), ("Poststed", '"Ål"'),
    ]  # fmt: skip
    [state] = states(ledger)
    assert state[1:6] == ("hash", STAMP, True, "8", True)
    assert ledger.fetch(
        "select property, awaits_answer from ledger.observations order by property"
    ) == [("Epost", True), ("Navn", False), ("Poststed", True)]


def test_what_could_not_be_read_back_counts_as_sent_and_awaits_its_answer(
    ledger: Ledger,
) -> None:
    blind = Stored("77", {}, read_back=False)
    Journal(ledger).intent(intent("w1", "create", None))
    Journal(ledger).receipt(done(intent("w1", "create", None), blind, CREATED))

    fold(ledger)

    assert [row[1:] for row in observations(ledger)] == [
        ("Epost", "null", None, True), ("Poststed", '"Ål"', "Ål", True),
    ]  # fmt: skip
    assert ledger.fetch("select distinct awaits_answer from ledger.observations") == [
        (True,)
    ]
    assert [row[5:] for row in states(ledger)] == [(True, NOON.replace(tzinfo=None))]
    assert [row[2] for row in links(ledger)] == ["created"]


def test_a_write_that_a_later_run_settled_counts_from_when_it_was_sent(
    tmp_path: Path,
) -> None:
    times = iter(NOON.replace(minute=minute) for minute in range(10))
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: next(times)) as ledger:
        journal = Journal(ledger)
        journal.intent(intent("w1"))
        journal.receipt(Receipt(intent("w1"), "run 1", "unknown", error="lost"))
        [(lost_at,)] = ledger.fetch("select max(event_at) from ledger.writes")
        journal.receipt(Receipt(intent("w1"), "run 2", "done", stored=CITY))

        fold(ledger)

        assert [row[6] for row in states(ledger)] == [lost_at]


def test_an_adopted_record_is_linked_and_met_for_the_first_time(
    ledger: Ledger,
) -> None:
    Journal(ledger).intent(intent("w1", "create", None))
    Journal(ledger).receipt(done(intent("w1", "create", None), CITY, ADOPTED))

    fold(ledger)

    assert observations(ledger) == []
    assert [row[3] for row in states(ledger)] == [False]
    assert links(ledger) == [
        ("tidsbanken:kunde:7", "customwebshop:customer:77", "external_reference")
    ]


def test_a_link_that_a_person_made_meanwhile_stays(ledger: Ledger) -> None:
    ledger.connection.execute(
        "insert into ledger.links values ('kunde__customer', 'tidsbanken:kunde:7', "
        "'customwebshop:customer:1', 'decision', now(), 'r', null, null, null, "
        "null, null)"
    )
    Journal(ledger).intent(intent("w1", "create", None))
    Journal(ledger).receipt(done(intent("w1", "create", None), CITY, CREATED))

    fold(ledger)

    assert [row[1] for row in links(ledger)] == ["customwebshop:customer:1"]


def test_a_delete_that_was_done_ends_the_link(ledger: Ledger) -> None:
    ledger.connection.execute(
        "insert into ledger.links values ('kunde__customer', 'tidsbanken:kunde:7', "
        "'customwebshop:customer:77', 'created', now(), 'r', null, null, null, "
        "null, null)"
    )
    Journal(ledger).intent(intent("w1", "delete"))
    Journal(ledger).receipt(done(intent("w1", "delete"), None))

    fold(ledger)

    ended = ledger.fetch("select ended_because, ended_run_id from ledger.links")
    assert ended == [("deleted", "run 1")]
    assert states(ledger) == []


@pytest.mark.parametrize(
    ("native", "observed"),
    [
        (Decimal("1.50"), "1.5"),
        (True, "true"),
        ([{"quantity": 2, "vat": Decimal("25.0")}], '[{"quantity":2,"vat":25.0}]'),
        ('"quoted" \\ line\nbreak', '"\\"quoted\\" \\\\ line\\nbreak"'),
        ("nul \x00 sign", '"nul \\u0000 sign"'),
        ("emoji 🧰", '"emoji 🧰"'),
    ],
)
def test_observations_are_spelt_as_the_models_spell_json(
    ledger: Ledger, native: object, observed: str
) -> None:
    record = {"billingAddress": {"city": native}}
    Journal(ledger).intent(intent("w1"))
    Journal(ledger).receipt(done(intent("w1"), Stored("77", record)))

    fold(ledger)

    [(spelt,)] = ledger.fetch(
        "select observed from ledger.observations where property = 'Poststed'"
    )
    [(as_models_do,)] = duckdb.execute(
        "select cast(json_extract(?, '$.city') as varchar)",
        [written({"city": native})],
    ).fetchall()
    assert spelt == as_models_do == observed


def test_half_a_letter_poisons_no_fold(ledger: Ledger) -> None:
    record = {"billingAddress": {"city": "half \ud83d"}}
    for write_id, stored in (("w1", Stored("76", record)), ("w2", CITY)):
        Journal(ledger).intent(intent(write_id))
        Journal(ledger).receipt(done(intent(write_id), stored))

    folded = fold(ledger)

    assert folded == 2
    assert [row[2] for row in observations(ledger) if row[1] == "Poststed"] == [
        '"half \ufffd"',  # as raw keeps it too, so that a listing shows nothing new
        '"Ål"',
    ]


def created_for(source: str, write_id: str, flow: str = "kunde__customer") -> Intent:
    return replace(
        intent(write_id, "create", None), flow=flow, source_key=f"tidsbanken:{source}"
    )


def test_folding_puts_no_record_into_a_second_star(ledger: Ledger) -> None:
    journal = Journal(ledger)
    first = created_for("avdeling:10", "w1", "avdeling__customer")
    journal.intent(first)
    journal.receipt(done(first, CITY, CREATED))
    fold(ledger)
    before = observations(ledger), states(ledger), links(ledger)

    second = created_for("kunde:7", "w2")
    journal.intent(second)
    told = replace(CITY, record={"billingAddress": {"city": "Voss"}}, version="9")
    journal.receipt(done(second, told, CREATED))

    assert fold(ledger) == 1
    assert (observations(ledger), states(ledger), links(ledger)) == before
    assert len(before[2]) == 1
    assert fold(ledger) == 0


def test_folding_two_creates_of_one_record_believes_the_first(ledger: Ledger) -> None:
    journal = Journal(ledger)
    for number, source in enumerate(("avdeling:10", "kunde:7")):
        wanted = created_for(source, f"w{number}", f"flow {number}")
        journal.intent(wanted)
        journal.receipt(done(wanted, CITY, CREATED))

    assert fold(ledger) == 2
    assert links(ledger) == [
        ("tidsbanken:avdeling:10", "customwebshop:customer:77", "created")
    ]


def test_folding_a_property_that_was_sent_twice_believes_what_was_sent_last(
    ledger: Ledger,
) -> None:
    journal = Journal(ledger)
    city = intent("w1").changes[0]
    twice = replace(
        intent("w1"), changes=(replace(city, after="Bø", delivered="Bø"), city)
    )
    journal.intent(twice)
    journal.receipt(done(twice, None))

    fold(ledger)

    [(_, _, observed, delivered, _)] = observations(ledger)
    assert (observed, delivered) == ('"Ål"', "Ål")
