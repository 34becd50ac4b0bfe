"""Decisions of people about links: kept in the ledger, and above every rule."""

from collections.abc import Mapping, Sequence

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger
from lenke.home.places import Home
from lenke.people.decided import Decision, write_down
from lenke.people.put_back import Copied, in_words, wanted
from lenke.people.to_be import Pair, refuse_rivals, to_be
from lenke.seeds.filled import seed_rows
from lenke.showing.local_time import shown
from lenke.showing.meant import check_there

_EVER_LINKED = """
select count(*) from ledger.links where flow = ? and source_key = ? and target_key = ?
"""


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
        _key(source, row["source_system"], row["source_entity"], "source", flow),
        _key(target, row["target_system"], row["target_entity"], "target", flow),
    )


def flows_by_name() -> dict[str, Mapping[str, str]]:
    """Read the seed of flows."""
    return {row["flow"]: row for row in seed_rows("flows.csv")}


def link(ledger: Ledger, pair: Pair, reason: str | None) -> str:
    """Decide that two records belong together; the next sync makes them a link.

    Of a pair that is linked already it is kept that a person has looked at it. Raises
    ConfigurationError when one of them is or will be linked to another record, or is
    not there.
    """
    stays = _is_linked(ledger, pair)
    if pair in to_be(ledger):
        if not stays:
            return f"{_named(pair)} will be linked already."
        write_down(ledger, [_decision("link", pair)], reason)
        return f"{_named(pair)} are linked already; that they belong together is kept."
    check_there(Home(ledger.path.parent), pair.source_key, pair.target_key)
    refuse_rivals(ledger, [pair])
    taken_back = _superseded(ledger, pair, "unlink")
    write_down(ledger, [_decision("link", pair)], reason)
    if stays:
        return f"{taken_back}{_named(pair)} stay linked in {pair.flow}."
    return (
        f"{taken_back}{_named(pair)} belong together in {pair.flow}: the next sync "
        "links them. `lenke plan` shows what it would write."
    )


def unlink(
    ledger: Ledger,
    pair: Pair,
    reason: str | None,
    found: Sequence[Copied] = (),
    put_back: bool = False,
) -> str:
    """Decide that two records do not belong together, now and later.

    `found` came over their link; with `put_back` each of the two is to hold again what
    it held before. Raises ConfigurationError when they never were linked and one of
    them is not there, or when nothing can be put back.
    """
    [(times_linked,)] = ledger.fetch(_EVER_LINKED, _values(pair))
    taken_back = _superseded(ledger, pair, "link")
    if not times_linked and not taken_back:
        check_there(Home(ledger.path.parent), pair.source_key, pair.target_key)
    back = wanted(ledger, pair, found) if put_back else []
    is_said = bool(_superseded(ledger, pair, "unlink")) and bool(back)
    write_down(
        ledger, [*([] if is_said else [_decision("unlink", pair)]), *back], reason
    )
    words = taken_back + (
        f"{_named(pair)} do not belong together in {pair.flow}: the next sync ends "
        "their link, if they have one. They are never linked by a rule again, and "
        "nothing is created in their place. Each of them is free for another then: "
        "`lenke plan` shows what the next run would link instead."
    )
    off = _not_looked_at(pair)
    if put_back:
        return f"{words} {in_words(found)} {_put_back(len(back), found)}{off}"
    if not any(each.left_because is None for each in found):
        return words
    return (
        f"{words} {in_words(found)} They stay as they are.{off} To give the records "
        f"back what they held before: lenke unlink {' '.join(_values(pair))} --put-back"
    )


def _put_back(number: int, found: Sequence[Copied]) -> str:
    left = sum(each.left_because is not None for each in found)
    return (
        f"{number} to be put back by the next sync; `lenke plan` shows the writes."
        + (f" {left} are left as they are." if left else "")
    )


def _not_looked_at(pair: Pair) -> str:
    """Say which properties of the flow are off: nobody knows what came over in them."""
    off = [
        row["source_property"]
        for row in seed_rows("property_mappings.csv")
        if row["flow"] == pair.flow and row["is_enabled"] == "false"
    ]
    if not off:
        return ""
    return (
        f" What came over in {', '.join(off)} is not looked at: that is off "
        "(property_mappings.csv, is_enabled). To have it back, too, switch it on, "
        "sync, and say this once more."
    )


def _superseded(ledger: Ledger, pair: Pair, kind: str) -> str:
    """Say that an earlier decision of a kind about the pair counts no more."""
    for found, decided_by, decided_at in ledger.ask(
        "newest_decision_about_pair", **vars(pair)
    ):
        if found == kind:
            return (
                f"The earlier {kind} (by {decided_by} at {shown(decided_at)}) counts "
                "no more. "
            )
    return ""


def _is_linked(ledger: Ledger, pair: Pair) -> bool:
    rows = ledger.fetch(_EVER_LINKED + " and ended_at is null", _values(pair))
    return bool(rows[0][0])


def _decision(kind: str, pair: Pair) -> Decision:
    return Decision(kind, pair.source_key, flow=pair.flow, target_key=pair.target_key)


def _values(pair: Pair) -> list[str]:
    return [pair.flow, pair.source_key, pair.target_key]


def _named(pair: Pair) -> str:
    return f"{pair.source_key} and {pair.target_key}"


def _key(typed: str, system: str, entity: str, side: str, flow: str) -> str:
    prefix = f"{system}:{entity}:"
    if typed.startswith(prefix) and len(typed) > len(prefix):
        return typed
    if typed.count(":") >= 2 or not typed or typed == prefix:
        others = [
            row["flow"]
            for row in flows_by_name().values()
            if typed.startswith(f"{row[f'{side}_system']}:{row[f'{side}_entity']}:")
        ]
        raise ConfigurationError(
            f"{typed or 'Nothing'} is no {system} {entity}, which the {side} of {flow} "
            f"is: its key should begin with {prefix}"
            + (f" (it is a {side} in {', '.join(others)})" if others else "")
        )
    return prefix + typed
