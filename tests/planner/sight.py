"""What one member says of one property, and whether that is somebody's edit."""

from dataclasses import dataclass

from tests.planner.spelling import (
    Spelling,
    canonical,
    is_alike,
    is_mask,
    named,
    says_the_same,
    spells,
    stored,
    text_of,
    trimmed,
)
from tests.planner.stars import Agreed, Cell, Links, Member, Memory, Star


@dataclass(frozen=True)
class Eyes:
    """What is hidden from us in whole entities, as `system:entity` and its own name.

    `missing`: no record shows it. `resting`: most records hide it. `sent_whole` are the
    entities of which an update sends back all that was read.
    """

    missing: frozenset[tuple[str, str]]
    resting: frozenset[tuple[str, str]]
    sent_whole: frozenset[str]


@dataclass(frozen=True)
class Sight:
    """A member's value, beside what it stood for and what the star had agreed on.

    `has_changed` compares spellings, not bytes. `is_held_edit`: since we last looked it
    names a record that translates to nothing. `is_masked`, `is_unshown` (by any record)
    and `rests`: it is hidden from us; `is_left_out`: that or another of its group.
    """

    member: Member
    spelling: Spelling
    memory: Memory | None
    before: Agreed | None
    native: str | None
    current: str | None
    has_changed: bool
    is_delivered: bool
    names_nothing: bool
    is_unconfirmed: bool
    is_masked: bool
    is_unshown: bool
    rests: bool
    is_left_out: bool

    @property
    def name(self) -> str:
        """Give the star's name for it."""
        return self.spelling.property

    @property
    def is_known(self) -> bool:
        """Say whether the member is available, and its answer had the property."""
        return self.native is not None

    @property
    def delivered(self) -> str | None:
        """Give the agreed value that the observed one stands for, if it does."""
        return self.memory.delivered if self.memory else None

    @property
    def is_held_edit(self) -> bool:
        """Say whether it can neither be passed on nor be overwritten."""
        stands_for_nothing = self.names_nothing or self.is_unmapped
        return stands_for_nothing and (self.memory is None or self.has_changed)

    @property
    def is_unmapped(self) -> bool:
        """Say whether it holds a code that stands for no value of the star."""
        return self.current is not None and self.for_star is None

    @property
    def for_star(self) -> str | None:
        """Give its value as the star has it; of a code, what it was given, or means."""
        codes, before = self.spelling.codes, self.before
        if codes is None or self.current is None:
            return self.current
        if self.is_delivered and self.current == stored(self.delivered, self.spelling):
            return self.delivered
        if before is not None and self.current == stored(before.value, self.spelling):
            return before.value
        return codes.back.get(self.current)

    @property
    def may_be_remapped(self) -> bool:
        """Say whether a row of its map may be why it holds something else."""
        return self.spelling.codes is not None and self.member.seeds_changed


def look(star: Star, member: Member, cell: Cell, links: Links, eyes: Eyes) -> Sight:
    """Look at a member's side of a property."""
    shown = native_of(member, cell)
    masked, unshown, rests = _hidden(member, cell, eyes)
    if masked or unshown or rests:
        shown = None
    unconfirmed = _is_unconfirmed(shown, member, cell, links)
    native = cell.memory.observed if unconfirmed and cell.memory else shown
    spelling, memory = cell.spelling, cell.memory
    is_reference = spelling.kind == "reference"
    current = (
        _referred(native, member, spelling, links)
        if is_reference
        else canonical(native, spelling.kind)
    )
    return Sight(
        member=member,
        spelling=spelling,
        memory=memory,
        before=star.agreed.get(spelling.property),
        native=native,
        current=current,
        has_changed=memory is None
        or not says_the_same(native, memory.observed, spelling),
        is_delivered=memory is not None
        and memory.is_delivered
        and not (
            is_reference
            and not member.is_source
            and (spelling.through_flow, memory.delivered) in links.changed
        ),
        names_nothing=is_reference
        and current is None
        and named(native, spelling) is not None,
        is_unconfirmed=unconfirmed,
        is_masked=masked,
        is_unshown=unshown,
        rests=rests,
        is_left_out=_is_left_out(member, cell, eyes),
    )


def is_same(sight: Sight, value: str | None) -> bool:
    """Say whether a member holds a canonical value, in the way that it stores it."""
    kept = stored(value, sight.spelling)
    return sight.current == kept or (
        sight.spelling.codes is None and sight.current == value
    )


