"""What the records of a random world say, and what the ledger remembers of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from tests.planner import seeds
from tests.planner.spelling import UNMAPPED, Spelling, canonical, stored
from tests.planner.stars import Agreed, Memory
from tests.planner.values import any_value, spelt
from tests.planner.world import Pair, Record, World, is_available, moments

NOWHERE = "999999"
COUPLED = ("email", "phone")  # a company's contacts are served together, or not at all


@dataclass(frozen=True)
class Side:
    """A member's side of a star, while contents are made up."""

    record: Record
    is_source: bool
    is_fresh: bool
    spellings: Mapping[str, Spelling]


@dataclass(frozen=True)
class Names:
    """What references may name: records by entity, partners, pairs that surely last."""

    pools: Mapping[str, list[str]]
    partners: Mapping[tuple[str, str], str]
    lasting: Mapping[str, list[str]]


def fill(world: World, random: Random) -> None:
    """Fill the records, the agreed values and the observations."""
    names = _names(world)
    pairs_of = world.pairs_of()
    sources = {flow.source for flow in seeds.flows().values()}
    for source in [one for one in world.records.values() if one.end in sources]:
        sides = _sides(world, random, source, pairs_of.get(source.key, []))
        rests = random.random() < 0.12
        movers = _movers(random, sides)
        for name in sides[0].spellings:
            if rests:
                _rest(world, random, names, sides, name)
            else:
                _live(world, random, names, sides, name, movers.get(name))
        for side in sides:
            _couple(world, side.record, rests)
            _settle_state(world, random, side, source.key, rests)
    _hide(world, random)


def _hide(world: World, random: Random) -> None:
    """Hide a few properties: no record shows them, or most show the same or nothing."""
    places = sorted(
        {
            (record.end, name)
            for record in world.records.values()
            for name in record.says
        }
    )
    for end, name in random.sample(places, 2):
        if end != "membercare:companies":  # e-mail and phone are served together
            for record in world.records.values():
                if record.end == end:
                    record.says.pop(name, None)
    for end, name in random.sample(places, 6):
        shown = random.choice(("null", '""', '"Hidden"', '"N/A"'))
        share = random.choice((0.3, 0.52, 0.9, 1))
        moved = random.choice((0, 0, 0.45, 1))
        was_resting = random.random() < 0.3
        if was_resting:
            world.rested.add((end, name))
        for record in world.records.values():
            if record.end == end and name in record.says and random.random() < share:
                record.says[name] = shown
                if record.state == "same":
                    record.state = "changed"
                if record.proof in ("stamp", "version") and random.random() >= moved:
                    record.proof = "nothing"


def _names(world: World) -> Names:
    pools: dict[str, list[str]] = {}
    lasting: dict[str, list[str]] = {}
    for record in world.records.values():
        pools.setdefault(record.end, []).append(record.key)
    for pair in world.pairs:
        if pair.fate == "kept" and is_available(world, world.records[pair.target]):
            lasting.setdefault(pair.flow, []).append(pair.source)
    partners = {(pair.flow, pair.source): pair.target for pair in world.pairs}
    return Names(pools, partners, lasting)


def _sides(
    world: World, random: Random, source: Record, pairs: list[Pair]
) -> list[Side]:
    fresh = random.random() < 0.1
    flows = frozenset(
        flow.name for flow in seeds.flows().values() if flow.source == source.end
    )
    sides = [Side(source, True, fresh, seeds.spellings_of_source(flows))]
    for pair in pairs:
        is_new = pair.fate == "person" and random.random() < 0.8
        spellings = seeds.spellings_of_target(pair.flow)
        sides.append(
            Side(world.records[pair.target], False, fresh or is_new, spellings)
        )
    return sides


def _movers(random: Random, sides: list[Side]) -> dict[str, Side]:
    """Let one person move the start of a period, and often another one its end."""
    return {
        name: random.choice(sides)
        for names in seeds.periods().values()
        if random.random() < 0.5
        for name in names
    }


def _rest(
    world: World, random: Random, names: Names, sides: list[Side], name: str
) -> None:
    """Nothing is new: everybody holds the agreed value, and we know it."""
    own = sides[0].spellings[name]
    value = _value(random, names, own)
    if own.kind == "reference":
        lasting = names.lasting.get(own.through_flow, [])
        value = random.choice(lasting) if lasting and value else None
    key = sides[0].record.key
    world.agreed[key, name] = Agreed(value, *_winner(random, sides), "edited")
    for side in sides:
        if name in side.spellings:
            spelling = side.spellings[name]
            native = _spelt(
                random, names, side, _kept(random, value, spelling), spelling
            )
            world.memories[side.record.key, name] = Memory(native, value, True)
            if random.random() < 0.97:
                side.record.says[spelling.name] = native


