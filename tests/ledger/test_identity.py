"""What a file tells of a ledger contradicts the ledger that is here, or it doesn't."""

import pytest

from ledger.identity import Identity, contradiction

OURS = Identity("ours", 5)


@pytest.mark.parametrize("runs", [0, 4, 5, 9])
def test_another_customers_ledger_is_noticed_however_many_runs_it_has_seen(
    runs: int,
) -> None:
    words = contradiction(OURS, Identity("theirs", runs), "plan.txt")

    assert words is not None
    assert "plan.txt names ledger theirs" in words


@pytest.mark.parametrize("told", [None, Identity("ours", 5), Identity("ours", 4)])
def test_who_knows_no_more_than_the_ledger_contradicts_nothing(
    told: Identity | None,
) -> None:
    assert contradiction(OURS, told) is None


def test_who_knows_of_a_later_run_shows_that_the_ledger_is_old() -> None:
    words = contradiction(OURS, Identity("ours", 6))

    assert words is not None
    assert "it is an old one" in words
