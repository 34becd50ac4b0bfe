"""Decisions of people about links: kept in the ledger, and above every rule."""

import csv
import getpass
import uuid
from dataclasses import dataclass

from connections._errors import ConfigurationError
from lenke._home import PROJECT
from reverse_etl._ledger import Ledger

# A source has one link in each flow; a target has one in all flows together.
_LINKED = """
select flow, source_key, target_key
from ledger.links
where ended_at is null and ((source_key = ? and flow = ?) or target_key = ?)
"""


@dataclass(frozen=True)
class Pair:
    """The two records of a decision in one flow, as record keys."""

    flow: str
    source_key: str
    target_key: str


def pair_of(flow: str, source: str, target: str) -> Pair:
    """Read a pair as a person types it: ids, or whole record keys.

    Raises ConfigurationError for an unknown flow, or a record of another entity.
    """
    flows = flows_by_name()
    if flow not in flows:
        raise ConfigurationError(
            f"There is no flow {flow!r}. Flows: {', '.join(sorted(flows))}"
        )
    row = flows[flow]
    return Pair(
        flow,
        _key(source, row["source_system"], row["source_entity"]),
        _key(target, row["target_system"], row["target_entity"]),
    )


def flows_by_name() -> dict[str, dict[str, str]]:
    """Read the seed of flows."""
    with (PROJECT / "seeds" / "flows.csv").open(encoding="utf-8", newline="") as file:
        return {row["flow"]: row for row in csv.DictReader(file)}


def link(ledger: Ledger, pair: Pair, reason: str | None) -> str:
    """Decide that two records belong together; the next sync makes them a link.

    Of a pair that is linked already it is kept that a person has looked at it. Raises
    ConfigurationError when one of them is linked to another record.
    """
    for key in (pair.source_key, pair.target_key):
        others = ledger.fetch(_LINKED, [key, pair.flow, key])
        for flow, source_key, target_key in others:
            if (flow, source_key, target_key) == (
                pair.flow,
                pair.source_key,
                pair.target_key,
            ):
                _decide(ledger, "link", pair, reason)
                return (
                    f"{pair.source_key} and {pair.target_key} are linked already; "
                    "that they belong together is kept."
                )
            raise ConfigurationError(
                f"{key} is linked already: {source_key} with {target_key} in {flow}. "
                f"End that first: lenke unlink {flow} {source_key} {target_key}"
            )
    _decide(ledger, "link", pair, reason)
    return (
        f"{pair.source_key} and {pair.target_key} belong together in {pair.flow}: "
        "the next sync links them. `lenke plan` shows what it would write."
    )


def unlink(ledger: Ledger, pair: Pair, reason: str | None) -> str:
    """Decide that two records do not belong together, now and later."""
    _decide(ledger, "unlink", pair, reason)
    return (
        f"{pair.source_key} and {pair.target_key} do not belong together in "
        f"{pair.flow}: the next sync ends their link, if they have one. They are never "
        "linked by a rule again, and nothing is created in their place."
    )


def _decide(ledger: Ledger, kind: str, pair: Pair, reason: str | None) -> None:
    with ledger.transaction() as connection:
        connection.execute(
            "insert into ledger.decisions (decision_id, kind, flow, source_key, "
            "target_key, reason, decided_by, decided_at) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                str(uuid.uuid4()),
                kind,
                pair.flow,
                pair.source_key,
                pair.target_key,
                reason,
                person(),
                ledger.now(),
            ],
        )


def _key(typed: str, system: str, entity: str) -> str:
    prefix = f"{system}:{entity}:"
    if typed.startswith(prefix):
        return typed
    if typed.count(":") >= 2:
        raise ConfigurationError(
            f"{typed} is no {system} {entity}: its key should begin with {prefix}"
        )
    return prefix + typed


def person() -> str:
    """Give the name of whoever decides, as this machine knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no user name in a bare container
        return "somebody"
