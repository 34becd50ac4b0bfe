"""Worlds in which systems give strange answers, and the promises all the same."""

import random
from collections import Counter
from typing import Any

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from simulators.kit.target import target_of
from tests.engine import oracle
from tests.engine.engine import Engine
from tests.engine.events import people_edit
from tests.engine.opening import SMALL_PAGES, engine
from tests.strange.answers import ANSWERS

# Lists are read most, so they are where most strange answers come by themselves.
_OPERATIONS = ("list", "read", "update", "update", "create", "sign_in", "any")
_FROM_NOW_ON = 1_000_000

# Chance alone misses one or the other: worlds with seeds in a row have each in turn.
_KINDS = sorted(ANSWERS)


class Strangeness:
    """What is strange in one run; counts in `reached` what really came."""

    def __init__(self, world: Engine, reached: Counter[str]) -> None:
        """Hook into the systems of a world."""
        self.story: list[str] = []
        self._reached = reached
        self._left: dict[str, list[tuple[str, str, list[int]]]] = {}
        for name, system in world.systems.items():
            system.after.append(self._hook(name, system))

    def begin(self, chance: random.Random, systems: list[str], due: str) -> None:
        """Choose what is strange in the next run, beside what is due in it.

        What is due comes once, from the first system whose answer can be that strange.
        """
        self._left = {name: [] for name in systems}
        for _ in range(chance.randint(3, 8)):
            system, operation = chance.choice(systems), chance.choice(_OPERATIONS)
            kind = chance.choice(_KINDS)
            often = chance.choice((1, 1, 3, _FROM_NOW_ON))
            self._left[system].append((kind, operation, [often]))
            self.story.append(f"{system} {operation}: {kind}, {often} times")
        once = [1]
        for name in systems:
            self._left[name].append((due, "any", once))
        self.story += [f"due: {due}", "a run"]

    def end(self) -> None:
        """Let all answers be as they should."""
        self._left = {}

    def _hook(self, name: str, system: Simulator) -> Any:
        def after(request: Request, response: Response) -> Response:
            if response.status_code >= 300:
                return response
            done = target_of(system, request).operation
            for kind, operation, left in self._left.get(name, []):
                if operation in (done, "any") and left[0] > 0:
                    strange = ANSWERS[kind](response)
                    if strange is not None:
                        left[0] -= 1
                        self._reached[kind] += 1
                        return strange
            return response

        return after


def turn(seed: int, runs: int, reached: Counter[str]) -> int:
    """Turn one world with strange answers, then look at every promise.

    Gives how many values people edited. Raises Violation, with what was strange.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    pages = chance.choice(({}, SMALL_PAGES))
    with engine(synced=chance.random() < 0.8, knobs=pages) as world:
        strange = Strangeness(world, reached)
        try:
            for number in range(runs):
                people_edit(world, chance.randrange(10_000))
                due = _KINDS[(seed * runs + number) % len(_KINDS)]
                strange.begin(chance, list(world.systems), due)
                world.run(full=chance.random() < 0.4)
                oracle.check_after_run(world)
            strange.end()
            oracle.become_quiet(world)
            oracle.check_quiet(world)
        except BaseException as error:
            error.add_note(f"seed {seed}:\n" + "\n".join(strange.story))
            raise
        return len(world.edits)
