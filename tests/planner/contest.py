"""Who contests a property or a group of them, who wins, and who is beaten."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tests.planner import seeds
from tests.planner.sight import Sight
from tests.planner.spelling import Spelling, is_date, stored
from tests.planner.stars import Agreed, Conflict, Member, Star

AGREED = "agreed"
AGREED_VALUE = "lenke:agreed"
NOBODYS_PLACE = 1000
NOBODYS_DOUBT = 5


@dataclass(frozen=True)
class Wish:
    """The value that somebody wants everybody to have; `held` is how they hold it."""

    asked: str | None
    held: str | None
    spelling: Spelling | None


@dataclass(frozen=True)
class Edit:
    """An edit of a member; `was_waiting`: made without having seen the agreed value."""

    member: Member
    spelling: Spelling
    wish: Wish
    was_waiting: bool


@dataclass(frozen=True)
class Entry:
    """A contestant: a member with its edits, or the agreed values not seen yet.

    `wins_by`: the rule by which it wins whatever the stamps say.
    """

    key: str
    is_source: bool
    seed_order: int
    stamp: datetime | None
    doubt: int
    values: dict[str, Wish]
    wins_by: str | None


@dataclass(frozen=True)
class Verdict:
    """Whose values count, and by which rule; nobody's while a person is asked."""

    winner: Entry | None
    rule: str
    agreed_contested: frozenset[str]


def edit_of(sight: Sight) -> Edit:
    """Give the edit that a member made."""
    before = sight.before
    return Edit(
        sight.member,
        sight.spelling,
        Wish(as_the_star_has_it(sight), sight.current, sight.spelling),
        before is not None
        and not (sight.is_delivered and sight.delivered == before.value),
    )


def as_the_star_has_it(sight: Sight) -> str | None:
    """Give a member's value for all; who holds dates only keeps the agreed time."""
    spelling, value = sight.spelling, sight.for_star
    if spelling.codes is not None:
        return value
    if spelling.stored_as != "date_part" or spelling.star_kind != "local_time":
        return value
    if value is None or not is_date(value):
        return value
    agreed = sight.before.value if sight.before else None
    return f"{value}T{(agreed or '')[11:19] or '00:00:00'}"


def verdicts(
    star: Star, unit: str, names: Collection[str], edits: Collection[Edit]
) -> dict[str, Verdict | None]:
    """Say who wins each property of a unit.

    It is one verdict for all of them, unless the unit is a period and its two values,
    judged each by itself, make one that can stand.
    """
    if unit in seeds.periods() and len(names) == 2:
        singly = {name: judge(star, {name}, edits) for name in names}
        asks = any(verdict and verdict.winner is None for verdict in singly.values())
        if not asks and _can_stand(star, *seeds.periods()[unit], singly):
            return {**singly}
    together = judge(star, names, edits)
    return dict.fromkeys(names, together)


def _can_stand(
    star: Star, first: str, second: str, singly: dict[str, Verdict | None]
) -> bool:
    """Say whether a start and an end that were judged singly are in that order.

    Where only one of them is contested, it makes no difference how it is judged.
    """
    start, end = (_asked(star, name, singly[name]) for name in (first, second))
    return start is None or end is None or start <= end


def _asked(star: Star, name: str, verdict: Verdict | None) -> str | None:
    if verdict is None or verdict.winner is None:
        return None
    if verdict.winner.key == AGREED:
        return star.agreed[name].value
    return verdict.winner.values[name].asked


