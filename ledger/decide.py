"""Write down what a build decided: one transaction on the ledger, before any write.

The decisions are tables that dbt made; this only copies them. It is the moment at
which a plan becomes the remembered state: killed before it, nothing happened; killed
after it, the next run goes on from here.
"""

from collections.abc import Iterable

from connections.machine import crash_points
from ledger.ledger import Ledger
from ledger.statements import carried_out

# Files of `sql/`, in the order in which they are carried out.
MOVED = ("move_links", "move_observations", "move_record_states")
NEW_LINKS = "add_new_links"
FINDINGS = "keep_findings"
_DECIDED = (
    *MOVED,
    NEW_LINKS,
    "end_links",
    "keep_agreed_values",
    "keep_observations",
    "keep_record_states",
    "add_conflicts",
    "note_done_decisions",
    "close_questions",
    "note_listings",
    "keep_resting_properties",
    "keep_excluded_records",
    "keep_first_runs",
    "step_before_sending",
)


def decide(ledger: Ledger, run_id: str) -> None:
    """Copy a build's decisions into the ledger, all of them or none, as one step.

    The ledger is open beside the warehouse; `ledger.id` is told of the step before
    anything is sent. Raises StopRun when the ledger can't be written.
    """
    findings = (FINDINGS,) if ledger.ask("findings_changed") else ()
    write_down(ledger, run_id, (*findings, *_DECIDED))
    ledger.tell()


def write_down(ledger: Ledger, run_id: str, names: Iterable[str]) -> None:
    """Carry out files that read a build and write the ledger, in one transaction."""
    given = {"run_id": run_id, "now": ledger.now()}
    crash_points.reached(crash_points.BEFORE_DECIDING)
    with ledger.transaction() as connection:
        for name in names:
            for _ in carried_out(connection, name, given):
                crash_points.reached(crash_points.INSIDE_DECIDING)
    crash_points.reached(crash_points.AFTER_DECIDING)
