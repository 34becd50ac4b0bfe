"""Build a world: systems with believable Norwegian data, some of it awkward.

    simulators = open_simulators(None, clock=clock)
    summary = build_world(simulators, seed=1, size=SMALL, clock=clock)

The same seed and size give the same records; the same moment, too, gives the same world
byte for byte. What a system holds is in `parts/<system>/world.py`, a module with a
function `fill(ground, facts)`; a system without one stays empty.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from random import Random

from simulators.kit.clock import Clock, VirtualClock, system_clock
from simulators.kit.core import Simulator
from simulators.world.facts import Facts, draw_facts
from simulators.world.ground import Ground
from simulators.world.size import LARGE as LARGE
from simulators.world.size import MEDIUM as MEDIUM
from simulators.world.size import SIZES as SIZES
from simulators.world.size import SMALL as SMALL
from simulators.world.size import Size as Size
from simulators.world.truth import Matching as Matching
from simulators.world.truth import Pair as Pair
from simulators.world.truth import expected_matches as expected_matches

_MARK = "world"  # a number kept beside the records: the seed
_SHARED_STAMPS = 0.1  # the share of records that were imported with their neighbour
_WHOLE_SECONDS = 0.1
_LONGEST_AGO_DAYS = 400


@dataclass(frozen=True)
class WorldSummary:
    """What a reader of a world needs.

    `seed` is that of the world that is there. `counts` is system -> entity -> number of
    records put in now. `matches` is match flow -> what it should find, worked out from
    what the systems hold.
    """

    seed: int
    counts: Mapping[str, Mapping[str, int]]
    matches: Mapping[str, Matching]


def build_world(
    simulators: Mapping[str, Simulator],
    *,
    seed: int,
    size: Size,
    clock: Clock = system_clock,
) -> WorldSummary:
    """Put a world into simulators, all of them or some, and say what is in them.

    A simulator that has one is left as it is, so this may be called at every start.

    `clock` is the one that the simulators run by. A VirtualClock is moved about in the
    400 days before while records are made, so that they were last changed at different
    times, and stands where it stood in the end; by another clock all are new.
    """
    seeds = {name: _seed_in(simulator) for name, simulator in simulators.items()}
    seed = next((there for there in seeds.values() if there is not None), seed)
    empty = [name for name, there in seeds.items() if there is None]
    counts: dict[str, Mapping[str, int]] = {}
    if empty:
        facts = draw_facts(seed, size)
        with ExitStack() as all_or_none:
            for name in empty:
                all_or_none.enter_context(simulators[name].database.transaction())
                counts[name] = _fill(simulators[name], facts, clock)
    return WorldSummary(seed, counts, expected_matches(simulators))


def _fill(simulator: Simulator, facts: Facts, clock: Clock) -> Mapping[str, int]:
    """Put into one system what belongs there, and note whose world it is."""
    name, database = simulator.system, simulator.database
    with _in_the_past(clock, facts.random(f"{name}/stamps")) as move_on:
        ground = Ground(simulator, move_on)
        _filler(name)(ground, facts)
    database.next_number(_MARK, facts.seed)
    return dict(ground.counts)


def _seed_in(simulator: Simulator) -> int | None:
    """Give the seed of the world that a system holds; None when it holds none."""
    rows = simulator.database.fetch(
        "select last from sequences where name = ?", [_MARK]
    )
    return int(rows[0][0]) if rows else None


def _filler(system: str) -> Callable[[Ground, Facts], None]:
    name = f"simulators.parts.{system}.world"
    if find_spec(name) is None:
        return lambda ground, facts: None
    fill: Callable[[Ground, Facts], None] = import_module(name).fill
    return fill


@contextmanager
def _in_the_past(clock: Clock, random: Random) -> Iterator[Callable[[], None]]:
    """Give a function that sets the clock to some moment before."""
    if not isinstance(clock, VirtualClock):
        yield lambda: None
        return
    now = clock.now

    def move_on() -> None:
        if random.random() < _SHARED_STAMPS and clock.now != now:
            return
        clock.now = now - timedelta(days=random.uniform(1, _LONGEST_AGO_DAYS))
        if random.random() < _WHOLE_SECONDS:
            clock.now = clock.now.replace(microsecond=0)

    try:
        yield move_on
    finally:
        clock.now = now
