"""A run with a ledger that something else knows to be old, lost or foreign.

Such a run reads everything, links what is proved to belong together, and sends nothing.
It ends with exit code 4 until a person accepts the ledger.
"""

from ledger import recover
from ledger.ledger import Ledger
from lenke.home import witnesses
from lenke.home.places import Home
from lenke.run import stages
from lenke.run.guards import StoppedByGuard
from lenke.run.publish import publish
from lenke.run.report import STOPPED_BY_GUARD
from lenke.run.run import Run

# What an earlier run has noticed is told only when nothing shows it any more.
_SIGNS = """
select string_agg(what_was_seen, '; ' order by sign)
from matching.match_recovery_signs
group by sign = 'ledger'
order by sign = 'ledger'
limit 1
"""
_TO_LOOK_AT = """
select
    count(*) filter (where kind = 'recovery_differs'),
    count(*) filter (where kind = 'recovery_unlinked')
from inspection.inspect_recovery
"""
_NOT_SEEN = """
select string_agg(name || ' (' || why_not || ')', ', ' order by name)
from (
    select system_name as name, why_not from matching.match_systems
    where is_configured and not is_usable
    union all
    select system_name || ' ' || entity, why_not from matching.match_entities
    where is_refused
)
"""


def noticed(home: Home, ledger: Ledger) -> str | None:
    """Say what shows, before anything is read, that this ledger is not the newest."""
    found = witnesses.contradicting(home, ledger.identity)
    return "; ".join(each.words for each in found) or recover.noticed(ledger)


def signs(run: Run) -> str | None:
    """Say what the newest build knows about it; None: it was no recovery."""
    with run.warehouse() as warehouse:
        row = warehouse.execute(_SIGNS).fetchone()
    return None if row is None else str(row[0])


def pass_or_stop(run: Run) -> None:
    """Return when the newest build is no recovery, or a person accepts the ledger.

    Accepted, it is built again: only then may anything be created or written. Else what
    is proved is linked, and StoppedByGuard says what a person can do.
    """
    seen = signs(run)
    if seen is None:
        return
    if run.options.accept_ledger:
        _accept(run)
        run.says("The ledger is accepted; deciding again")
        stages.decide(run)
        return
    with run.ledger() as ledger:
        recover.notice(ledger, run.run_id, seen)
        recover.adopt(ledger, run.run_id)
    told = _words(run, seen)
    publish(run.home)
    raise StoppedByGuard(told)


def note(run: Run) -> None:
    """Let a plan say that a push would not go on with this ledger."""
    seen = signs(run)
    if seen is not None:
        run.report.worsen(STOPPED_BY_GUARD, "recovery", _words(run, seen))


def refuse_push(run: Run, ledger: Ledger) -> None:
    """Stop a push of any plan while the ledger is not known to be the newest."""
    seen = noticed(run.home, ledger)
    if seen is not None:
        raise StoppedByGuard(
            f"The ledger here is not the newest one: {seen}. Nothing was sent. Restore "
            "the newest ledger.duckdb, or run `lenke sync`: it says how to go on."
        )


def _words(run: Run, seen: str) -> str:
    """Say what was seen, what was done, and how to go on."""
    report = run.report
    with run.warehouse() as warehouse:
        report.links = dict(
            warehouse.execute(
                "select flow, count(*) from matching.match_new_links group by flow"
            ).fetchall()
        )
        [(differ, unlinked)] = warehouse.execute(_TO_LOOK_AT).fetchall()
        [(unseen,)] = warehouse.execute(_NOT_SEEN).fetchall()
    return (
        f"The ledger here is not the newest one: {seen}. Nothing was created, changed "
        "or deleted in any system: with an old ledger, records would be doubled and "
        f"newer values overwritten. {sum(report.links.values())} pairs are proved to "
        f"belong together; {differ} values differ and {unlinked} records have no "
        "proved partner: `lenke findings` lists them. "
        + (f"Not seen, and needed to accept it: {unseen}. " if unseen else "")
        + "If the newest ledger.duckdb can be had, restore it and run `lenke sync`. If "
        "not, look at the findings, then go on with this one: lenke sync "
        "--accept-ledger"
    )


def _accept(run: Run) -> None:
    """Go on with this ledger; StoppedByGuard when not all systems can be seen."""
    with run.warehouse() as warehouse:
        [(unseen,)] = warehouse.execute(_NOT_SEEN).fetchall()
    if unseen:
        raise StoppedByGuard(
            f"The ledger was not accepted, because not all can be seen: {unseen}. What "
            "is there might be created a second time. Nothing was sent. Run `lenke "
            "sync --accept-ledger` again when it is well."
        )
    with run.ledger() as ledger:
        found = witnesses.contradicting(run.home, ledger.identity)
        newest = max((each.told.run_counter for each in found), default=0)
        recover.accept(ledger, run.run_id, newest)
    witnesses.tell(run.home, [])
