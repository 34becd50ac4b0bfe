"""The merge, said a second time: one function per rule of docs/how-it-decides.md.

The models decide in SQL over all stars at once; this decides one star in plain Python.
Two tellings of the same rules that share no line are unlikely to be wrong alike.
"""

from collections.abc import Collection
from dataclasses import replace

from tests.planner import contest
from tests.planner.sight import (
    Eyes,
    Sight,
    holds_another_spelling,
    is_edit,
    is_same,
    look,
    meets_alike,
    spells_delivered,
)
from tests.planner.spelling import UNMAPPED, accepted, is_mask, sent, stored
from tests.planner.stars import (
    Agreed,
    Conflict,
    Decision,
    Fate,
    Links,
    Memory,
    Star,
)

WAITING = ("update", "held", "as_stored", "unknown")


def decide(star: Star, links: Links, eyes: Eyes) -> Decision:
    """Decide a star."""
    sights = [
        look(star, member, cell, links, eyes)
        for member in star.members
        for cell in member.cells.values()
    ]
    edits = {
        (sight.member.key, sight.name): contest.edit_of(sight)
        for sight in sights
        if is_edit(sight)
    }
    made = Decision()
    beaten: list[Conflict] = []
    asked: set[Conflict] = set()
    for unit in sorted({sight.spelling.unit for sight in sights}):
        names = sorted({s.name for s in sights if s.spelling.unit == unit})
        verdicts = contest.verdicts(star, unit, names, list(edits.values()))
        for name, verdict in verdicts.items():
            of_property = [sight for sight in sights if sight.name == name]
            agreed = _agreed_value(star, name, of_property, verdict, edits.values())
            if agreed is not None:
                made.agreed[name] = agreed
                beaten += contest.beaten(star, name, agreed, verdict, edits.values())
                asked |= contest.asked(name, agreed, verdict, edits.values())
    judged = [sight for sight in sights if sight.name in made.agreed]
    held = {(conflict.loser, conflict.property) for conflict in asked}
    alone = [
        (
            sight,
            Fate("held", "needs_decision")
            if (sight.member.key, sight.name) in held and is_edit(sight)
            else _fate(sight, made.agreed, links),
        )
        for sight in judged
    ]
    for sight in judged:
        agreed_now = made.agreed[sight.name]
        fate = _together(sight, alone, made.agreed)
        made.fates[sight.member.key, sight.name] = fate
        note = _note(sight, agreed_now.value, fate)
        if note is not None:
            made.notes[sight.member.key, sight.name] = note
    made.conflicts = asked | {
        conflict for conflict in beaten if _has_lost(conflict, made)
    }
    losers = {(conflict.loser, conflict.property) for conflict in made.conflicts}
    for sight in sights:
        about = (sight.member.key, sight.name)
        if about in made.fates and about not in losers:
            made.conflicts |= _replaced_unedited(
                sight, made.agreed[sight.name], made.fates[about]
            )
    for member in star.members:
        made.waits[member.key] = any(
            sight.is_masked or _waits(sight, made)
            for sight in sights
            if sight.member is member
        )
    return made


def _agreed_value(
    star: Star,
    name: str,
    sights: list[Sight],
    verdict: contest.Verdict | None,
    edits: Collection[contest.Edit],
) -> Agreed | None:
    """Give what everybody should have: the winner's edit, else what stays."""
    winner = verdict.winner if verdict is not None else None
    if contest.is_asked(name, verdict, edits):
        stays = star.agreed.get(name) or _first_value(sights)
        return replace(stays, rule="ask") if stays else None
    if verdict and winner and winner.key != contest.AGREED and name in winner.values:
        asked = contest.whole(name, winner, edits)
        return Agreed(asked, winner.key, winner.stamp, verdict.rule)
    before = star.agreed.get(name)
    if before is not None:
        return Agreed(before.value, before.won_by, before.won_at, "stays")
    return _first_value(sights)


