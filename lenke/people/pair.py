"""Which pair a person means: the flow can be left out where the two records say it."""

import shlex
from collections.abc import Iterator, Mapping, Sequence

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.people.links import flows_by_name, pair_of
from lenke.people.to_be import Pair
from lenke.showing.look import ask
from lenke.showing.meant import records_meant

_KNOWN = """
select record_key from inspection.records where list_contains($keys, record_key)
union
select source_key from inspection.links where list_contains($keys, source_key)
union
select target_key from inspection.links where list_contains($keys, target_key)
"""
_EVER_LINKED = """
select distinct flow, source_key, target_key
from inspection.links
where
    list_contains($sources, source_key)
    and list_contains($targets, target_key)
"""
_LINKS_OF = """
select flow, source_key, target_key
from inspection.links
where
    ended_at is null
    and (list_contains($keys, source_key) or list_contains($keys, target_key))
order by all
"""


def pair_meant(home: Home, command: str, words: Sequence[str]) -> Pair:
    """Read what was typed behind `link` or `unlink`: [FLOW] SOURCE TARGET.

    Each record is an id or a record key, and the two may stand in any order when one
    is a key. Behind `unlink` a record that has one link (in the flow) is enough. Raises
    ConfigurationError when several pairs can be meant, with the commands, or none.
    """
    match list(words):
        case [flow, source, target]:
            return pair_of(flow, source, target)
        case [flow, record] if flow in flows_by_name() and command == "unlink":
            return _only(command, words, _links(home, record, flow))
        case [flow, _] if flow in flows_by_name():
            raise ConfigurationError(
                f"{flow} is a flow, and a pair is two records: `lenke {command} {flow} "
                "SOURCE TARGET`. Nothing was decided."
            )
        case [one, other]:
            return _only(command, words, _pairs(home, command, one, other))
        case [record] if command == "unlink":
            return _only(command, words, _links(home, record))
    raise ConfigurationError(
        f"Name the two records: `lenke {command} [FLOW] SOURCE TARGET`, each by its id "
        f"or key. What was typed is {len(words)} words."
    )


def _only(command: str, words: Sequence[str], pairs: Sequence[Pair]) -> Pair:
    if len(pairs) == 1:
        return pairs[0]
    commands = "\n".join(
        f"  {shlex.join(['lenke', command, *vars(pair).values()])}" for pair in pairs
    )
    raise ConfigurationError(
        f"{' and '.join(words)} can mean {len(pairs)} pairs; nothing was decided. Say "
        f"which one:\n{commands}"
    )


def _links(home: Home, record: str, flow: str | None = None) -> list[Pair]:
    """Give the links that a record has, in a flow or in all; it has one at least."""
    found = records_meant(home, record) or []
    links = [
        Pair(*row)
        for row in ask(home, _LINKS_OF, keys=[each.key for each in found]).rows
        if flow in (None, row[0])
    ]
    if not links:
        names = " or ".join(map(str, found))
        where = f" in {flow}" if flow else ""
        raise ConfigurationError(f"{names} has no link{where} that could be ended.")
    return links


def _pairs(home: Home, command: str, one: str, other: str) -> list[Pair]:
    """Give the pairs that can be meant: of records that are known, or typed as keys.

    Of several, those that have been linked are meant when a link is to end.
    """
    flows = flows_by_name()
    named = dict.fromkeys(
        Pair(flow, source, target)
        for flow, row in flows.items()
        for source, target in _in_either_order(row, one, other)
    )
    keys = {key for pair in named for key in (pair.source_key, pair.target_key)}
    bare = keys - {one, other}
    known = (
        {key for (key,) in ask(home, _KNOWN, keys=sorted(bare)).rows} if bare else set()
    ) | {one, other}
    pairs = [p for p in named if {p.source_key, p.target_key} <= known]
    if len(pairs) > 1 and command == "unlink":
        linked = {Pair(*row) for row in _ever_linked(home, pairs)}
        pairs = [pair for pair in pairs if pair in linked] or pairs
    if not pairs:
        for word in (one, other):
            records_meant(home, word)  # says which one nobody knows
        ways = ", ".join(
            f"{row['source_system']} {row['source_entity']} to "
            f"{row['target_system']} {row['target_entity']}"
            for row in flows.values()
        )
        raise ConfigurationError(
            f"No flow leads from {one} to {other}, nor back; nothing was decided. "
            f"Flows lead from {ways}."
        )
    return pairs


def _in_either_order(
    flow: Mapping[str, str], one: str, other: str
) -> Iterator[tuple[str, str]]:
    """Give the keys that two words can be in a flow, the source's first."""
    for first, second in ((one, other), (other, one)):
        source, target = _key(flow, "source", first), _key(flow, "target", second)
        is_said = source == first or target == second
        if source and target and (first == one or is_said):
            yield source, target


def _key(flow: Mapping[str, str], side: str, word: str) -> str | None:
    """Give the key that a word can be on a side: it is one, or an id."""
    prefix = f"{flow[f'{side}_system']}:{flow[f'{side}_entity']}:"
    if word.startswith(prefix):
        return word if len(word) > len(prefix) else None
    return prefix + word if word and word.count(":") < 2 else None


def _ever_linked(home: Home, pairs: Sequence[Pair]) -> list[tuple[str, str, str]]:
    asked = {
        "sources": [pair.source_key for pair in pairs],
        "targets": [pair.target_key for pair in pairs],
    }
    return [(a, b, c) for a, b, c in ask(home, _EVER_LINKED, **asked).rows]
