"""What must be true of a world: after every run, and when it is quiet.

Each check names the promise that it holds Lenke to (README). It looks at the systems,
and in the ledger only at what a promise speaks of: links, agreed values, conflicts.
"""

import hashlib

from ledger.ledger import open_ledger
from lenke.build.options import BuildOptions
from lenke.people.refusals import acknowledge
from tests.compiled import build_some
from tests.engine import promises_of_records as records
from tests.engine import promises_of_values as values
from tests.engine.engine import Engine
from tests.engine.memory import agreed_in, findings_of, refusals_of
from tests.engine.parting import what_was_put_back_is_there
from tests.engine.resting import everything_takes_part_again
from tests.engine.veils import a_property_is_seen_again
from tests.engine.violation import Violation


def check_after_run(engine: Engine) -> None:
    """Check what holds at any time."""
    records.p6_unmapped_members_are_as_they_were(engine)
    records.p7_links_are_one_to_one(engine)
    records.p7_no_filler_links_anybody(engine)
    records.p8_nothing_is_deleted(engine)


def become_quiet(engine: Engine) -> None:
    """Wait until every pause is over, then turn until nothing is left to do (P1).

    Where people edited more than a run may write unseen, somebody looks and allows it.
    """
    engine.faults.clear()
    a_property_is_seen_again(engine, 0)
    everything_takes_part_again(engine, 0)
    engine.clock.advance(9 * 24 * 3600)
    if engine.is_restored:
        engine.run()
        if engine.writes():
            raise Violation("P14: a recovery wrote to a system")
        engine.run(accept_ledger=True)
        engine.is_restored = False
    engine.run()
    if engine.is_stopped_by_a_guard:
        engine.run(allow_mass_change=True)
    sent = [engine.writes()]
    for _ in range(2):
        somebody_acknowledges_what_is_refused(engine)
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


def somebody_acknowledges_what_is_refused(engine: Engine) -> None:
    """Say of each refusal that it may stand: people type what no system takes."""
    if not engine.home.warehouse.exists():
        return
    build_inspection(engine)
    standing = refusals_of(engine)
    if standing:
        with open_ledger(engine.home.ledger, engine.clock) as ledger:
            acknowledge(ledger, standing, None)


def build_inspection(engine: Engine) -> None:
    """Build what people look at, which runs of a world leave out."""
    build_some(
        engine.home,
        BuildOptions(now=engine.clock()),
        lambda node: node.kind == "view" or node.schema == "inspection",
    )


def check_quiet(engine: Engine) -> None:
    """Check what holds when nobody edits any more and nothing fails."""
    build_inspection(engine)
    found = findings_of(engine)
    records.p5_no_record_is_doubled(engine)
    values.p2_linked_values_are_equal(engine, found)
    values.p4_agreed_values_were_typed(engine)
    values.p3_no_edit_is_lost(engine, found)
    values.p3_both_ends_of_a_period_arrive(engine, found)
    values.p14_what_everybody_had_is_still_there(engine)
    what_was_put_back_is_there(engine)


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
    if not before and (engine.links() or agreed_in(engine)):
        raise Violation("P9: a plan filled a new ledger")


def _digest(engine: Engine) -> str:
    if not engine.home.ledger.exists():
        return ""
    return hashlib.sha256(engine.home.ledger.read_bytes()).hexdigest()