def _first_value(sights: list[Sight]) -> Agreed | None:
    """At a first meeting the source's value counts, else the first flow's that has one.

    Nothing is agreed for the first time while the source can't be heard.
    """
    source = next(sight for sight in sights if sight.member.is_source)
    if not source.member.is_available or source.is_masked or source.rests:
        return None
    candidates = [
        sight
        for sight in sights
        if sight.is_known
        and sight.for_star is not None
        and (sight.member.is_source or sight.spelling.direction == "both")
    ]
    if candidates:
        first = min(candidates, key=lambda sight: sight.member.seed_order)
        value = contest.as_the_star_has_it(first)
        return Agreed(value, first.member.key, first.member.stamp, "first_meeting")
    return Agreed(None, None, None, "first_meeting") if source.is_known else None


def _fate(sight: Sight, all_agreed: dict[str, Agreed], links: Links) -> Fate:
    """Say whether a member is in step, is updated, or is held, and why."""
    spelling, agreed = sight.spelling, all_agreed[sight.name].value
    if not sight.member.is_available:
        return Fate("absent")
    if not sight.is_known:
        return Fate("unknown")
    if sight.is_held_edit:
        return Fate("held", "unmapped" if sight.is_unmapped else "unknown_reference")
    one_way = sight.member.is_source and spelling.direction != "both"
    is_left_alone = one_way or not spelling.is_writable or sight.is_left_out
    if stored(agreed, spelling) == UNMAPPED and not is_left_alone:
        return Fate("held", "unmapped")
    if not sight.names_nothing and is_same(sight, agreed):
        return Fate("in_step")
    if meets_alike(sight, agreed):
        return Fate("in_step")
    if (
        sight.is_delivered
        and sight.delivered == agreed
        and not sight.has_changed
        and not _lacks_a_typed_spelling(sight, all_agreed)
        and not _is_remapped(sight)
    ):
        return Fate("in_step" if spells_delivered(sight) else "as_stored")
    if is_left_alone:
        return Fate("left_alone")
    value = stored(agreed, spelling)
    if value is None and not spelling.is_nullable:
        return Fate("held", "cannot_be_empty")
    if not accepted(value, spelling):
        return Fate("held", "not_accepted")
    if is_mask(value, spelling.kind):
        return Fate("held", "agreed_mask")
    if _ends_before_start(sight, all_agreed):
        return Fate("held", "ends_before_start")
    if spelling.kind != "reference" or agreed is None:
        return Fate("update", sent=sent(value, spelling))
    if sight.member.is_source:
        return Fate("update", sent=sent(agreed.split(":", 2)[2], spelling))
    if (spelling.through_flow, agreed) not in links.referable:
        through = spelling.through_flow
        if (through, agreed) in links.left_out or through in links.resting:
            return Fate("left_alone")
        return Fate("held", "unlinked_reference")
    return Fate("update", refers_to=agreed)


def _is_remapped(sight: Sight) -> bool:
    """Say whether it holds what nothing explains but a former row of its map."""
    return (
        sight.may_be_remapped
        and sight.current is not None
        and sight.is_delivered
        and not is_same(sight, sight.delivered)
        and not spells_delivered(sight)
    )


def _lacks_a_typed_spelling(sight: Sight, agreed: dict[str, Agreed]) -> bool:
    """Say whether somebody typed the agreed spelling, and this one has another."""
    is_typed = agreed[sight.name].rule not in ("stays", "first_meeting", "ask")
    return is_typed and holds_another_spelling(sight)


def _together(
    own: Sight, alone: list[tuple[Sight, Fate]], agreed: dict[str, Agreed]
) -> Fate:
    """Say what becomes of a value that goes with its group, or not at all."""
    fate = next(fate for sight, fate in alone if sight is own)
    if fate.outcome != "update":
        return fate
    for sight, beside in alone:
        if sight.member is not own.member or sight.spelling.unit != own.spelling.unit:
            continue
        lacks_it = not (
            sight.is_delivered and sight.delivered == agreed[sight.name].value
        )
        if beside.outcome == "held" or (beside.outcome == "unknown" and lacks_it):
            return Fate("held", "with_its_group")
    return fate


