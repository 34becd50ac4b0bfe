"""The stages of a run that write: settle what is open, write down, send."""

import threading
from collections import Counter

from connections.machine.database import connect
from connections.settings.read import LenkeSettings
from ledger.decide import decide
from ledger.ledger import Ledger
from lenke.home.disk import check_room
from lenke.home.places import Home
from lenke.people import refusals
from lenke.run.guards import pass_guards
from lenke.run.report import PARTLY_DONE, RunReport
from lenke.run.surroundings import Sessions, Surroundings
from reverse_etl.push.plan import Plan
from reverse_etl.push.push import push as send_all
from reverse_etl.unsettled.settle import settle_open_writes

_CONFLICTS = "select count(*) from merging.merge_conflicts"
_ENDED_LINKS = "select count(*) from matching.match_ended_links"


def settle(
    ledger: Ledger,
    opened: Sessions,
    settings: LenkeSettings,
    report: RunReport,
    around: Surroundings,
) -> bool:
    """Find out what became of the open writes of an interrupted run.

    True: there were some, so whatever was decided before is old.
    """
    settled = settle_open_writes(
        ledger,
        opened.systems,
        opened.http,
        run_id=report.run_id,
        settle_seconds=settings.settle_seconds,
    )
    if settled:
        kinds = Counter(each.status for each in settled)
        words = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        around.on_stage(f"Writes that an earlier run left open: {words}")
    return bool(settled)


def push(
    home: Home,
    ledger: Ledger,
    opened: Sessions,
    settings: LenkeSettings,
    allow_mass_change: bool,
    report: RunReport,
    around: Surroundings,
) -> None:
    """Pass the guards, write down what was decided, then send it."""
    check_room(home, settings)
    pass_guards(home, allow_mass_change, report)
    refusals.note(home, ledger, report)
    with report.timed("push"):
        around.on_stage("Writing down what was decided")
        decide(ledger, home.warehouse, report.run_id)
        with connect(home.warehouse, read_only=True) as warehouse:
            report.links = dict(
                warehouse.execute(
                    "select flow, count(*) from matching.match_new_links "
                    "group by flow order by flow"
                ).fetchall()
            )
            report.conflicts = warehouse.execute(_CONFLICTS).fetchall()[0][0]
            report.ended_links = warehouse.execute(_ENDED_LINKS).fetchall()[0][0]
            plan = Plan(warehouse)
            planned = sum(plan.sizes().values())
            around.on_stage(f"Sending {planned} writes")
            _send(plan, ledger, opened, report, around)


def _send(
    plan: Plan,
    ledger: Ledger,
    opened: Sessions,
    report: RunReport,
    around: Surroundings,
) -> None:
    lock = threading.Lock()
    sent = 0

    def count(_system: str, _outcome: str) -> None:
        nonlocal sent
        with lock:
            sent += 1
            around.on_progress("writes", sent)

    result = send_all(
        plan,
        ledger,
        opened.systems,
        opened.http,
        run_id=report.run_id,
        on_progress=count,
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
