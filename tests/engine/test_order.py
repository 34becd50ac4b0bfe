"""Without edits at the same time, order and timing change nothing (P12)."""

import random
from typing import Any

import pytest

from loaders.listing import cursor_pages
from tests.engine.engine import Engine
from tests.engine.events import places
from tests.engine.opening import engine
from tests.engine.seeds import held, members

pytestmark = pytest.mark.long

_EDITS = 40


def test_neither_the_order_of_edits_nor_the_number_of_runs_matters() -> None:
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    at_once = _outcome(list(range(_EDITS)), runs=set())
    shuffled = chance.sample(range(_EDITS), _EDITS)
    bit_by_bit = _outcome(shuffled, runs=set(chance.sample(shuffled, 3)))

    assert bit_by_bit == at_once
    assert sum("Æ" in str(value) for value in at_once.values()) > 10


def test_the_size_of_pages_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    order = list(range(_EDITS))
    whole = _outcome(order, runs={20})
    # The web shop and the project system refuse a limit above theirs, so that there
    # it is we who ask for less; the others cut ours down without a word.
    monkeypatch.setattr(cursor_pages, "_PAGE_SIZE", 9)
    in_small_pages = _outcome(
        order,
        runs={20},
        knobs={
            "crmoffice": {"default_page_size": 7, "max_page_size": 7},
            "membercare": {"default_page_size": 2, "max_page_size": 2},
            "tidsbanken": {"default_top": 5, "max_top": 5},
        },
    )

    assert in_small_pages == whole


def _outcome(
    order: list[int], *, runs: set[int], knobs: dict[str, dict[str, Any]] | None = None
) -> dict[tuple[str, str], Any]:
    """Let people edit each property of a star once; give what everybody holds then."""
    with engine(knobs=knobs) as world:
        once = {
            (world.star_of(key), member.property): (key, member)
            for key, member in places(world)
            if member.kind in ("text", "email", "phone")
        }
        chosen = random.Random(7).sample(sorted(once, key=str), _EDITS)  # noqa: S311
        for number in order:
            world._token = 100 + number
            world.clock.advance(3600)
            world.edit(*once[chosen[number]], 0)
            if number in runs:
                world.run()
        for _ in range(3):
            report = world.run()
        assert report is not None
        assert report.exit_code == 0, report.warnings
        assert world.writes() == 0
        return _everything(world)


def _everything(world: Engine) -> dict[tuple[str, str], Any]:
    return {
        (key, member.json_path): held(world.record(key), member.json_path)
        for (system, entity), its in members().items()
        for key in world.keys(system, entity)
        for member in its
    }
