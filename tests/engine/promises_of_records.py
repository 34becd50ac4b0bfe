"""What must be true of records and links: P5 to P8."""

from collections import Counter

from tests.engine.edits import unmapped_of
from tests.engine.engine import Engine
from tests.engine.seeds import flows
from tests.engine.violation import Violation
from tests.engine.world import STRANGER


def p6_unmapped_members_are_as_they_were(engine: Engine) -> None:
    for key, before in engine.unmapped.items():
        if key in engine.removed:
            continue
        now = unmapped_of(key, engine.record(key))
        if now != before:
            changed = sorted(
                name for name in before | now if before.get(name) != now.get(name)
            )
            raise Violation(f"P6: {key} has other values in {changed} than before")


def p7_links_are_one_to_one(engine: Engine) -> None:
    links = engine.links()
    sources = Counter((flow, source) for flow, source, _ in links)
    targets = Counter(target for _, _, target in links)
    twice = [key for key, number in (*sources.items(), *targets.items()) if number > 1]
    if twice:
        raise Violation(f"P7: linked more than once: {twice}")


def p7_no_filler_links_anybody(engine: Engine) -> None:
    for flow, source, target in engine.links():
        record = engine.record(target) or {}
        if record.get("LastName") == STRANGER:
            raise Violation(f"P7: a filler has linked {source} with {target} in {flow}")


def p8_nothing_is_deleted(engine: Engine) -> None:
    for key in engine.by_people - engine.removed:
        record = engine.record(key)
        if record is None or record.get("deletedAt"):
            raise Violation(f"P8: {key} is gone, and nobody deleted it")


def p5_no_record_is_doubled(engine: Engine) -> None:
    """Look for records that we made and forgot.

    One that a recovery found to look like what a source lacks is a finding, and nothing
    is made in its place.
    """
    known = {
        target
        for (target,) in engine.ledger(
            "select target_key from ledger.links "
            "union select target_key from ledger.look_alikes"
        )
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
