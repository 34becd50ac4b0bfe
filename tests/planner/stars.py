"""What the reference looks at and what it says: stars, their members, their fate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.planner.precedence import Precedence
from tests.planner.spelling import Spelling


@dataclass(frozen=True)
class Memory:
    """What the ledger remembers of a member and property."""

    observed: str
    delivered: str | None
    is_delivered: bool


@dataclass(frozen=True)
class Cell:
    """A member's side of a property: its spelling, its listed value, what we remember.

    `listed` is JSON text; None when the record has no such member.
    """

    spelling: Spelling
    listed: str | None
    memory: Memory | None


@dataclass(frozen=True)
class Member:
    """A record of a star; the source belongs to it by no flow.

    `stamp` is None when the record has none, or when our own write left it.
    `is_proven`: it is surely newer than what was seen last; `has_moved`: its own stamp
    or version says so; `seeds_changed`, since it was seen last. A stamp of the future
    is the time at which it was read.
    """

    key: str
    flow: str | None
    seed_order: int
    is_available: bool
    stamp: datetime | None
    doubt: int
    written_since_listed: bool
    is_proven: bool
    has_moved: bool
    cells: Mapping[str, Cell]
    seeds_changed: bool = False

    @property
    def is_source(self) -> bool:
        """Say whether it is the source of its star."""
        return self.flow is None


@dataclass(frozen=True)
class Agreed:
    """The value that everybody should have, and whose it was."""

    value: str | None
    won_by: str | None
    won_at: datetime | None
    rule: str


@dataclass(frozen=True)
class Star:
    """A source record with its members (the source first), and what they agreed on.

    `precedence` is who wins a property, where it is not simply the newest edit.
    """

    key: str
    members: tuple[Member, ...]
    agreed: Mapping[str, Agreed]
    precedence: Mapping[str, Precedence] = field(default_factory=dict)

    def asks(self, name: str) -> bool:
        """Say whether a person decides when several members were edited."""
        one = self.precedence.get(name)
        return one is not None and one.on_conflict == "ask"


@dataclass(frozen=True)
class Links:
    """What a reference can be translated by.

    `source_of` goes by flow and target record; `referable` has the pairs of flow and
    source record with a link or a record to create; `changed` those whose link starts
    or ends now; `ends` gives `system:entity` of both ends of a flow; `left_out` has the
    pairs whose source record is to get none now, `resting` the flows that rest.
    """

    source_of: Mapping[tuple[str, str], str]
    referable: frozenset[tuple[str, str]]
    changed: frozenset[tuple[str, str]]
    ends: Mapping[str, tuple[str, str]]
    left_out: frozenset[tuple[str, str]] = frozenset()
    resting: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Conflict:
    """A value that was not taken."""

    property: str
    winner: str | None
    winning_value: str | None
    loser: str
    losing_value: str | None
    rule: str
    status: str


@dataclass(frozen=True)
class Fate:
    """What becomes of a member and property; `sent` and `refers_to` only of updates."""

    outcome: str
    held_because: str | None = None
    sent: object = None
    refers_to: str | None = None


@dataclass
class Decision:
    """What is decided about a star."""

    agreed: dict[str, Agreed] = field(default_factory=dict)
    conflicts: set[Conflict] = field(default_factory=set)
    fates: dict[tuple[str, str], Fate] = field(default_factory=dict)
    notes: dict[tuple[str, str], Memory] = field(default_factory=dict)
    waits: dict[str, bool] = field(default_factory=dict)
