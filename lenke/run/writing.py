"""The stages of a run that write: settle what is open, write down, send."""

from collections import Counter

import duckdb

from ledger.decide import decide
from ledger.ledger import Ledger
from lenke.people import refusals
from lenke.run import tenants
from lenke.run.guards import pass_guards
from lenke.run.report import PARTLY_DONE, RunReport
from lenke.run.run import Run
from reverse_etl.push.plan import Plan
from reverse_etl.push.push import push as send_all
from reverse_etl.unsettled.settle import settle_open_writes

_CONFLICTS = "select count(*) from merging.merge_conflicts"
_ENDED_LINKS = "select count(*) from matching.match_ended_links"


def settle(run: Run) -> bool:
    """Find out what became of the open writes of an interrupted run.

    True: there were some, so whatever was decided before is old.
    """
    with run.ledger() as ledger:
        settled = settle_open_writes(
            ledger,
            run.sessions.systems,
            run.sessions.http,
            run_id=run.run_id,
            settle_seconds=run.settings.settle_seconds,
        )
    if settled:
        kinds = Counter(each.status for each in settled)
        words = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        run.says(f"Writes that an earlier run left open: {words}")
    return bool(settled)


def push(run: Run) -> None:
    """Pass the guards, write down what was decided, then send it."""
    report = run.report
    with run.ledger() as ledger:
        tenants.note_first(ledger, run.sessions, report.loaded)
        run.check_room()
        pass_guards(run)
        refusals.note(run.home, ledger, report)
        with report.timed("push"):
            run.says("Writing down what was decided")
            decide(ledger, run.run_id)
            with run.warehouse() as warehouse:
                _note_decided(warehouse, report)
                plan = Plan(warehouse)
                _send(plan, ledger, run)


def _note_decided(warehouse: duckdb.DuckDBPyConnection, report: RunReport) -> None:
    report.links = dict(
        warehouse.execute(
            "select flow, count(*) from matching.match_new_links "
            "group by flow order by flow"
        ).fetchall()
    )
    report.conflicts = warehouse.execute(_CONFLICTS).fetchall()[0][0]
    report.ended_links = warehouse.execute(_ENDED_LINKS).fetchall()[0][0]


def _send(plan: Plan, ledger: Ledger, run: Run) -> None:
    planned = sum(plan.sizes().values())
    run.says(f"Sending {planned:,} writes")
    count, report = run.counter("writes", planned), run.report
    result = send_all(
        plan,
        ledger,
        run.sessions.systems,
        run.sessions.http,
        run_id=run.run_id,
        on_progress=lambda _system, _outcome: count(1),
    )
    report.note_writes(result.writes)
    created = ledger.fetch(
        "select flow, count(*) from ledger.links "
        "where established_run_id = ? and matched_by in ('created', "
        "'external_reference') group by flow order by flow",
        [report.run_id],
    )
    for flow, number in created:
        report.links[flow] = report.links.get(flow, 0) + number
    for words in (*result.stopped.values(), *result.not_granted):
        report.worsen(PARTLY_DONE, "partly done", words)
    report.unreachable |= result.stopped
    refused = sum(counts["refused"] for counts in report.writes.values())
    if refused and refusals.are_news(ledger, report.run_id):
        report.worsen(
            PARTLY_DONE,
            "partly done",
            f"{refused} writes were refused; `lenke findings` has the systems' words.",
        )
