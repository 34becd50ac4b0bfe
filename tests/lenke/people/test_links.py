"""What people decide about pairs and values: decisions that wait count."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError
from ledger.identity import read_identity
from ledger.ledger import Ledger, open_ledger
from lenke.people import conflicts, links
from lenke.people.links import pair_of
from lenke.people.to_be import Pair, to_be
from tests.lenke.published import publish

FLOW = "tidsbanken_ansatt__crmoffice_contacts"
ANNE, BO = "tidsbanken:ansatt:1", "tidsbanken:ansatt:2"
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)

Decide = Callable[[str, str, str], str]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger in which Anne is linked with contact 11, in a home with few records."""
    publish(
        tmp_path,
        records=[
            {
                **dict(zip(("system", "entity", "record_id"), key, strict=True)),
                "record_key": ":".join(key),
                "is_there": key[2] != "14",
            }
            for key in (
                *(("tidsbanken", "ansatt", each) for each in ("1", "2", "3")),
                *(
                    ("crmoffice", "contacts", each)
                    for each in ("11", "12", "13", "14", "70/5")
                ),
            )
        ],
    )
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        opened.start_run("sync")
        _insert_link(opened, ANNE, "crmoffice:contacts:11")
        yield opened


@pytest.fixture
def decide(ledger: Ledger) -> Decide:
    """Give `decide("link", "1", "12")`."""

    def decide(kind: str, source: str, target: str) -> str:
        words: str = getattr(links, kind)(ledger, pair_of(FLOW, source, target), None)
        return words

    return decide


def _insert_link(ledger: Ledger, source_key: str, target_key: str) -> None:
    ledger.connection.execute(
        "insert into ledger.links (flow, source_key, target_key, matched_by, "
        "established_at, established_run_id) values (?, ?, ?, 'created', ?, 'r')",
        [FLOW, source_key, target_key, ledger.now()],
    )


def _targets(ledger: Ledger) -> dict[str, str]:
    """Give the links that there will be."""
    return {pair.source_key: pair.target_key for pair in to_be(ledger)}


def test_after_an_unlink_that_waits_another_pair_can_be_linked(
    ledger: Ledger, decide: Decide
) -> None:
    with pytest.raises(ConfigurationError, match="lenke unlink"):
        decide("link", "1", "12")
    decide("unlink", "1", "11")

    assert "belong together" in decide("link", "1", "12")

    assert _targets(ledger) == {ANNE: "crmoffice:contacts:12"}


def test_what_is_to_be_linked_is_linked_with_nothing_else(
    ledger: Ledger, decide: Decide
) -> None:
    decide("link", "2", "12")

    for source, target in (("2", "13"), ("3", "12")):
        with pytest.raises(ConfigurationError, match="lenke decisions withdraw"):
            decide("link", source, target)
    assert "will be linked already" in decide("link", "2", "12")

    assert _targets(ledger) == {
        ANNE: "crmoffice:contacts:11",
        BO: "crmoffice:contacts:12",
    }


def test_a_target_that_is_linked_elsewhere_is_not_to_be_had(decide: Decide) -> None:
    with pytest.raises(ConfigurationError, match="contacts:11 is linked already"):
        decide("link", "2", "11")


def test_of_two_decisions_about_a_pair_the_later_counts_and_says_so(
    ledger: Ledger, decide: Decide
) -> None:
    decide("link", "2", "12")
    assert "The earlier link" in decide("unlink", "2", "12")
    assert _targets(ledger) == {ANNE: "crmoffice:contacts:11"}
    decide("unlink", "1", "11")
    assert _targets(ledger) == {}

    words = decide("link", "1", "11")

    assert "The earlier unlink" in words
    assert "stay linked" in words
    assert _targets(ledger) == {ANNE: "crmoffice:contacts:11"}


def test_a_link_that_a_run_made_and_that_ended_since_is_not_waited_for(
    ledger: Ledger, decide: Decide
) -> None:
    decide("link", "2", "12")
    run = ledger.start_run("sync").run_id
    ledger.connection.execute(
        "insert into ledger.links (flow, source_key, target_key, matched_by, "
        "established_at, established_run_id, ended_at) "
        "values (?, ?, 'crmoffice:contacts:12', 'person', ?, ?, ?)",
        [FLOW, BO, ledger.now(), run, ledger.now()],
    )

    assert BO not in _targets(ledger)
    assert "belong together" in decide("link", "2", "13")


