"""Random worlds: records, and a ledger that may remember something else about them.

A world is a function of its seed. It has every flow, stars where nothing is new beside
stars where everything is, and values from alphabets so small that they coincide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from tests.planner import seeds
from tests.planner.stars import Agreed, Memory

STARTED = datetime(2025, 6, 10, 12)
LISTED = STARTED + timedelta(seconds=30)
FAR_AHEAD = datetime(2099, 1, 1)
AGES = (0, 0, 1, 4.999, 5, 5.001, 5.9, 6, 100, 3599, 3700, 3700.5, 3701, 9000)
SHARES = {
    "tidsbanken:ansatt": 0.26,
    "tidsbanken:kunde": 0.26,
    "tidsbanken:prosjekt": 0.26,
    "tidsbanken:avdeling": 0.04,
    "membercare:companies": 0.08,
    "membercare:invoices": 0.05,
    "membercare:organizations": 0.02,
    "membercare:products": 0.03,
}
# References go through these: what becomes of them shows when they rest.
THROUGH = (
    *("tidsbanken_kunde__custompms_customer",) * 5,
    *("tidsbanken_ansatt__crmoffice_contacts",) * 5,
)
UNSTAMPED = ("membercare:organizations", "membercare:invoices", "membercare:products")
DELETED_SHOW = ("customwebshop", "custompms")
VERSIONED = ("customwebshop", "custompms")


@dataclass
class Record:
    """A record of a system: what it says (JSON text by its own names), what we noted.

    `presence` is `listed`, `missing` (from the newest listing), `deleted`, `open` (a
    write of ours to it has no receipt) or `never_read`. `state` is what the gate knows:
    `none`, `same` (content, seeds), `changed`, or `old_seeds`. `proof` shows that
    it is newer than what was seen last: `read` singly, `version`, `stamp`, `nothing`.
    `was_ahead`: what was seen last bore a stamp of the future.
    """

    key: str
    end: str
    says: dict[str, str] = field(default_factory=dict)
    stamp: datetime | None = None
    stamp_is_ours: bool = False
    presence: str = "listed"
    written_at: datetime | None = None
    state: str = "changed"
    waits: bool = False
    proof: str = "nothing"
    was_ahead: bool = False


@dataclass
class Pair:
    """A source and a target record of a flow.

    `fate` is `kept`, `person` (links now), `unlinked` (ends now) or `free`.
    """

    flow: str
    source: str
    target: str
    fate: str


@dataclass
class World:
    """Everything that a run finds; `rested` are properties that rested before.

    `paused` are flows and records that a person has paused.
    """

    seed: int
    absent_system: str | None
    records: dict[str, Record] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    agreed: dict[tuple[str, str], Agreed] = field(default_factory=dict)
    memories: dict[tuple[str, str], Memory] = field(default_factory=dict)
    rested: set[tuple[str, str]] = field(default_factory=set)
    paused: set[str] = field(default_factory=set)

    def pairs_of(self) -> dict[str, list[Pair]]:
        """Give the pairs by source record."""
        found: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            found.setdefault(pair.source, []).append(pair)
        return found


def made(seed: int, stars: int) -> World:
    """Make the world of a seed; contents come from `_contents`."""
    from tests.planner.contents import fill

    random = Random(seed)  # noqa: S311 - reproducible on purpose
    absent = random.random() < 0.3
    systems = sorted({end.split(":")[0] for end in seeds.doubts()})
    world = World(seed, random.choice(systems) if absent else None)
    for end, share in SHARES.items():
        for number in range(1, max(2, int(stars * share)) + 1):
            source = _record(random, end, str(number))
            world.records[source.key] = source
            for flow in seeds.flows().values():
                if flow.source != end:
                    continue
                fate = random.choices(
                    ("kept", "person", "unlinked", "free"), (80, 6, 3, 11)
                )[0]
                if fate == "free":
                    continue
                target = _record(random, flow.target, f"t{len(world.pairs)}")
                world.records[target.key] = target
                world.pairs.append(Pair(flow.name, source.key, target.key, fate))
    fill(world, random)
    world.paused = _paused(world)
    return world


def _paused(world: World) -> set[str]:
    """Give what rests because a person says so: few records, seldom a flow."""
    random = Random(-world.seed)  # noqa: S311 - reproducible on purpose
    paused = {key for key in sorted(world.records) if random.random() < 0.02}
    if random.random() < 0.5:
        paused.add(random.choice([*sorted(seeds.flows()), *THROUGH]))
    return paused


def moments(random: Random) -> Iterator[datetime]:
    """Give stamps that are equal, just tied, just not tied, far apart, or to come."""
    while True:
        if random.random() < 0.02:
            yield random.choice(
                (FAR_AHEAD, LISTED + timedelta(seconds=random.choice(AGES)))
            )
        else:
            yield STARTED - timedelta(seconds=random.choice(AGES))


def is_ahead(stamp: datetime | None, end: str, moment: datetime = LISTED) -> bool:
    """Say whether a stamp is one of the future, beyond the doubt about its clock."""
    doubt = timedelta(seconds=seeds.doubts()[end])
    return stamp is not None and stamp > moment + doubt


def in_time(agreed: Agreed) -> Agreed:
    """Give what was agreed on; with a stamp of the future, it was when it was noted."""
    if agreed.won_at is None or agreed.won_at <= LISTED + timedelta(seconds=3700):
        return agreed
    return replace(agreed, won_at=LISTED)


def _record(random: Random, end: str, record_id: str) -> Record:
    system = end.split(":")[0]
    record = Record(f"{end}:{record_id}", end)
    record.presence = random.choices(
        ("listed", "missing", "deleted", "open", "never_read"), (92, 2, 2, 3, 1)
    )[0]
    if record.presence == "deleted" and system not in DELETED_SHOW:
        record.presence = "listed"
    if end not in UNSTAMPED and random.random() < 0.9:
        stamp = next(moments(random))
        record.stamp = stamp.replace(microsecond=0) if system == "crmoffice" else stamp
    record.proof = random.choices(
        ("read", "version", "stamp", "nothing"), (50, 20, 20, 10)
    )[0]
    if record.proof == "version" and system not in VERSIONED:
        record.proof = "stamp"
    if record.proof == "stamp" and record.stamp is None:
        record.proof = "nothing"
    record.stamp_is_ours = record.proof != "stamp" and random.random() < 0.15
    record.was_ahead = (
        record.proof == "read"
        and record.stamp is not None
        and not record.stamp_is_ours
        and random.random() < 0.05
    )
    written = random.choices((None, 600, -600), (84, 8, 8))[0]
    if written is not None:
        record.written_at = LISTED + timedelta(seconds=written)
    return record


def is_available(world: World, record: Record) -> bool:
    """Say whether a record can be believed and written in this run."""
    system = record.end.split(":")[0]
    return record.presence == "listed" and system != world.absent_system


def rests(world: World, source_key: str, flow: str | None, key: str) -> bool:
    """Say whether a member is left alone: itself, its source, or its flow is paused."""
    return key in world.paused or (
        flow is not None and not world.paused.isdisjoint((flow, source_key))
    )
