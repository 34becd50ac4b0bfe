"""The guards: what stops a run, or rests a system, before anything is sent."""

from connections.http.errors import StopRun
from lenke.run.report import STOPPED_BY_GUARD
from lenke.run.run import Run


class StoppedByGuard(StopRun):
    """Going on could do harm on a large scale; a person has to say so."""


_LOOK = (
    "The next sync reads it in full and goes on by itself when all is well again. If "
    "that is how it is: lenke sync --full --allow-mass-change"
)
_ANOTHER_TENANT = (
    "It was not asked for anything. If only a key was renewed, or if those are the "
    "records that this ledger is about: lenke doctor --accept {}. If not, put the "
    "settings back, or give that tenant a LENKE_HOME of its own"
)


def note_guards(run: Run) -> list[str]:
    """Note systems and properties that rest; give the words of guards that stop."""
    with run.warehouse() as warehouse:
        for system, why, is_another_tenant in warehouse.execute(
            "select system_name, why_not, is_another_tenant "
            "from matching.match_systems where rests"
        ).fetchall():
            run.report.worsen(
                STOPPED_BY_GUARD,
                "system rests",
                f"{system} rests: {why}. Nothing was decided or written for it; the "
                "others went on. "
                + (_ANOTHER_TENANT if is_another_tenant else _LOOK).format(system),
            )
        for place, turned, held, shown in warehouse.execute(
            "select system_name || ' ' || entity || ' ' || name, turned, held, shown "
            "from merging.merge_resting_properties order by all"
        ).fetchall():
            run.report.worsen(
                STOPPED_BY_GUARD,
                "property rests",
                f"{place} rests: {turned} of the {held} linked records that held a "
                f"value show {shown} there now, without newer stamps, so what we may "
                "see has changed. Nothing of it was passed on or written; everything "
                "else went on. The next sync reads the system in full and goes on by "
                "itself when the values are back. If that is how it is: "
                "lenke sync --full --allow-mass-change",
            )
        if run.options.allow_mass_change:
            return []
        guards = warehouse.execute(
            "select what_was_seen, share, number from outbound.outbound_guards "
            "order by flow, operation"
        ).fetchall()
    return [
        f"{seen} (expected: at most {number:.0f}, or {share:.0%} of the links)"
        for seen, share, number in guards
    ]


def pass_guards(run: Run) -> None:
    """Raise StoppedByGuard when the plan changes more than it may unseen."""
    stopping = note_guards(run)
    if stopping:
        raise StoppedByGuard(
            "This run would change more than it may unseen, so nothing was sent: "
            + "; ".join(stopping)
            + ". `lenke plan` shows each write and why. If it is meant, go on with: "
            "lenke sync --allow-mass-change. If not, mend what caused it (a mass edit "
            "in a system, a changed seed); the next sync decides anew."
        )
