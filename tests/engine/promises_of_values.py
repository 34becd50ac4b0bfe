"""What must be true of values when it is quiet: P2, P3, P4 and P14."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.engine.engine import Engine
from tests.engine.memory import agreed_in, members_of, stars_of
from tests.engine.seeds import Member, held, members
from tests.engine.settings import CODED, CODES
from tests.engine.typing import as_stored, canonical, is_in_other_letters
from tests.engine.violation import Violation

_TELLING = ("text", "email", "phone", "organization_number", "local_time", "date")


def p2_linked_values_are_equal(
    engine: Engine, found: set[tuple[str, str | None]]
) -> None:
    agreed = agreed_in(engine)
    for source, key, member in _places(engine):
        name = (source, member.property)
        if (
            name not in agreed
            or member.kind == "lines"
            or "_derived" in member.json_path
            or member.direction == "on_create"
            or _is_found(found, (key, source), member)
        ):
            continue
        has = _has(engine, key, member)
        want = as_stored(member, agreed[name])
        if (
            has != want
            and not _same_number(has, want)
            and not (
                is_in_other_letters(member, has, want)
                and (
                    engine.was_restored  # what it has forgotten meets once more
                    or not _was_typed_since(engine, source, key, member.property)
                )
            )
        ):
            raise Violation(
                f"P2: {key} {member.json_path} is {has!r}, agreed is {agreed[name]!r}"
            )


def _was_typed_since(engine: Engine, source: str, key: str, name: str) -> bool:
    """Tell whether the agreed spelling was typed after a record had met its star.

    Until then each keeps the letters that it had.
    """
    met_at = f"{'min' if key == source else 'max'}(links.established_at)"
    rows = engine.ledger(
        f"select history.agreed_at, history.rule, {met_at} "
        "from ledger.value_history as history left join ledger.links as links "
        f"on links.source_key = history.source_key and '{key}' in "
        "(links.source_key, links.target_key) "
        f"where history.source_key = '{source}' and history.property = '{name}' "
        "group by all order by history.agreed_at desc limit 1"
    )
    return any(rule != "first_meeting" and at > met for at, rule, met in rows)


def _places(engine: Engine) -> Iterator[tuple[str, str, Member]]:
    """Give the source, record and member of every value that stars have."""
    for source, targets in stars_of(engine).items():
        for flow, target in targets:
            for key in (source, target):
                for member in members_of(key, flow):
                    yield source, key, member


def _has(engine: Engine, key: str, member: Member) -> str | None:
    """Give what a record holds there now, in the star's spelling."""
    return canonical(engine, member, held(engine.record(key), member.json_path))


def _is_found(
    found: set[tuple[str, str | None]], keys: tuple[str, ...], member: Member
) -> bool:
    names = (member.property, member.name, None)
    return any((key, name) in found for key in keys for name in names)


def _same_number(one: str | None, other: str | None) -> bool:
    try:
        return float(one or "") == float(other or "")
    except ValueError:
        return False


def _typed(engine: Engine, source: str, name: str) -> set[str | None]:
    keys = [source, *(target for _, target in stars_of(engine).get(source, []))]
    found: set[str | None] = set()
    for key in keys:
        found |= engine.typed.get((key, name), set())
    return found


def _kinds() -> dict[tuple[str, str, str], Member]:
    return {
        (system, entity, member.property): member
        for (system, entity), its in members().items()
        for member in its
    }


def p4_agreed_values_were_typed(engine: Engine) -> None:
    kinds = _kinds()
    for (source, name), value in agreed_in(engine).items():
        system, entity, _ = source.split(":", 2)
        member = kinds.get((system, entity, name))
        if (
            member is None
            or member.kind not in _TELLING
            or "_derived" in member.json_path
            or value is None
        ):
            continue
        typed = _typed(engine, source, name)
        if value not in typed and not (
            member.kind in ("local_time", "date")
            and any(each and each[:10] == value[:10] for each in typed)
        ):
            raise Violation(
                f"P4: {source} {name} is {value!r}, which nobody typed: {typed}"
            )
    _p4_no_old_value_comes_back(engine, kinds)


def _p4_no_old_value_comes_back(
    engine: Engine, kinds: dict[tuple[str, str, str], Member]
) -> None:
    history: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for source, name, value in engine.ledger(
        "select source_key, property, agreed_value from ledger.value_history "
        "where rule <> 'unlinked' order by agreed_at, rowid"
    ):
        system, entity, _ = source.split(":", 2)
        member = kinds.get((system, entity, name))
        is_told_apart = member and (member.flow, name) != CODED  # few, typed again
        if (
            member
            and is_told_apart
            and member.kind in ("text", "email", "phone")
            and value is not None
            and value not in CODES
        ):
            values = history[source, name]
            if not values or values[-1] != value:
                values.append(value)
    for place, values in history.items():
        if _was_lied_to(engine, place[0]):
            continue
        back = [value for value, times in Counter(values).items() if times > 1]
        if back:
            raise Violation(f"P4: {place}: {back} came back: {values}")