@pytest.mark.parametrize("kind", ["link", "unlink"])
@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("99", "12", "No record '99' is in the newest listing of tidsbanken ansatt"),
        ("2", "5", "The nearest ids are 70/5"),
        ("2", "14", "contacts:14 is not there any more"),
        ("2", "customwebshop:customer:1", "should begin with crmoffice:contacts:"),
        ("2", "tidsbanken:ansatt:2", "should begin with crmoffice:contacts:"),
        ("", "12", "Nothing is no tidsbanken ansatt"),
    ],
)
def test_a_record_that_is_not_there_is_refused_in_words(
    ledger: Ledger, decide: Decide, kind: str, source: str, target: str, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words):
        decide(kind, source, target)

    assert ledger.fetch("select count(*) from ledger.decisions") == [(0,)]


def test_a_pair_that_was_linked_is_unlinked_also_when_a_record_is_gone(
    ledger: Ledger, decide: Decide
) -> None:
    _insert_link(ledger, BO, "crmoffice:contacts:14")

    decide("unlink", "2", "14")

    assert Pair(FLOW, BO, "crmoffice:contacts:14") not in to_be(ledger)


def test_a_decision_is_a_step_of_the_ledger_and_told_outside(
    ledger: Ledger, decide: Decide
) -> None:
    before = ledger.identity.run_counter

    decide("link", "2", "12")

    assert ledger.identity.run_counter == before + 1
    assert read_identity(ledger.path.parent) == ledger.identity


def test_an_old_ledger_takes_no_step_for_a_decision(
    ledger: Ledger, decide: Decide
) -> None:
    ledger.start_run("sync")
    ledger.connection.execute("update ledger.identity set run_counter = 1")

    decide("link", "2", "12")

    assert ledger.identity.run_counter == 1
    assert ledger.told_otherwise() is not None


@pytest.fixture
def conflict(ledger: Ledger) -> str:
    """What contact 11 said of Anne, and lost."""
    ledger.connection.execute(
        "insert into ledger.conflicts values ('c1', ?, 'Fornavn', 'tidsbanken', ?, "
        "'Anne', 'crmoffice', 'crmoffice:contacts:11', 'Ane', 'newest', 'r', ?, "
        "'open')",
        [ANNE, ANNE, ledger.now()],
    )
    return "c1"


def test_a_value_of_a_member_is_restored(ledger: Ledger, conflict: str) -> None:
    assert len(conflicts.restore(ledger, conflict, None)) == 1
    assert ledger.fetch("select kind, target_key, step from ledger.decisions") == [
        ("restore", "crmoffice:contacts:11", ledger.identity.run_counter)
    ]


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_value_of_a_record_whose_link_ends_or_has_ended_is_not_restored(
    ledger: Ledger, decide: Decide, conflict: str, is_ended: bool
) -> None:
    decide("unlink", "1", "11")
    if is_ended:
        ledger.connection.execute("update ledger.links set ended_at = now()")

    with pytest.raises(ConfigurationError, match=f"lenke link {FLOW} {ANNE}"):
        conflicts.restore(ledger, conflict, None)

    decide("link", "1", "11")
    assert len(conflicts.restore(ledger, conflict, None)) == 1


def test_what_a_person_had_restored_is_still_of_the_record_that_it_is_from(
    ledger: Ledger, decide: Decide, conflict: str
) -> None:
    conflicts.restore(ledger, conflict, None)
    ledger.connection.execute(
        "insert into ledger.conflicts select 'c2', source_key, property, "
        "winning_system, winning_key, winning_value, 'lenke', 'lenke:person:anne', "
        "losing_value, 'newest', run_id, noted_at, 'open' from ledger.conflicts"
    )
    decide("unlink", "1", "11")

    with pytest.raises(ConfigurationError, match="is from crmoffice:contacts:11"):
        conflicts.restore(ledger, "c2", None)


@pytest.mark.parametrize(
    ("rule", "losing_key", "is_restored"),
    [
        ("target_gone", "crmoffice:contacts:11", True),
        ("source_gone", "crmoffice:contacts:11", False),
        ("newest", ANNE, True),
    ],
)
def test_what_the_end_of_a_link_left_behind_is_restored_where_there_is_a_star(
    ledger: Ledger, conflict: str, rule: str, losing_key: str, is_restored: bool
) -> None:
    ledger.connection.execute("update ledger.links set ended_at = now()")
    ledger.connection.execute(
        "update ledger.conflicts set rule = ?, losing_key = ?", [rule, losing_key]
    )

    if is_restored:
        assert len(conflicts.restore(ledger, conflict, None)) == 1
    else:
        with pytest.raises(ConfigurationError, match="that record is gone"):
            conflicts.restore(ledger, conflict, None)
