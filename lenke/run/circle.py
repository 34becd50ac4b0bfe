"""One turn of the circle: load, build, push.

Deciding never writes and writing never decides: `load` reads the systems into raw,
`build` lets dbt decide, and only `push` writes, to the ledger and to the systems.
"""

from dataclasses import dataclass
from datetime import UTC

from connections.http.errors import StopRun
from connections.machine.database import connect
from ledger import recover
from ledger.ledger import open_ledger
from lenke.home.disk import check_room
from lenke.home.lock import only_run
from lenke.home.places import Home
from lenke.people import refusals
from lenke.run import recovery, running, stages, tenants, writing
from lenke.run.clock import in_step
from lenke.run.guards import note_guards, pass_guards
from lenke.run.log import log, name_run
from lenke.run.report import RunReport
from lenke.run.surroundings import Surroundings, sessions, settings_of
from lenke.seeds.check import check_seeds
from reverse_etl.push.stops import check_plan


@dataclass(frozen=True)
class RunOptions:
    """What the caller asks of a run.

    Full listings now; to pass the guards; to go on with a ledger that is not the
    newest one.
    """

    full: bool = False
    allow_mass_change: bool = False
    accept_ledger: bool = False


def sync(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Load, build and push; give what came of it.

    Raises a LenkeError when the run had to stop; what was sent has its receipts then.
    """
    check_seeds()
    settings = settings_of(home)
    check_room(home, settings)
    allow = options.allow_mass_change
    with (
        only_run(home, "sync"),
        in_step(home, around) as around,
        sessions(home, settings, around) as opened,
    ):
        with open_ledger(home.ledger, around.clock) as ledger:
            old = recovery.noticed(home, ledger)
            accepts = options.accept_ledger and recover.noticed(ledger) is not None
            report = _report(home, ledger.start_run("sync", allow).run_id, around)
            if old:
                recover.notice(ledger, report.run_id, old)
            opened = tenants.without_others(ledger, opened)
        full = options.full or old is not None
        with stages.end_noted(home, report, around):
            with open_ledger(home.ledger, around.clock) as ledger:
                writing.settle(ledger, opened, settings, report, around)
            stages.load(home, opened, settings, full, report, around)
            stages.decide(
                home, opened, settings, allow, report, around, publish_always=False
            )
            recovery.pass_or_stop(
                home, opened, settings, allow, accepts, report, around
            )
            with open_ledger(home.ledger, around.clock) as ledger:
                tenants.note_first(ledger, opened, report.loaded)
                writing.push(home, ledger, opened, settings, allow, report, around)
        stages.look_again(home, settings, report, around)
    return report


def load(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Read the systems into raw; nothing is decided or written."""
    check_seeds()
    settings = settings_of(home)
    check_room(home, settings)
    with (
        only_run(home, "load"),
        in_step(home, around) as around,
        sessions(home, settings, around) as opened,
    ):
        if home.ledger.exists():
            with open_ledger(home.ledger, around.clock) as ledger:
                opened = tenants.without_others(ledger, opened)
        report = _report(home, _reading_run("load", around), around, "load")
        stages.load(home, opened, settings, options.full, report, around)
    return report


def plan(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Load and build: what a push would send is in the warehouse then.

    Neither a system nor the ledger changes.
    """
    check_seeds()
    settings = settings_of(home)
    check_room(home, settings)
    with (
        only_run(home, "plan"),
        in_step(home, around) as around,
        sessions(home, settings, around) as opened,
    ):
        with open_ledger(home.ledger, around.clock) as ledger:
            old = recovery.noticed(home, ledger)
            opened = tenants.without_others(ledger, opened)
        full = options.full or old is not None
        report = _report(home, _reading_run("plan", around), around, "plan")
        stages.load(home, opened, settings, full, report, around)
        stages.decide(home, opened, settings, options.allow_mass_change, report, around)
        note_guards(home, options.allow_mass_change, report)
        with open_ledger(home.ledger, around.clock) as ledger:
            refusals.note(home, ledger, report)
        recovery.note(home, report)
        report.planned = stages.planned(home)
    return report


def push(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Send exactly the plan that the last build made.

    Raises StopRun when that plan is altered, or older than the ledger or the loads.
    """
    check_seeds()
    settings = settings_of(home)
    check_room(home, settings)
    allow = options.allow_mass_change
    with (
        only_run(home, "push"),
        in_step(home, around) as around,
        sessions(home, settings, around) as opened,
    ):
        with open_ledger(home.ledger, around.clock) as ledger:
            recovery.refuse_push(home, ledger)
            tenants.refuse_push(home, ledger, opened)
            with connect(home.warehouse, read_only=True) as warehouse:
                check_plan(warehouse, ledger)
            pass_guards(home, allow, RunReport(""))
            run_id = ledger.start_run("push", allow).run_id
            report = _report(home, run_id, around, "push")
        with (
            stages.end_noted(home, report, around),
            open_ledger(home.ledger, around.clock) as ledger,
        ):
            if writing.settle(ledger, opened, settings, report, around):
                raise StopRun(
                    "An earlier run had left writes open; they are settled now, so the "
                    "plan is old. Nothing was sent. Run `lenke plan` again, or `lenke "
                    "sync`."
                )
            writing.push(home, ledger, opened, settings, allow, report, around)
        stages.look_again(home, settings, report, around)
    return report


def _report(
    home: Home, run_id: str, around: Surroundings, command: str = "sync"
) -> RunReport:
    running.name_run(home, run_id)
    name_run(run_id)
    log.info("The run begins.")
    return RunReport(run_id, warnings=list(around.warnings), command=command)


def _reading_run(command: str, around: Surroundings) -> str:
    """Name a run that only reads: it is not counted, so the ledger stays as it is."""
    return f"{around.clock().astimezone(UTC):%Y%m%dT%H%M%SZ}-{command}"
