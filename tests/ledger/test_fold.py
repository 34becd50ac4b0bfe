"""Receipts become what is remembered, once each."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from connections.http.exact_json import written
from ledger.fold import fold
from ledger.ledger import Ledger, open_ledger
from ledger.matched_by import ADOPTED, CREATED
from reverse_etl.push.journal import Intent, Journal, Receipt
from reverse_etl.wire.system import Stored
from tests.reverse_etl.planning import links
from tests.reverse_etl.push.journaled import CITY, NOON, STAMP, done, intent


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        yield opened


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


def test_of_values_in_two_parts_of_a_fold_the_newest_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.fold.AT_ONCE", 2)
    times = iter(NOON.replace(second=second) for second in range(20))
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: next(times)) as ledger:
        journal = Journal(ledger)
        for number, city in enumerate(("Ål", "Os", "Voss", "Moss", "Rana")):
            stored = Stored("77", {"billingAddress": {"city": city}}, STAMP, "8")
            journal.intent(intent(f"w{number}"))
            journal.receipt(done(intent(f"w{number}"), stored))

        assert fold(ledger) == 5

        assert [row[2] for row in observations(ledger)] == ["null", '"Rana"']


def test_a_large_fold_needs_little_memory(ledger: Ledger) -> None:
    changes = [
        {"property": name, "after": "x" * 60, "delivered": "x" * 60}
        for name in ("Navn", "Epost", "Telefon", "Poststed")
    ]
    ledger.connection.execute("set memory_limit = '150MB'")
    ledger.connection.execute(
        "insert into ledger.writes by name select 'w' || number as write_id, "
        "unnest(['intent', 'receipt']) as event, unnest([null, 'done']) as status, "
        "'r' as run_id, now()::timestamp as event_at, 'create' as operation, "
        "'kunde__customer' as flow, 'customwebshop' as system_name, "
        "'customer' as entity, number as record_id, "
        "'tidsbanken:kunde:' || number as source_key, '{}' as stored, "
        "? as changes from range(50000) as numbers (number)",
        [written(changes)],
    )

    assert fold(ledger) == 50_000

    assert ledger.fetch(
        "select (select count(*) from ledger.links), "
        "(select count(*) from ledger.observations)"
    ) == [(50_000, 200_000)]


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
