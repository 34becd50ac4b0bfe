"""Findings that a person lets stand: they are no news any more, until they come back.

A finding that is about a refused write goes by that: what is said of the one is said of
the other, and the refusal counts no more.
"""

from typing import Any

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people import refusals
from lenke.people.decided import Decision, write_down
from lenke.showing import look
from lenke.showing.questions import SHORT_ID

_KNOWN = """
select finding_id, kind, record_key, property, refusal_id, acknowledged_at
from inspection.findings
order by finding_id
"""


def acknowledge(
    home: Home, ledger: Ledger, ids: list[str], reason: str | None
) -> list[dict[str, Any]]:
    """Let published findings and refused writes stand; give those that did not yet.

    Without ids: all of them. Raises ConfigurationError when an id names none, or
    several.
    """
    refused = {each["refusal_id"]: each for each in refusals.published(home)}
    found = {each["finding_id"]: each for each in look.ask(home, _KNOWN).as_json()}
    known = {*refused, *found}
    chosen = sorted({_named(known, each) for each in ids} if ids else known)
    by_refusal = {
        each: found[each]["refusal_id"]
        for each in chosen
        if each in found and found[each]["refusal_id"] in refused
    }
    seen = refusals.acknowledge(
        ledger,
        [
            refused[each]
            for each in dict.fromkeys(by_refusal.get(each, each) for each in chosen)
            if each in refused
        ],
        reason,
    )
    unseen = [
        found[each]
        for each in chosen
        if each in found
        and each not in by_refusal
        and found[each]["acknowledged_at"] is None
    ]
    write_down(
        ledger,
        [
            Decision(
                "acknowledge_finding",
                each["record_key"],
                property=each["property"],
                decided_value=each["kind"],
                payload_hash=each["finding_id"],
            )
            for each in unseen
        ],
        reason,
    )
    return [*seen, *unseen]


def _named(known: set[str], typed: str) -> str:
    """Give the one id that is meant."""
    found = sorted(each for each in known if each.startswith(typed.lower()))
    if not typed or not found:
        raise ConfigurationError(
            f"There is no finding or refused write {typed!r}. `lenke findings` shows "
            "them, with their ids. Nothing was acknowledged."
        )
    if len(found) > 1:
        raise ConfigurationError(
            f"{typed!r} names {len(found)} of them. Type more of the id: "
            + ", ".join(each[: len(typed) + SHORT_ID] for each in found[:5])
        )
    return found[0]