def judge(star: Star, names: Collection[str], edits: Iterable[Edit]) -> Verdict | None:
    """Say who wins some properties together; None when nobody contests them."""
    contesting = [
        edit for edit in edits if edit.spelling.property in names and _counts(edit)
    ]
    entries = [*_members_entries(star, contesting), *_agreed_entry(star, contesting)]
    if not entries:
        return None
    rivals = _without_those_who_agree(entries)
    seen = frozenset(
        name for entry in entries if entry.key == AGREED for name in entry.values
    )
    if len(rivals) == 1:
        return Verdict(rivals[0], "edited", seen)
    if any(star.asks(name) for name in names):
        return Verdict(None, "ask", seen)
    tied = _tied_with_the_newest(rivals)
    winner = min(
        rivals,
        key=lambda e: (
            e.wins_by is None,
            e not in tied,
            not e.is_source,
            e.seed_order,
            e.key,
        ),
    )
    if winner.wins_by is not None:
        return Verdict(winner, winner.wins_by, seen)
    if len(tied) == 1:
        return Verdict(winner, "newest", seen)
    rule = "tie_to_source" if winner.is_source else "tie_to_first_flow"
    return Verdict(winner, rule, seen)


def whole(name: str, winner: Entry, edits: Iterable[Edit]) -> str | None:
    """Give what a winner wants, whole where it holds a cut copy of another's value."""
    wish = winner.values[name]
    fuller = [
        edit
        for edit in edits
        if edit.spelling.property == name
        and edit.member.key != winner.key
        and _counts(edit)
        and wish.spelling is not None
        and wish.held is not None
        and stored(edit.wish.asked, wish.spelling) == wish.held
    ]
    if not fuller:
        return wish.asked
    newest = max(
        (edit.member.stamp for edit in fuller if edit.member.stamp), default=None
    )
    return min(
        (edit for edit in fuller if edit.member.stamp == newest),
        key=lambda edit: (edit.member.seed_order, edit.member.key),
    ).wish.asked


def beaten(
    star: Star,
    name: str,
    agreed: Agreed,
    verdict: Verdict | None,
    edits: Iterable[Edit],
) -> list[Conflict]:
    """Give the values of a property that were not taken."""
    lost: list[tuple[str, str | None, str]] = []
    of_property = [edit for edit in edits if edit.spelling.property == name]
    for edit in of_property:
        if not _counts(edit) or verdict is None:
            lost.append((edit.member.key, edit.wish.asked, "one_way"))
        elif verdict.winner is not None and verdict.winner.key != edit.member.key:
            lost.append((edit.member.key, edit.wish.asked, verdict.rule))
    before = star.agreed.get(name)
    if (
        verdict is not None
        and verdict.winner is not None
        and before is not None
        and name in verdict.agreed_contested
    ):
        owner = before.won_by or star.key
        if owner not in {edit.member.key for edit in of_property}:
            lost.append((owner, before.value, verdict.rule))
    return [
        Conflict(name, agreed.won_by, agreed.value, loser, value, rule, "open")
        for loser, value, rule in lost
    ]


def is_asked(name: str, verdict: Verdict | None, edits: Iterable[Edit]) -> bool:
    """Say whether a person is asked about a property: some of it was edited."""
    return (
        verdict is not None
        and verdict.winner is None
        and any(edit.spelling.property == name and _counts(edit) for edit in edits)
    )


def asked(
    name: str,
    agreed: Agreed,
    verdict: Verdict | None,
    edits: Collection[Edit],
) -> set[Conflict]:
    """Give the values of a property that a person is asked about."""
    if verdict is None or not is_asked(name, verdict, edits):
        return set()
    values = {
        edit.member.key: edit.wish.asked
        for edit in edits
        if edit.spelling.property == name and _counts(edit)
    }
    if name in verdict.agreed_contested:
        values[AGREED_VALUE] = agreed.value
    return {
        Conflict(name, agreed.won_by, agreed.value, key, value, "ask", "open")
        for key, value in values.items()
    }


def _counts(edit: Edit) -> bool:
    """Say whether an edit is passed on: one way only the source's is."""
    return edit.member.is_source or edit.spelling.direction == "both"


def _wins_by(star: Star, name: str, member: Member | None) -> str | None:
    """Say by which rule of the seeds a member wins a property, if by any."""
    one = star.precedence.get(name)
    if one is None or member is None:
        return None
    if one.on_conflict == "source" and member.is_source:
        return "source_wins"
    if one.on_conflict == "target" and member.flow == one.flow:
        return "target_wins"
    return None


