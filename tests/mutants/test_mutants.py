"""The mutants can be made, and one of them shows that tests catch them."""

import re

import pytest

from lenke._home import PROJECT
from tests.mutants._copy import a_copy
from tests.mutants._mutant import Mutant
from tests.mutants._mutants import MUTANTS


@pytest.fixture(scope="module")
def unit_tests() -> set[str]:
    """Give the names of dbt's unit tests."""
    return {
        name
        for file in (PROJECT / "models").rglob("*__unit_tests.yml")
        for name in re.findall(
            r"^  - name: (\w+)$", file.read_text(encoding="utf-8"), re.MULTILINE
        )
    }


def test_there_are_enough_mutants_with_names_of_their_own() -> None:
    names = [mutant.name for mutant in MUTANTS]

    assert len(set(names)) == len(names) >= 80


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_a_mutant_switches_off_and_what_should_notice_are_there(
    mutant: Mutant, unit_tests: set[str]
) -> None:
    whole = (PROJECT / mutant.file).read_text(encoding="utf-8")

    assert mutant.changed(PROJECT) != whole
    assert mutant.tests
    assert set(mutant.unit_tests) <= unit_tests
    for test in mutant.pytests:
        file, _, function = test.partition("::")
        assert f"def {function}(" in (PROJECT / file).read_text(encoding="utf-8")


def test_a_session_that_follows_any_origin_is_noticed() -> None:
    [mutant] = [each for each in MUTANTS if each.name == "origin_not_pinned"]

    with a_copy() as copy:
        noticed = copy.noticed(mutant)

    assert noticed, "no test failed"
