"""The mutants can be made, and one of them shows that tests catch them."""

import pytest

from lenke._home import PROJECT
from tests.mutants.__main__ import is_caught
from tests.mutants._mutants import MUTANTS, Mutant


def test_there_are_enough_mutants_with_names_of_their_own() -> None:
    names = [mutant.name for mutant in MUTANTS]

    assert len(set(names)) == len(names) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_a_mutant_switches_off_is_there(mutant: Mutant) -> None:
    text = (PROJECT / mutant.file).read_text(encoding="utf-8")

    assert text.count(mutant.before) == 1, f"{mutant.file} has changed"
    assert mutant.after != mutant.before
    for test in mutant.tests:
        assert (PROJECT / test.split("::")[0]).exists(), test


def test_a_session_that_follows_any_origin_is_noticed() -> None:
    [mutant] = [each for each in MUTANTS if each.name == "origin_not_pinned"]

    caught, told = is_caught(mutant)

    assert caught, told
