"""The guards: what stops a run, or rests a system, before anything is written."""

import duckdb

from connections._errors import StopRun
from lenke._home import Home
from lenke._report import STOPPED_BY_GUARD, RunReport
from reverse_etl._ledger import Ledger


class StoppedByGuard(StopRun):
    """Going on could do harm on a large scale; a person has to say so."""


def be_the_newest(ledger: Ledger) -> None:
    """Refuse to write with a ledger that something else knows to be old or lost."""
    told = ledger.told_otherwise()
    if told:
        raise StoppedByGuard(
            f"{told}. Nothing was sent: with an old ledger, edits would be overwritten "
            "and records doubled. Restore the newest ledger.duckdb. If this one is "
            "meant to count from now on, remove ledger.id beside it."
        )


def note_guards(home: Home, allow_mass_change: bool, report: RunReport) -> list[str]:
    """Note systems that rest; give the words of the guards that stop a push."""
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        for system, why in warehouse.execute(
            "select system_name, why_not from matching.match_systems where rests"
        ).fetchall():
            report.worsen(
                STOPPED_BY_GUARD,
                "system rests",
                f"{system} rests: {why}. Nothing is decided or written for it. If that "
                "is how it is: lenke sync --full --allow-mass-change",
            )
        if allow_mass_change:
            return []
        guards = warehouse.execute(
            "select what_was_seen, share, number from outbound.outbound_guards "
            "order by flow, operation"
        ).fetchall()
    return [
        f"{seen} (expected: at most {number:.0f}, or {share:.0%} of the links)"
        for seen, share, number in guards
    ]
