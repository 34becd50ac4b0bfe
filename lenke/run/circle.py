"""One turn of the circle, in six words.

settle        find out what became of writes that an earlier run left open
load          read the systems into raw
decide        build the models, in the warehouse; nothing changes anywhere else
pass_or_stop  stop here unless the ledger is the newest one, or a person accepts it
push          pass the guards, write down what was decided, send it
look_again    build and publish once more, so that people see what is there now

Deciding never writes and writing never decides: only `settle` and `push` change the
ledger, and only `push` changes a system.
"""

from connections.http.errors import StopRun
from lenke.home.places import Home
from lenke.people import refusals
from lenke.run import begin, recovery, stages, writing
from lenke.run.guards import note_guards
from lenke.run.report import RunReport
from lenke.run.run import RunOptions
from lenke.run.surroundings import Surroundings


def sync(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Load, build and push; give what came of it.

    Raises a LenkeError when the run had to stop; what was sent has its receipts then.
    """
    with begin.ready(home, "sync", options, around) as ready:
        run = begin.to_sync(ready)
        with stages.end_noted(run):
            writing.settle(run)
            stages.load(run)
            stages.decide(run)
            recovery.pass_or_stop(run)
            writing.push(run)
        stages.look_again(run)
    return run.report


def load(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Read the systems into raw; nothing is decided or written."""
    with begin.ready(home, "load", options, around) as ready:
        run = begin.to_load(ready)
        stages.load(run)
    return run.report


def plan(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Load and build: what a push would send is in the warehouse then.

    Neither a system nor the ledger changes.
    """
    with begin.ready(home, "plan", options, around) as ready:
        run = begin.to_plan(ready)
        stages.load(run)
        stages.decide(run, publish_always=True)
        run.report.guards = note_guards(run)
        with run.ledger() as ledger:
            refusals.note(home, ledger, run.report)
        recovery.note(run)
        stages.note_planned(run)
    return run.report


def push(home: Home, options: RunOptions, around: Surroundings) -> RunReport:
    """Send exactly the plan that the last build made.

    Raises StopRun when that plan is altered, or older than the ledger or the loads.
    """
    with begin.ready(home, "push", options, around) as run:
        begin.to_push(run)
        with stages.end_noted(run):
            if writing.settle(run):
                raise StopRun(
                    "An earlier run had left writes open; they are settled now, so the "
                    "plan is old. Nothing was sent. Run `lenke plan` again, or `lenke "
                    "sync`."
                )
            writing.push(run)
        stages.look_again(run)
    return run.report
