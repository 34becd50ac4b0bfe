"""The models decide what the reference decides, on worlds made up from a seed.

`make planner` compares a million star-properties; here stand a bounded share, the
proof that the comparison can fail. (It tries all of `MUTANTS`, here only some.)
"""

from pathlib import Path

import pytest

from lenke.home.places import PROJECT, Home
from tests.planner.compare import Outcome, built, compare, compared
from tests.planner.mutants import MUTANTS, decide_without
from tests.planner.show import shown
from tests.planner.world import World

STARS = 4_400
STARS_OF_MUTANTS = 400

# Before the models were mended, a third of its stars differed.
SEEDS_THAT_DIFFERED = (2,)
STARS_THAT_DIFFERED = 300

QUICKLY_NOTICED = (
    "ties_go_to_the_last_flow",
    "a_cut_copy_beats_the_whole",
    "a_first_meeting_is_an_edit",
    "groups_are_decided_one_by_one",
    "a_period_is_decided_as_a_whole",
    "losers_are_forgotten",
)


def says(outcome: Outcome) -> str:
    """Show the first stars that differ."""
    return "\n".join(shown(one) for one in outcome.differences[:5])


@pytest.mark.parametrize("name", MUTANTS)
def test_a_rule_that_can_be_switched_off_stands_where_it_is_looked_for(
    name: str,
) -> None:
    mutant = MUTANTS[name]
    [model] = (PROJECT / "models").rglob(f"{mutant.model}.sql")

    assert mutant.rule in model.read_text(encoding="utf-8")


def test_models_and_reference_decide_alike(tmp_path: Path) -> None:
    outcome = compared(1, STARS, tmp_path)

    assert outcome.star_properties >= 20_000
    assert not outcome.differences, says(outcome)


@pytest.mark.parametrize("seed", SEEDS_THAT_DIFFERED)
def test_worlds_that_once_differed_are_decided_alike(seed: int, tmp_path: Path) -> None:
    outcome = compared(seed, STARS_THAT_DIFFERED, tmp_path)

    assert not outcome.differences, says(outcome)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Home]:
    home = Home(tmp_path_factory.mktemp("mutants"))
    return built(3, STARS_OF_MUTANTS, home), home


@pytest.mark.parametrize("name", QUICKLY_NOTICED)
def test_a_rule_that_is_switched_off_is_noticed(
    name: str, decided: tuple[World, Home]
) -> None:
    world, home = decided

    decide_without(MUTANTS[name], home)

    assert compare(world, home).differences
