"""What we can't see for what it is: properties that rest, members that nobody shows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from tests.planner import seeds
from tests.planner.sight import Eyes, native_of
from tests.planner.spelling import canonical, is_mask
from tests.planner.stars import Cell, Star
from tests.planner.world import World

MANY = 5
LISTED = ("listed", "open")
Place = tuple[str, str]


@dataclass
class _Turned:
    """Records that now show the same where they held something else."""

    records: int = 0
    unmoved: int = 0
    is_told: bool = False


def eyes_of(world: World, stars: Collection[Star], looked_at: Collection[str]) -> Eyes:
    """Say what is hidden from us in a world."""
    missing = frozenset(_missing(world))
    resting = frozenset(_resting(world, stars, looked_at, missing))
    return Eyes(missing, resting, _sent_whole())


def _missing(world: World) -> Iterable[Place]:
    """Give the members that none of several listed records shows."""
    listed: Counter[str] = Counter()
    shown: set[Place] = set()
    for record in world.records.values():
        if record.presence in LISTED:
            listed[record.end] += 1
            shown |= {(record.end, name) for name in record.says}
    for end, number in listed.items():
        for name in seeds.paths(end):
            if (
                number >= MANY
                and (end, name) not in shown
                and (end, name) not in _may_be_left_out()
            ):
                yield end, name


@cache
def _sent_whole() -> frozenset[str]:
    return frozenset(
        f"{row['system_name']}:{row['entity']}"
        for row in seeds.rows("replaced_records")
    )


@cache
def _may_be_left_out() -> frozenset[Place]:
    return frozenset(
        (f"{row['system_name']}:{row['entity']}", row["property"])
        for row in seeds.rows("omitted_members")
    )


def _resting(
    world: World,
    stars: Collection[Star],
    looked_at: Collection[str],
    missing: frozenset[Place],
) -> Iterable[Place]:
    """Give the properties of which most records show nothing more, or all the same."""
    held: dict[Place, list[str]] = defaultdict(list)
    turned: dict[Place, dict[str | None, _Turned]] = defaultdict(dict)
    for star in stars:
        for member in star.members:
            for cell in member.cells.values():
                place = (_end(member.key), cell.spelling.name)
                known = _unmasked(cell.memory.observed if cell.memory else None, cell)
                if not member.is_available or known is None:
                    continue
                held[place].append(known)
                shown = native_of(member, cell)
                value = _unmasked(shown, cell)
                if place in missing or star.key not in looked_at or value == known:
                    continue
                alike = turned[place].setdefault(value, _Turned())
                alike.records += 1
                alike.unmoved += not member.has_moved
                alike.is_told |= shown is not None
    for place, by_value in turned.items():
        values = held[place]
        for alike in by_value.values():
            if place in world.rested:
                rests = alike.records > max(1, len(values) / 10)
            else:
                rests = (
                    alike.is_told
                    and len(values) >= MANY
                    and len(set(values)) > 1
                    and alike.records > len(values) / 2
                    and alike.unmoved >= alike.records / 2
                )
            if rests:
                yield place


def _unmasked(native: str | None, cell: Cell) -> str | None:
    value = canonical(native, cell.spelling.kind)
    return None if is_mask(value, cell.spelling.kind) else value


def _end(key: str) -> str:
    return ":".join(key.split(":")[:2])