def spells_delivered(sight: Sight) -> bool:
    """Say whether what differs from the delivered value is a matter of spelling."""
    return holds_another_spelling(sight) or spells(
        sight.native, sight.delivered, sight.spelling
    )


def meets_alike(sight: Sight, value: str | None) -> bool:
    """Say whether a newcomer holds a canonical value in a spelling of its own."""
    kept, kind = stored(value, sight.spelling), sight.spelling.kind
    return sight.memory is None and is_alike(sight.current, kept, kind)


def holds_another_spelling(sight: Sight) -> bool:
    """Say whether it still has the delivered value as it was spelt when they met."""
    return _spells_otherwise(sight, sight.current)


def held_another_spelling(sight: Sight) -> bool:
    """Say whether it had, until somebody typed something there."""
    observed = sight.memory.observed if sight.memory else None
    return _spells_otherwise(sight, canonical(observed, sight.spelling.kind))


def _spells_otherwise(sight: Sight, value: str | None) -> bool:
    kept = stored(sight.delivered, sight.spelling)
    return (
        sight.is_delivered
        and value != kept
        and (sight.spelling.codes is not None or value != sight.delivered)
        and is_alike(value, kept, sight.spelling.kind)
    )


def is_edit(sight: Sight) -> bool:
    """Say whether somebody edited it.

    First sight is none, nor is what the value that we delivered explains. Who types
    what the star has agreed on already only spells it differently, unless they had
    another spelling of it until then.
    """
    if not sight.is_known or sight.memory is None:
        return False
    if not sight.has_changed or sight.is_held_edit:
        return False
    if held_another_spelling(sight):
        return True
    if sight.is_delivered and is_same(sight, sight.delivered):
        return False
    return sight.before is None or not is_same(sight, sight.before.value)


def _group(member: Member, cell: Cell) -> list[Cell]:
    return [
        other
        for other in member.cells.values()
        if other.spelling.unit == cell.spelling.unit
    ]


def _is_left_out(member: Member, cell: Cell, eyes: Eyes) -> bool:
    """Say whether a value must not be written, for what is hidden beside it."""
    if any(any(_hidden(member, other, eyes)) for other in _group(member, cell)):
        return True
    if ":".join(member.key.split(":")[:2]) not in eyes.sent_whole:
        return False
    return any(
        masked or rests
        for other in member.cells.values()
        for masked, _, rests in [_hidden(member, other, eyes)]
    )


def _hidden(member: Member, cell: Cell, eyes: Eyes) -> tuple[bool, bool, bool]:
    """Say whether a value is masked, in no record, or rests with its group."""
    kind = cell.spelling.kind
    end = ":".join(member.key.split(":")[:2])
    return (
        is_mask(canonical(native_of(member, cell), kind), kind),
        (end, cell.spelling.name) in eyes.missing,
        any(
            (end, other.spelling.name) in eyes.resting for other in _group(member, cell)
        ),
    )


def native_of(member: Member, cell: Cell) -> str | None:
    """Give the newest word on a value: the listing's, or what our own write left.

    A member that the listing does not have is empty where it was, and where nothing
    was ever seen in it; else nobody tells.
    """
    if not member.is_available:
        return None
    if member.written_since_listed and cell.memory is not None:
        return cell.memory.observed
    if cell.listed is not None:
        return cell.listed
    held = cell.memory.observed if cell.memory else "null"
    return None if _names(held) else held


def _is_unconfirmed(
    shown: str | None, member: Member, cell: Cell, links: Links
) -> bool:
    """Say whether a list shows another value than the believed one, without proof.

    Such a value counts for nothing until a single read confirms it. (A reference to
    nothing known is held in any case.)
    """
    spelling, memory = cell.spelling, cell.memory
    if shown is None or memory is None or member.is_proven:
        return False
    if says_the_same(shown, memory.observed, spelling):
        return False
    if spelling.codes is not None:
        code = canonical(shown, spelling.kind)
        return code is None or code in spelling.codes.back
    if spelling.kind != "reference" or named(shown, spelling) is None:
        return True
    return _referred(shown, member, spelling, links) is not None


def _names(native: str | None) -> bool:
    text = text_of(native)
    return text is not None and trimmed(text) is not None


def _referred(
    native: str | None, member: Member, spelling: Spelling, links: Links
) -> str | None:
    """Give the source record that a reference stands for."""
    wanted = named(native, spelling)
    if wanted is None:
        return None
    source_end, target_end = links.ends[spelling.through_flow]
    if member.is_source:
        return f"{source_end}:{wanted}"
    return links.source_of.get((spelling.through_flow, f"{target_end}:{wanted}"))
