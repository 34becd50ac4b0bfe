"""Refused writes that wait: what a run says of them, and that a person has seen them.

A refusal stands until its values arrive, are changed, or a person acknowledges it. As
long as it stands, a run is only partly done, whether it has asked again or not.
"""

from typing import Any

from connections.http.errors import ConfigurationError
from connections.machine.database import connect
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people.decided import Decision, write_down
from lenke.run.report import PARTLY_DONE, RunReport
from lenke.showing import look

_WAIT = """
select distinct refusal_id from inspection.inspect_refused where is_held_back
"""

_KNOWN = """
select distinct refusal_id, flow, record_key, properties, words, acknowledged_at
from inspection.refusals
order by refusal_id
"""


def are_published(home: Home) -> bool:
    """Tell whether the published tables are of a Lenke that knows of refusals."""
    found = "select count(*) from duckdb_tables() where table_name = 'refusals'"
    return bool(look.ask(home, found).rows[0][0])


def note(home: Home, ledger: Ledger, report: RunReport) -> None:
    """Note refused writes of earlier runs that wait and that nobody acknowledged."""
    with connect(home.warehouse) as warehouse:
        waiting = set(warehouse.execute(_WAIT).fetchall())
    unseen = waiting - set(ledger.ask("acknowledged_refusals"))
    if unseen:
        report.worsen(
            PARTLY_DONE,
            "partly done",
            f"{len(unseen)} refused writes wait since an earlier run; `lenke status` "
            "names them. Correct the values, or say that it may stay so: lenke "
            "findings acknowledge",
        )


def are_news(ledger: Ledger, run_id: str) -> bool:
    """Tell whether a run was refused anything that no person had acknowledged."""
    refused = set(ledger.ask("refused_in_run", run_id=run_id))
    return bool(refused - set(ledger.ask("acknowledged_refusals")))


def published(home: Home) -> list[dict[str, Any]]:
    """Give the published refusals, each once."""
    if not are_published(home):
        raise ConfigurationError(
            "Nothing has been built yet by this Lenke. Nothing was acknowledged. Run "
            "`lenke plan` first; it sends nothing."
        )
    return look.ask(home, _KNOWN).as_json()


def acknowledge(
    ledger: Ledger, refusals: list[dict[str, Any]], reason: str | None
) -> list[dict[str, Any]]:
    """Say that refusals have been seen; give those that were not yet.

    The writes still wait and are tried again, but count no more. Other values count
    anew.
    """
    seen = {fingerprint for (fingerprint,) in ledger.ask("acknowledged_refusals")}
    unseen = [each for each in refusals if each["refusal_id"] not in seen]
    decisions = [
        Decision(
            "acknowledge",
            each["record_key"],
            flow=each["flow"],
            payload_hash=each["refusal_id"],
        )
        for each in unseen
    ]
    write_down(ledger, decisions, reason)
    return unseen
