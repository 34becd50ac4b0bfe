"""What a person decides about losing values: that they are seen, or wanted back."""

import csv
import uuid
from dataclasses import dataclass
from typing import Any

from connections._errors import ConfigurationError
from lenke._home import PROJECT
from lenke._look import SHORT_ID
from lenke._people import person
from reverse_etl._ledger import Ledger

_COLUMNS = (
    "conflict_id, source_key, property, losing_key, losing_value, rule, run_id, status"
)

_WAITING = """
select 1 from ledger.decisions
left join ledger.done_decisions using (decision_id)
where
    done_decisions.decision_id is null
    and kind = 'restore' and source_key = ? and property = ?
    and decided_value is not distinct from ?
"""


@dataclass(frozen=True)
class Conflict:
    """A losing value, as the ledger keeps it."""

    conflict_id: str
    source_key: str
    property: str
    losing_key: str
    losing_value: str | None
    rule: str
    run_id: str
    status: str


def acknowledge(ledger: Ledger, ids: list[str], reason: str | None) -> list[Conflict]:
    """Mark losing values as seen (without ids: all); give those that were not yet.

    What was held because it went to and fro goes on then. Raises ConfigurationError
    when an id names none, or several.
    """
    chosen = [_named(ledger, each) for each in ids] if ids else _all(ledger)
    unseen = [each for each in chosen if each.status in ("open", "noted")]
    with ledger.transaction() as connection:
        for each in unseen:
            _decide(ledger, connection, "acknowledge", each, reason)
            _mark(connection, each, "acknowledged")
    return unseen


def restore(ledger: Ledger, typed: str, reason: str | None) -> list[Conflict]:
    """Make a losing value the agreed one in the next run; give what is restored.

    What is decided as a group is restored as one. Nothing is given when that is waiting
    to be done already. Raises ConfigurationError when the id names none or several, or
    when only the source's value counts.
    """
    chosen = _named(ledger, typed)
    if chosen.rule == "one_way":
        raise ConfigurationError(
            f"{chosen.property} goes one way, so only the value of {chosen.source_key} "
            "counts. Edit it there instead."
        )
    wanted = [
        each
        for each in _group(ledger, chosen)
        if not ledger.fetch(
            _WAITING, [each.source_key, each.property, each.losing_value]
        )
    ]
    with ledger.transaction() as connection:
        for each in wanted:
            _decide(ledger, connection, "restore", each, reason)
            _mark(connection, each, "restored")
    return wanted


def _named(ledger: Ledger, typed: str) -> Conflict:
    found = _conflicts(ledger, "starts_with(conflict_id, ?)", [typed.lower()])
    if not typed or not found:
        raise ConfigurationError(
            f"There is no conflict {typed!r}. `lenke conflicts --past` shows all of "
            "them, with their ids."
        )
    if len(found) > 1:
        raise ConfigurationError(
            f"{typed!r} names {len(found)} conflicts. Type more of the id: "
            + ", ".join(each.conflict_id[: len(typed) + SHORT_ID] for each in found[:5])
        )
    return found[0]


def _all(ledger: Ledger) -> list[Conflict]:
    return _conflicts(ledger, "status in ('open', 'noted')", [])


def _group(ledger: Ledger, chosen: Conflict) -> list[Conflict]:
    """Give what the same member lost in the same run, of the same group."""
    with (PROJECT / "seeds" / "property_mappings.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    groups = {
        row["property_group"]
        for row in rows
        if row["source_property"] == chosen.property and row["property_group"]
    }
    together = {
        row["source_property"] for row in rows if row["property_group"] in groups
    } | {chosen.property}
    return _conflicts(
        ledger,
        "source_key = ? and losing_key = ? and run_id = ? and rule = ? "
        "and property in (select unnest(?))",
        [
            chosen.source_key,
            chosen.losing_key,
            chosen.run_id,
            chosen.rule,
            sorted(together),
        ],
    )


def _conflicts(ledger: Ledger, where: str, parameters: list[Any]) -> list[Conflict]:
    rows = ledger.fetch(
        f"select {_COLUMNS} from ledger.conflicts "  # noqa: S608 - text of ours
        f"where {where} order by noted_at, conflict_id",
        parameters,
    )
    return [Conflict(*row) for row in rows]


def _decide(
    ledger: Ledger, connection: Any, kind: str, conflict: Conflict, reason: str | None
) -> None:
    connection.execute(
        "insert into ledger.decisions (decision_id, kind, source_key, property, "
        "decided_value, reason, decided_by, decided_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            str(uuid.uuid4()),
            kind,
            conflict.source_key,
            conflict.property,
            conflict.losing_value,
            reason,
            person(),
            ledger.now(),
        ],
    )


def _mark(connection: Any, conflict: Conflict, status: str) -> None:
    connection.execute(
        "update ledger.conflicts set status = ? where conflict_id = ?",
        [status, conflict.conflict_id],
    )
