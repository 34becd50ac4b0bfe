"""Which records belong together, worked out without SQL: what tests compare with.

It reads what the simulators hold, so it is also right after people have edited there.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record

Key = Callable[[Record], str | None]


@dataclass(frozen=True, order=True)
class Pair:
    """Two records, by record key, that link; `matched_by` names the rules, by name."""

    source_key: str
    target_key: str
    matched_by: str


@dataclass(frozen=True)
class Matching:
    """What a match flow should find.

    `pairs` are the only ones of both their records, over all rules together.
    `ambiguous` are the source records that have candidates and must stay without link.
    """

    pairs: frozenset[Pair]
    ambiguous: frozenset[str]


@dataclass(frozen=True)
class _Side:
    system: str
    entity: str
    record_id: Key
    keys: Mapping[str, Key]  # by the name of the rule


def expected_matches(simulators: Mapping[str, Simulator]) -> dict[str, Matching]:
    """Give what each match flow of the documents should find, by flow.

    A flow with a system that is not here is left out.
    """
    return {
        f"{source.system}_{source.entity}__{target.system}_{target.entity}": _matching(
            _keys_by_record(simulators, source), _keys_by_record(simulators, target)
        )
        for source, target in _FLOWS
        if source.system in simulators and target.system in simulators
    }


def _matching(
    sources: Mapping[str, Mapping[str, str]], targets: Mapping[str, Mapping[str, str]]
) -> Matching:
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target, keys in targets.items():
        for rule_and_key in keys.items():
            holders[rule_and_key].append(target)
    rules: dict[tuple[str, str], list[str]] = defaultdict(list)
    for source, keys in sources.items():
        for rule, key in keys.items():
            for target in holders[rule, key]:
                rules[source, target].append(rule)
    targets_of: dict[str, set[str]] = defaultdict(set)
    sources_of: dict[str, set[str]] = defaultdict(set)
    for source, target in rules:
        targets_of[source].add(target)
        sources_of[target].add(source)
    pairs = frozenset(
        Pair(source, target, ", ".join(sorted(matched_by)))
        for (source, target), matched_by in rules.items()
        if len(targets_of[source]) == 1 and len(sources_of[target]) == 1
    )
    linked = {pair.source_key for pair in pairs}
    return Matching(pairs, frozenset(targets_of.keys() - linked))


def _keys_by_record(
    simulators: Mapping[str, Simulator], side: _Side
) -> dict[str, dict[str, str]]:
    """Give what each record is matched by: record key -> rule -> key, none empty."""
    found = {}
    for record in simulators[side.system].records(side.entity):
        record_key = f"{side.system}:{side.entity}:{side.record_id(record)}"
        keys = {rule: key(record) for rule, key in side.keys.items()}
        found[record_key] = {rule: key for rule, key in keys.items() if key}
    return found


def _email(member: str) -> Key:
    def key(record: Record) -> str | None:
        given = (record[member] or "").strip().lower()
        return None if given == "hidden" else given or None

    return key


def _digits(member: str) -> Key:
    return lambda record: re.sub(r"\D", "", record.get(member) or "") or None


def _number(member: str) -> Key:
    return lambda record: None if record[member] is None else str(record[member])


_FLOWS = (
    (
        _Side(
            "tidsbanken",
            "ansatt",
            _number("Id"),
            {"e-mail": _email("Epost"), "national id": _digits("Personnummer")},
        ),
        _Side(
            "powerofficego",
            "contactperson",
            lambda record: f"{record['ContactId']}/{record['Id']}",
            {
                "e-mail": _email("EmailAddress"),
                "national id": _digits("SocialSecurityNumber"),
            },
        ),
    ),
    (
        _Side("tidsbanken", "ansatt", _number("Id"), {"number": _number("Id")}),
        _Side(
            "powerofficego", "employees", _number("Id"), {"number": _number("Number")}
        ),
    ),
    (
        _Side("tidsbanken", "kunde", _number("Id"), {"e-mail": _email("Epost")}),
        _Side(
            "powerofficego",
            "customers",
            _number("Id"),
            {"e-mail": _email("EmailAddress")},
        ),
    ),
)