def _members_entries(star: Star, edits: list[Edit]) -> list[Entry]:
    members = {edit.member.key: edit.member for edit in edits}
    return [
        Entry(
            member.key,
            member.is_source,
            member.seed_order,
            member.stamp,
            member.doubt,
            {e.spelling.property: e.wish for e in edits if e.member.key == member.key},
            next(
                (
                    rule
                    for e in edits
                    if e.member.key == member.key
                    and (rule := _wins_by(star, e.spelling.property, member))
                ),
                None,
            ),
        )
        for member in members.values()
    ]


def _agreed_entry(star: Star, edits: list[Edit]) -> list[Entry]:
    """Give the agreed values that somebody with an edit has not seen yet.

    Whoever won them and has edited since has seen them: the newer word is theirs.
    """
    editors = {edit.member.key for edit in edits}
    unseen = {
        edit.spelling.property: star.agreed[edit.spelling.property]
        for edit in edits
        if edit.was_waiting
        and star.agreed[edit.spelling.property].won_by not in editors
    }
    if not unseen:
        return []
    stamps = [agreed.won_at for agreed in unseen.values() if agreed.won_at]
    owners = {agreed.won_by for agreed in unseen.values()}
    members = {member.key: member for member in star.members}
    return [
        Entry(
            AGREED,
            star.key in owners,
            min(
                members[owner].seed_order if owner in members else NOBODYS_PLACE
                for owner in owners
            ),
            max(stamps, default=None),
            max(
                members[owner].doubt if owner in members else NOBODYS_DOUBT
                for owner in owners
            ),
            {name: Wish(old.value, old.value, None) for name, old in unseen.items()},
            next(
                (
                    rule
                    for name, old in unseen.items()
                    if old.won_by in members
                    and (rule := _wins_by(star, name, members[old.won_by]))
                ),
                None,
            ),
        )
    ]


def _without_those_who_agree(entries: list[Entry]) -> list[Entry]:
    """Leave out who only agrees with another; a cut copy never beats the whole.

    Who speaks for others has edited as late as the latest of them.
    """
    fullest = [
        entry
        for entry in entries
        if not any(_speaks_for(other, entry) for other in entries)
    ]
    spoken_for = {
        entry.key: [full for full in fullest if _speaks_for(full, entry)]
        for entry in entries
    }
    return [
        _speaking(entry, [e for e in entries if entry in spoken_for[e.key]])
        for entry in entries
        if not spoken_for[entry.key]
    ]


def _speaking(entry: Entry, others: list[Entry]) -> Entry:
    stamps = [one.stamp for one in (entry, *others) if one.stamp]
    return replace(
        entry,
        stamp=max(stamps) if entry.stamp else None,
        doubt=max(one.doubt for one in (entry, *others)),
        wins_by=next((one.wins_by for one in (entry, *others) if one.wins_by), None),
    )


def _speaks_for(other: Entry, own: Entry) -> bool:
    """Say whether another entry has all that this one has, as full or fuller."""
    if other is own or not _has_all_of(other, own):
        return False
    if not _has_all_of(own, other):
        return True
    return (other.seed_order, other.key) < (own.seed_order, own.key)


def _has_all_of(other: Entry, own: Entry) -> bool:
    return all(
        name in other.values and _is_as_full(other.values[name], wish)
        for name, wish in own.values.items()
    )


def _is_as_full(whole: Wish, copy: Wish) -> bool:
    as_copied = (
        stored(whole.asked, copy.spelling) if copy.spelling is not None else whole.asked
    )
    return whole.asked == copy.asked or as_copied == copy.held


def _tied_with_the_newest(rivals: list[Entry]) -> list[Entry]:
    """Give who is too close to the newest to tell apart; a missing stamp always is."""
    stamps = [rival.stamp for rival in rivals if rival.stamp]
    if not stamps:
        return rivals
    newest = max(stamps)
    doubt = max(rival.doubt for rival in rivals if rival.stamp == newest)
    return [
        rival
        for rival in rivals
        if rival.stamp is None
        or (newest - rival.stamp).total_seconds() <= max(rival.doubt, doubt)
    ]