def _was_lied_to(engine: Engine, source: str) -> bool:
    """Tell whether a record's system said that it had stored a write and had not.

    When people edit that record twice before any list shows it, what stands there looks
    like something that they typed (docs/faults.md).
    """
    keys = [source, *(target for _, target in stars_of(engine).get(source, []))]
    return any(("write_ignored", key) in engine.faults.reached_on for key in keys)


def p3_no_edit_is_lost(engine: Engine, found: set[tuple[str, str | None]]) -> None:
    agreed = agreed_in(engine)
    kept = set(
        engine.ledger("select source_key, property, losing_value from ledger.conflicts")
    ) | set(
        engine.ledger(
            "select source_key, property, agreed_value from ledger.value_history"
        )
    )
    kinds = _kinds()
    stars = stars_of(engine)
    for place, edit in enumerate(engine.edits):
        system, entity, _ = edit.member_key.split(":", 2)
        member = kinds[system, entity, edit.property]
        kind = member.kind
        linked = [edit.star, *(target for _, target in stars.get(edit.star, []))]
        if (
            kind not in _TELLING
            or edit.canonical is None
            or edit.member_key not in linked
            or edit.is_in_window
            or edit.star in engine.removed
            or not _has_company(edit.star, edit.property, stars)
        ):
            continue
        value = edit.canonical
        name = (edit.star, edit.property)
        if (*name, value) in kept or agreed.get(name) == value:
            continue
        if kind in ("local_time", "date") and any(
            known[:2] == name and (known[2] or "")[:10] == value[:10]
            for known in (*kept, *((*key, v) for key, v in agreed.items()))
        ):
            continue
        if _is_found(found, (edit.member_key, edit.star), member):
            continue
        if any(
            later.member_key == edit.member_key
            and later.property == edit.property
            and not engine.seen_between(edit.after_runs, later.after_runs)
            for later in engine.edits[place + 1 :]
        ):
            continue
        raise Violation(f"P3: {edit} is nowhere")


def p3_both_ends_of_a_period_arrive(
    engine: Engine, found: set[tuple[str, str | None]]
) -> None:
    """A start and an end that two people moved both count when nobody else moved them.

    (In the engine's worlds every end is after every start.)
    """
    agreed = agreed_in(engine)
    kinds = _kinds()
    stars = stars_of(engine)
    for moved in engine.moved_apart:
        star, names = moved[0].star, [edit.property for edit in moved]
        linked = [star, *(target for _, target in stars.get(star, []))]
        others = [
            edit
            for edit in engine.edits
            if edit.star == star and edit.property in names and edit not in moved
        ]
        if others or _was_lied_to(engine, star) or star in engine.removed:
            continue
        for edit in moved:
            system, entity, _ = edit.member_key.split(":", 2)
            member = kinds[system, entity, edit.property]
            value = agreed.get((star, edit.property)) or ""
            if edit.member_key not in linked or _is_found(
                found, (edit.member_key, star), member
            ):
                break
            if value[:10] != (edit.canonical or "")[:10]:
                raise Violation(f"P3: {edit} lost to the other end: {value!r} agreed")


def _has_company(star: str, name: str, stars: dict[str, list[tuple[str, str]]]) -> bool:
    """Tell whether a property of a star is anywhere but in its source."""
    return any(
        member.property == name
        for flow, target in stars.get(star, [])
        for member in members_of(target, flow)
    )


def p14_what_everybody_had_is_still_there(engine: Engine) -> None:
    edited = {(edit.star, edit.property) for edit in engine.edits}
    agreed = agreed_in(engine)
    stars = stars_of(engine)
    for name, value in engine.before_restoring.items():
        star, _ = name
        if name in edited or name not in agreed or star not in stars:
            continue
        if agreed[name] != value:
            raise Violation(
                f"P14: everybody had {value!r} for {name} when an old ledger came; "
                f"now {agreed[name]!r} is agreed"
            )


def in_step(engine: Engine) -> dict[tuple[str, str], str | None]:
    """Give what all members of a star hold alike, by star and property."""
    found: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    agreed = agreed_in(engine)
    for source, key, member in _places(engine):
        name = (source, member.property)
        if member.kind not in ("text", "email") or name not in agreed:
            continue
        has = _has(engine, key, member)
        whole = has == as_stored(member, agreed[name])
        found[name].add(agreed[name] if whole else f"other: {has}")
    return {
        name: next(iter(values)) for name, values in found.items() if len(values) == 1
    }
