"""What must be true of a world: after every run, and when it is quiet.

Each check names the promise that it holds Lenke to (README). It looks at the systems,
and in the ledger only at what a promise speaks of: links, agreed values, conflicts.
"""

import hashlib
from collections import Counter, defaultdict
from typing import Any

import duckdb

from lenke import _dbt
from tests.engine._engine import Engine, unmapped_of
from tests.engine._seeds import Member, flows, held, members
from tests.engine._shortcuts import build_models
from tests.engine._typing import as_stored, canonical

_TELLING = ("text", "email", "phone", "organization_number", "local_time", "date")


class Violation(AssertionError):  # noqa: N818 - the word for it
    """A promise is broken; the words name it.

    They are printed at once: whoever searches reads them before the search has ended.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        print(words, flush=True)


def check_after_run(engine: Engine) -> None:
    """Check what holds at any time."""
    _p6_unmapped_members_are_as_they_were(engine)
    _p7_links_are_one_to_one(engine)
    _p8_nothing_is_deleted(engine)


def become_quiet(engine: Engine) -> None:
    """Wait until every pause is over, then turn until nothing is left to do (P1)."""
    engine.faults.clear()
    engine.clock.advance(9 * 24 * 3600)
    if engine.is_restored:
        engine.run()
        if engine.writes():
            raise Violation("P14: a recovery wrote to a system")
        engine.run(accept_ledger=True)
        engine.is_restored = False
    sent = []
    for _ in range(3):
        report = engine.run()
        check_after_run(engine)
        sent.append(engine.writes())
    if sent[2]:
        raise Violation(f"P1: three quiet runs sent {sent} writes")
    if report is None or report.exit_code:
        told = engine.stopped if report is None else report.warnings
        raise Violation(f"P1: a quiet run ends with {told}")
    engine.home.warehouse.unlink()
    engine.run()
    if engine.writes():
        raise Violation(f"P1: {engine.writes()} writes after deleting the warehouse")


def check_quiet(engine: Engine) -> None:
    """Check what holds when nobody edits any more and nothing fails."""
    build_models(
        engine.home, _dbt.BuildOptions(), lambda node: '"inspection"' in node.relation
    )
    found = _found(engine)
    _p5_no_record_is_doubled(engine)
    _p2_linked_values_are_equal(engine, found)
    _p4_agreed_values_were_typed(engine)
    _p3_no_edit_is_lost(engine, found)
    _p14_what_everybody_had_is_still_there(engine)


def check_plan_changes_nothing(engine: Engine) -> None:
    """P9: a plan sends nothing, and not one byte of the ledger changes.

    Where there was no ledger, it may leave one in which nothing is written down.
    """
    before = _digest(engine)
    engine.run("plan")
    if engine.writes():
        raise Violation("P9: a plan wrote to a system")
    if before and _digest(engine) != before:
        raise Violation("P9: a plan changed the ledger")
    if not before and (engine.links() or _agreed(engine)):
        raise Violation("P9: a plan filled a new ledger")


def _digest(engine: Engine) -> str:
    if not engine.home.ledger.exists():
        return ""
    return hashlib.sha256(engine.home.ledger.read_bytes()).hexdigest()


def _found(engine: Engine) -> set[tuple[str, str | None]]:
    with duckdb.connect(str(engine.home.warehouse)) as warehouse:
        warehouse.execute(f"attach '{engine.home.ledger}' as ledger_file (read_only)")
        rows = warehouse.execute(
            "select record_key, property from inspection.findings"
        ).fetchall()
    return set(rows)


def _p6_unmapped_members_are_as_they_were(engine: Engine) -> None:
    for key, before in engine.unmapped.items():
        if key in engine.removed:
            continue
        now = unmapped_of(key, engine.record(key))
        if now != before:
            changed = sorted(
                name for name in before | now if before.get(name) != now.get(name)
            )
            raise Violation(f"P6: {key} has other values in {changed} than before")


def _p7_links_are_one_to_one(engine: Engine) -> None:
    links = engine.links()
    sources = Counter((flow, source) for flow, source, _ in links)
    targets = Counter(target for _, _, target in links)
    twice = [key for key, number in (*sources.items(), *targets.items()) if number > 1]
    if twice:
        raise Violation(f"P7: linked more than once: {twice}")


def _p8_nothing_is_deleted(engine: Engine) -> None:
    for key in engine.by_people - engine.removed:
        record = engine.record(key)
        if record is None or record.get("deletedAt"):
            raise Violation(f"P8: {key} is gone, and nobody deleted it")


def _p5_no_record_is_doubled(engine: Engine) -> None:
    known = {
        target for (target,) in engine.ledger("select target_key from ledger.links")
    }
    for flow in flows().values():
        if flow.mode != "create":
            continue
        stray = [
            key
            for key in engine.keys(*flow.target)
            if key not in known and key not in engine.by_people
        ]
        if stray:
            raise Violation(
                f"P5: records that we made and that belong to nobody: "
                f"{[(key, engine.record(key)) for key in stray]}"
            )


def _stars(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    stars: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for flow, source, target in engine.links():
        if source not in engine.removed and target not in engine.removed:
            stars[source].append((flow, target))
    return stars


def _members_of(key: str, flow: str) -> list[Member]:
    system, entity, _ = key.split(":", 2)
    return [each for each in members()[system, entity] if each.flow == flow]


def _agreed(engine: Engine) -> dict[tuple[str, str], str | None]:
    rows = engine.ledger(
        "select source_key, property, agreed_value from ledger.agreed_values"
    )
    return {(source, name): value for source, name, value in rows}


def _p2_linked_values_are_equal(
    engine: Engine, found: set[tuple[str, str | None]]
) -> None:
    agreed = _agreed(engine)
    for source, targets in _stars(engine).items():
        for flow, target in targets:
            for key in (source, target):
                record = engine.record(key)
                for member in _members_of(key, flow):
                    name = (source, member.property)
                    if (
                        name not in agreed
                        or member.kind == "lines"
                        or "_derived" in member.json_path
                        or member.direction == "on_create"
                        or _is_found(found, (key, source), member)
                    ):
                        continue
                    has = canonical(engine, member, held(record, member.json_path))
                    want = as_stored(member, agreed[name])
                    if has != want and not _same_number(has, want):
                        raise Violation(
                            f"P2: {key} {member.json_path} is {has!r}, agreed is "
                            f"{agreed[name]!r}"
                        )


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
    keys = [source, *(target for _, target in _stars(engine).get(source, []))]
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


def _p4_agreed_values_were_typed(engine: Engine) -> None:
    kinds = _kinds()
    for (source, name), value in _agreed(engine).items():
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
        "order by agreed_at, rowid"
    ):
        system, entity, _ = source.split(":", 2)
        member = kinds.get((system, entity, name))
        if member and member.kind in ("text", "email", "phone") and value is not None:
            values = history[source, name]
            if not values or values[-1] != value:
                values.append(value)
    for place, values in history.items():
        back = [value for value, times in Counter(values).items() if times > 1]
        if back:
            raise Violation(f"P4: {place}: {back} came back: {values}")


def _p3_no_edit_is_lost(engine: Engine, found: set[tuple[str, str | None]]) -> None:
    agreed = _agreed(engine)
    kept = set(
        engine.ledger("select source_key, property, losing_value from ledger.conflicts")
    ) | set(
        engine.ledger(
            "select source_key, property, agreed_value from ledger.value_history"
        )
    )
    kinds = _kinds()
    stars = _stars(engine)
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


def _has_company(star: str, name: str, stars: dict[str, list[tuple[str, str]]]) -> bool:
    """Tell whether a property of a star is anywhere but in its source."""
    return any(
        member.property == name
        for flow, target in stars.get(star, [])
        for member in _members_of(target, flow)
    )


def _p14_what_everybody_had_is_still_there(engine: Engine) -> None:
    edited = {(edit.star, edit.property) for edit in engine.edits}
    agreed = _agreed(engine)
    stars = _stars(engine)
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
    agreed = _agreed(engine)
    for source, targets in _stars(engine).items():
        for flow, target in targets:
            for key in (source, target):
                record = engine.record(key)
                for member in _members_of(key, flow):
                    name = (source, member.property)
                    if member.kind not in ("text", "email") or name not in agreed:
                        continue
                    has = canonical(engine, member, held(record, member.json_path))
                    whole = has == as_stored(member, agreed[name])
                    found[name].add(agreed[name] if whole else f"other: {has}")
    return {
        name: next(iter(values)) for name, values in found.items() if len(values) == 1
    }
