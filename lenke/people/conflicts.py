"""What a person decides about losing values: that they are seen, or wanted back."""

from dataclasses import dataclass
from typing import Any

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger
from lenke.people.decided import Decision, write_down
from lenke.people.to_be import to_be
from lenke.seeds.filled import seed_rows
from lenke.showing.questions import SHORT_ID

_COLUMNS = (
    "conflict_id, source_key, property, losing_key, losing_value, rule, run_id, status"
)

# Who restored a value is a member of its own, by this name.
_A_PERSON = "lenke:"


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
    write_down(
        ledger,
        [_decision("acknowledge", each, None) for each in unseen],
        reason,
        "acknowledged",
    )
    return unseen


def restore(ledger: Ledger, typed: str, reason: str | None) -> list[Conflict]:
    """Make a losing value the agreed one in the next run; give what is restored.

    What is decided as a group is restored as one. Nothing is given when that is waiting
    to be done already. Raises ConfigurationError when the id names none or several,
    when only the source's value counts, or when the value is of a record whose link has
    ended.
    """
    chosen = _named(ledger, typed)
    if chosen.rule == "one_way":
        raise ConfigurationError(
            f"{chosen.property} goes one way, so only the value of {chosen.source_key} "
            "counts. Edit it there instead."
        )
    _member(ledger, chosen)
    wanted = [
        each
        for each in _group(ledger, chosen)
        if not ledger.ask("waiting_restores", **_value(each))
    ]
    write_down(
        ledger,
        [_decision("restore", each, _member(ledger, each)) for each in wanted],
        reason,
        "restored",
    )
    return wanted


def _member(ledger: Ledger, conflict: Conflict) -> str | None:
    """Give the record that a value is from, which has to be a member of the star still.

    None: its link does not matter, because the end of that link is what left the value
    behind. Raises ConfigurationError when it is no member any more: whatever it said
    was about somebody else, or has no place to go.
    """
    member: str | None = conflict.losing_key
    if conflict.losing_key.startswith(_A_PERSON):
        rows = ledger.ask("restored_from", **_value(conflict))
        member = rows[0][0] if rows else None
    links = to_be(ledger)
    if conflict.rule == "source_gone" and conflict.source_key not in {
        pair.source_key for pair in links
    }:
        raise ConfigurationError(
            f"{conflict.property} of {conflict.source_key}: that record is gone, and "
            "nothing is linked with it. Nothing was decided. Edit the record that "
            "should have the value in its own system."
        )
    if member is None or member == conflict.source_key:
        return member
    if any(
        (pair.source_key, pair.target_key) == (conflict.source_key, member)
        for pair in links
    ):
        return member
    if conflict.rule == "target_gone":
        return None
    past = ledger.ask(
        "newest_link_of_pair", source_key=conflict.source_key, target_key=member
    )
    flow, because = past[0] if past else ("FLOW", None)
    raise ConfigurationError(
        f"{conflict.property} of {conflict.source_key}: the value "
        f"{conflict.losing_value or 'empty'} is from {member}, and their link has "
        f"ended ({because or 'a person wants it ended'}). Restored, it would be "
        "written into records that it is not about. Nothing was decided. Edit the "
        "record that should have it in its own system; or, if the two belong together, "
        f"link them first: lenke link {flow} {conflict.source_key} {member}"
    )


def _value(conflict: Conflict) -> dict[str, str | None]:
    """Give the value that lost, and where, as queries name them."""
    return {
        "source_key": conflict.source_key,
        "property": conflict.property,
        "decided_value": conflict.losing_value,
    }


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
    """Give what the same member lost in the same run, of the same group.

    What a person is asked about stands there until they answer, since whichever run.
    """
    rows = seed_rows("property_mappings.csv")
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
        "source_key = ? and losing_key = ? and rule = ? "
        "and (run_id = ? or (rule = 'ask' and status in ('open', 'acknowledged'))) "
        "and property in (select unnest(?))",
        [
            chosen.source_key,
            chosen.losing_key,
            chosen.rule,
            chosen.run_id,
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


def _decision(kind: str, conflict: Conflict, member: str | None) -> Decision:
    return Decision(
        kind,
        conflict.source_key,
        target_key=member,
        property=conflict.property,
        decided_value=conflict.losing_value,
        conflict_id=conflict.conflict_id,
    )