def _live(
    world: World,
    random: Random,
    names: Names,
    sides: list[Side],
    name: str,
    mover: Side | None,
) -> None:
    """Anything may be new: edits, copies of edits, answers, values that wait.

    Where it has a mover, that one alone has edited it.
    """
    own = sides[0].spellings[name]
    value, edit = _value(random, names, own), _value(random, names, own)
    is_agreed = not sides[0].is_fresh and random.random() < 0.92
    winners, all_edit = [], random.random() < 0.25
    copying = random.choice(sides).spellings.get(name, own)
    for side in sides:
        if name not in side.spellings:
            continue
        spelling = side.spellings[name]
        memory = None
        surely = side.is_source and spelling.direction != "both"
        if is_agreed and (surely or (not side.is_fresh and random.random() < 0.93)):
            memory = _memory(random, names, side, spelling, value, surely)
            world.memories[side.record.key, name] = memory
            winners.append(side)
        copy = _kept(random, edit, copying)
        wishes: tuple[tuple[int, str | None], ...] = (
            (12, value),
            (14, edit),
            (6, copy),
            (10, memory.delivered if memory else None),
            (8, _value(random, names, own)),
            (4, None),
        )
        if all_edit:
            wishes = ((5, edit), (5, copy), (1, value))
        kind = random.randrange(50 if all_edit else 0, 100)
        if mover is not None:
            wishes, kind = ((1, edit),), 50 if side is mover else 0
        if memory and kind < 38:
            side.record.says[spelling.name] = memory.observed
        elif memory and kind < 45 and spelling.kind != "reference":
            known = canonical(memory.observed, spelling.kind)
            side.record.says[spelling.name] = spelt(random, known, spelling)
        elif kind < 96:
            wish = random.choices([w for _, w in wishes], [n for n, _ in wishes])[0]
            as_stored = _kept(random, wish, spelling) if random.random() < 0.7 else wish
            side.record.says[spelling.name] = _spelt(
                random, names, side, as_stored, spelling
            )
    if is_agreed:
        agreed = Agreed(value, *_winner(random, winners), "edited")
        world.agreed[sides[0].record.key, name] = agreed


def _kept(random: Random, value: str | None, spelling: Spelling) -> str | None:
    """Give what a system holds of a value; where it has no code for it, anything."""
    kept = stored(value, spelling)
    return any_value(random, spelling.kind) if kept == UNMAPPED else kept


def _memory(
    random: Random,
    names: Names,
    side: Side,
    spelling: Spelling,
    value: str | None,
    surely: bool,
) -> Memory:
    if not surely and random.random() < 0.15:
        seen = _value(random, names, spelling)
        return Memory(_spelt(random, names, side, seen, spelling), None, False)
    other = _value(random, names, spelling)
    delivered = value if surely or random.random() < 0.75 else other
    held = _kept(random, delivered, spelling) if random.random() < 0.7 else other
    return Memory(_spelt(random, names, side, held, spelling), delivered, True)


def _value(random: Random, names: Names, spelling: Spelling) -> str | None:
    """Give a canonical value; references name one of the first few records."""
    if spelling.kind != "reference":
        return any_value(random, spelling.star_kind)
    end = seeds.flows()[spelling.through_flow].source
    choice = random.random()
    if choice < 0.12:
        return None
    if choice < 0.18:
        return f"{end}:{NOWHERE}"
    return random.choice(names.pools[end][:9])


def _spelt(
    random: Random, names: Names, side: Side, value: str | None, spelling: Spelling
) -> str:
    if spelling.kind == "reference" and value is not None:
        named = value
        if not side.is_source:
            named = names.partners.get((spelling.through_flow, value), f"::{NOWHERE}")
        value = named.split(":", 2)[2]
    return spelt(random, value, spelling)


def _winner(random: Random, sides: list[Side]) -> tuple[str | None, datetime | None]:
    winner = random.choice([None, *(side.record.key for side in sides)])
    return winner, random.choice([None, next(moments(random))])


def _couple(world: World, record: Record, rests: bool) -> None:
    if record.end == "membercare:companies" and set(COUPLED) & set(record.says):
        for name in COUPLED:
            before = world.memories.get((record.key, name))
            known = before.observed if before and rests else "null"
            record.says.setdefault(name, known)


def _settle_state(
    world: World, random: Random, side: Side, source_key: str, rests: bool
) -> None:
    """Give the gate a state that is possible: who looks the same has nothing new.

    A member that was never seen is news, also when the answer has none: it is empty.
    """
    record = side.record
    seen = [
        (
            record.says.get(spelling.name),
            world.memories.get((record.key, name)),
            world.agreed.get((source_key, name)),
        )
        for name, spelling in side.spellings.items()
    ]
    is_same = all(
        memory is not None and native in (None, memory.observed)
        for native, memory, _ in seen
    )
    record.waits = random.random() < 0.05 or any(
        memory is not None
        and (
            not memory.is_delivered
            or agreed is None
            or memory.delivered != agreed.value
        )
        for _, memory, agreed in seen
    )
    if rests and is_same:
        record.state, record.waits = "same", False
    elif all(memory is None for _, memory, _ in seen) and random.random() < 0.8:
        record.state = "none"
    elif is_same and random.random() < 0.6:
        record.state = "same"
    else:
        record.state = random.choice(("changed", "changed", "changed", "old_seeds"))
