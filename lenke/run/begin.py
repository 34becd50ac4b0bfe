"""How a run begins: what is checked, what is opened, what it is called.

Most runs only read and are not counted, so the ledger stays as it is, byte for byte. A
run that writes takes a step of the ledger.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC

from ledger import recover
from ledger.ledger import Ledger
from lenke.build.fresh import begin_home
from lenke.build.kept import compiled_models
from lenke.home.disk import check_room
from lenke.home.lock import alone, open_warehouse
from lenke.home.places import Home
from lenke.run import paused, recovery, running, tenants
from lenke.run.clock import in_step
from lenke.run.guards import pass_guards
from lenke.run.log import log, name_run
from lenke.run.report import RunReport
from lenke.run.run import COMPILING, Run, RunOptions
from lenke.run.surroundings import Sessions, Surroundings, sessions, settings_of
from lenke.seeds.check import check_seeds
from reverse_etl.push.stops import check_plan


@contextmanager
def ready(
    home: Home, command: str, options: RunOptions, around: Surroundings
) -> Iterator[Run]:
    """Give a run that can begin: the only one here, with sessions and the right time.

    It has no name yet. Raises a LenkeError that says what keeps it from beginning.
    """
    check_seeds()
    settings = settings_of(home)
    check_room(home, settings)
    with alone(home, command):
        begin_home(
            home, lambda: compiled_models(home, lambda: around.on_stage(COMPILING))
        )
        with (
            open_warehouse(home),
            in_step(home, around) as in_time,
            sessions(home, settings, in_time) as opened,
        ):
            report = RunReport("", warnings=list(in_time.warnings), command=command)
            yield Run(home, options, settings, in_time, opened, report)


def to_sync(run: Run) -> Run:
    """Count the run, and give it as it is from now on.

    A ledger that is not the newest one makes it a recovery, which reads everything. A
    person accepts such a ledger only after a run before this one has said so.
    """
    with run.ledger() as ledger:
        old = recovery.noticed(run.home, ledger)
        was_said = recover.noticed(ledger) is not None
        _count(run, ledger)
        if old:
            recover.notice(ledger, run.run_id, old)
        return replace(
            run,
            options=replace(
                run.options,
                full=run.options.full or old is not None,
                accept_ledger=run.options.accept_ledger and was_said,
            ),
            sessions=_to_ask(ledger, run),
        )


def to_load(run: Run) -> Run:
    """Name the run, and give it as it is from now on."""
    _name(run, _uncounted(run))
    if not run.home.ledger.exists():
        return run
    with run.ledger() as ledger:
        return replace(run, sessions=_to_ask(ledger, run))


def to_plan(run: Run) -> Run:
    """Name the run, and give it as it is from now on: it says if it is a recovery."""
    with run.ledger() as ledger:
        old = recovery.noticed(run.home, ledger)
        opened = _to_ask(ledger, run)
    _name(run, _uncounted(run))
    full = run.options.full or old is not None
    return replace(run, options=replace(run.options, full=full), sessions=opened)


def to_push(run: Run) -> None:
    """Count the run, when the plan that the last build made may be sent as it is.

    Raises StopRun when that plan is altered, or older than the ledger or the loads.
    """
    with run.ledger() as ledger:
        recovery.refuse_push(run, ledger)
        tenants.refuse_push(run, ledger)
        with run.warehouse() as warehouse:
            check_plan(warehouse, ledger)
        pass_guards(replace(run, report=RunReport("")))  # the push says it again
        _count(run, ledger)


def _to_ask(ledger: Ledger, run: Run) -> Sessions:
    """Give the sessions with the systems that this run may ask."""
    return paused.without_paused(ledger, tenants.without_others(ledger, run.sessions))


def _count(run: Run, ledger: Ledger) -> None:
    allows = run.options.allow_mass_change
    _name(run, ledger.start_run(run.report.command, allows).run_id)


def _uncounted(run: Run) -> str:
    return f"{run.around.clock().astimezone(UTC):%Y%m%dT%H%M%SZ}-{run.report.command}"


def _name(run: Run, run_id: str) -> None:
    run.report.run_id = run_id
    running.name_run(run.home, run_id)
    name_run(run_id)
    log.info("The run begins.")
