"""The links as the next run will have them: decisions that wait count."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger
from lenke.showing.local_time import shown


@dataclass(frozen=True)
class Pair:
    """The two records of a decision in one flow, as record keys."""

    flow: str
    source_key: str
    target_key: str


@dataclass(frozen=True)
class _ToBe:
    """A link that the next run will have, and the decision that will make it."""

    pair: Pair
    decision_id: str | None
    words: str


def refuse_rivals(
    ledger: Ledger, pairs: Iterable[Pair], without: Collection[str] = ()
) -> None:
    """Raise ConfigurationError when a pair's record is, or will be, linked elsewhere.

    A source has one link in each flow; a target has one in all flows together.
    Decisions `without` do not count.
    """
    links = _to_be(ledger, without)
    for pair in pairs:
        for other in links:
            is_same_source = (other.pair.flow, other.pair.source_key) == (
                pair.flow,
                pair.source_key,
            )
            is_same_target = other.pair.target_key == pair.target_key
            if other.pair != pair and (is_same_source or is_same_target):
                key = pair.source_key if is_same_source else pair.target_key
                raise ConfigurationError(f"{key} {other.words}")


def to_be(ledger: Ledger, without: Collection[str] = ()) -> list[Pair]:
    """Give the links that there will be; decisions `without` do not count."""
    return [each.pair for each in _to_be(ledger, without)]


def _to_be(ledger: Ledger, without: Collection[str] = ()) -> list[_ToBe]:
    rows = ledger.ask("links_to_be", without=list(without))
    found = []
    for flow, source_key, target_key, decision_id, decided_by, decided_at in rows:
        pair = Pair(flow, source_key, target_key)
        undo = f"lenke unlink {flow} {source_key} {target_key}"
        words = (
            f"is linked already: {source_key} with {target_key} in {flow}. "
            f"End that first: {undo}"
        )
        if decision_id is not None:
            words = (
                f"is to be linked already: {source_key} with {target_key} in {flow}, "
                f"as {decided_by} decided at {shown(decided_at)}. Nothing "
                f"was decided. Take that back first: lenke decisions withdraw "
                f"{decision_id[:8]}"
            )
        found.append(_ToBe(pair, decision_id, words))
    return found