def _ends_before_start(sight: Sight, agreed: dict[str, Agreed]) -> bool:
    """Say whether a member would refuse the pair that a value belongs to."""
    pair = {
        cell.spelling.accepts == "not_before_start": stored(
            agreed[cell.spelling.property].value, cell.spelling
        )
        for cell in sight.member.cells.values()
        if cell.spelling.unit == sight.spelling.unit
        and cell.spelling.property in agreed
    }
    start, end = pair.get(False), pair.get(True)
    return start is not None and end is not None and end < start


def _note(sight: Sight, agreed: str | None, fate: Fate) -> Memory | None:
    """Say what is remembered of a member now; None when nothing changes.

    What was seen but is not the agreed value stands for nothing until it is written.
    """
    if sight.native is None or fate.outcome in ("absent", "unknown"):
        return None
    if sight.is_held_edit or fate.held_because == "needs_decision":
        return None
    remembered = sight.memory
    if fate.outcome == "in_step":
        note = Memory(sight.native, agreed, True)
    elif fate.outcome == "as_stored" and remembered is not None:
        note = Memory(sight.native, remembered.delivered, True)
    elif remembered is None or sight.native != remembered.observed:
        note = Memory(sight.native, None, False)
    elif sight.is_delivered and not (
        _overwrites_answer(sight, fate)
        or (fate.outcome == "update" and holds_another_spelling(sight))
    ):
        note = Memory(sight.native, remembered.delivered, True)
    else:
        note = Memory(sight.native, None, False)
    return None if note == remembered else note


def _overwrites_answer(sight: Sight, fate: Fate) -> bool:
    """Say whether an update buries what the system made of our last write, unexplained.

    A person may have typed it before any list showed what we had written.
    """
    if fate.outcome != "update" or sight.memory is None or sight.current is None:
        return False
    if sight.has_changed or not sight.is_delivered:
        return False
    return not (is_same(sight, sight.delivered) or spells_delivered(sight))


def _replaced_unedited(sight: Sight, agreed: Agreed, fate: Fate) -> set[Conflict]:
    """Keep what is replaced though nobody is known to have edited it.

    That is a newcomer's value, or a system's answer that nothing explains.
    """
    if _overwrites_answer(sight, fate) and not _is_remapped(sight):
        rule, status = "unexplained_answer", "open"
    elif (
        sight.memory is None
        and sight.for_star is not None
        and fate.outcome in ("update", "held")
    ):
        rule, status = "first_meeting", "noted"
    else:
        return set()
    lost = sight.current if sight.for_star is None else sight.for_star
    if lost == agreed.value:  # a code that means nothing, and reads like the value
        return set()
    return {
        Conflict(
            sight.name,
            agreed.won_by,
            agreed.value,
            sight.member.key,
            lost,
            rule,
            status,
        )
    }


def _has_lost(conflict: Conflict, made: Decision) -> bool:
    """Say whether a loser has lost: who holds the agreed value already has not."""
    if conflict.losing_value == conflict.winning_value:
        return False
    fate = made.fates.get((conflict.loser, conflict.property))
    return fate is None or fate.outcome != "in_step"


def _waits(sight: Sight, made: Decision) -> bool:
    """Say whether something is left to pass on to a member."""
    fate = made.fates.get((sight.member.key, sight.name))
    if fate is None:
        return False
    if sight.is_unconfirmed:
        return True
    if fate.outcome == "absent":
        remembered = sight.memory
        return (
            remembered is None
            or not remembered.is_delivered
            or remembered.delivered != made.agreed[sight.name].value
        )
    if fate.outcome == "unknown" and sight.is_unshown:
        return False
    return fate.outcome in WAITING
