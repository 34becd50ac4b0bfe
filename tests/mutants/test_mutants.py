"""The mutants can be made, and one of them shows that tests catch them."""

import re

import pytest

from lenke.home.places import PROJECT
from tests.mutants.copy import a_copy
from tests.mutants.mutant import Mutant, batches
from tests.mutants.mutants import MUTANTS


@pytest.fixture(scope="module")
def unit_tests() -> dict[str, str]:
    """Give dbt's unit tests by name, each with its model."""
    return {
        name: model
        for file in (PROJECT / "models").rglob("*__unit_tests.yml")
        for name, model in re.findall(
            r"^  - name: (\w+)\n    model: (\w+)$",
            file.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }


def test_there_are_enough_mutants_with_names_of_their_own() -> None:
    names = [mutant.name for mutant in MUTANTS]

    assert len(set(names)) == len(names) >= 80


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_a_mutant_switches_off_and_what_should_notice_are_there(
    mutant: Mutant, unit_tests: dict[str, str]
) -> None:
    whole = (PROJECT / mutant.file).read_text(encoding="utf-8")

    assert mutant.changed(PROJECT) != whole
    assert mutant.tests
    for test in mutant.unit_tests:
        model = unit_tests[test]
        assert not mutant.is_of_one_model or mutant.file.endswith(f"/{model}.sql")


def test_mutants_that_could_meet_are_never_made_together() -> None:
    made = batches(MUTANTS)

    assert sorted(one.name for batch in made for one in batch) == sorted(
        mutant.name for mutant in MUTANTS
    )
    for batch in made:
        assert len({mutant.file for mutant in batch}) == len(batch)
        assert len(batch) == 1 or all(mutant.is_of_one_model for mutant in batch)


def test_a_session_that_follows_any_origin_is_noticed() -> None:
    [mutant] = [each for each in MUTANTS if each.name == "origin_not_pinned"]

    with a_copy() as copy:
        [noticed] = copy.noticed([mutant])

    assert noticed, "no test failed"
