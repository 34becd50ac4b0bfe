"""The same world, decided by the models and by the reference, side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from lenke._dbt import BuildOptions
from lenke._home import Home
from tests import _compiled
from tests.planner import _files, _seeds, _world
from tests.planner._reference import decide
from tests.planner._stars import Cell, Conflict, Decision, Links, Member, Star
from tests.planner._world import LISTED, World

Facts = dict[tuple[str, ...], Any]
MISSING = "no row"


@dataclass
class Difference:
    """A star about which the two disagree: what, by the models, by the reference."""

    star: Star
    facts: list[tuple[tuple[str, ...], Any, Any]]


@dataclass
class Outcome:
    """How many star-properties were compared, and the stars that differ."""

    star_properties: int = 0
    differences: list[Difference] = field(default_factory=list)


def compared(seed: int, stars: int, folder: Path) -> Outcome:
    """Make the world of a seed, decide it twice, and compare."""
    home = Home(folder)
    folder.mkdir(parents=True, exist_ok=True)
    world = _world.made(seed, stars)
    _files.put(world, home)
    _compiled.build(home, BuildOptions())
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        warehouse.execute(f"attach '{home.ledger}' as ledger_file (read_only)")
        links, pairs = _links(warehouse)
        by_models = _facts_of_models(warehouse)
        looked_at = {
            key for (key,) in _rows(warehouse, "merging.merge_touched_stars", "*")
        }
    outcome = Outcome()
    for key, flows in pairs.items():
        star = _star(world, key, flows)
        decision = decide(star, links)
        outcome.star_properties += len(star.members[0].cells)
        if key in looked_at:
            by_reference = _facts_of_reference(world, star, decision)
        else:
            by_reference = _news_of_reference(star, decision)
        facts = _differing(by_models.pop(key, {}), by_reference)
        if facts:
            outcome.differences.append(Difference(star, facts))
    for key, left_over in by_models.items():
        star = Star(key, (), {})
        facts = [(fact, value, MISSING) for fact, value in left_over.items()]
        outcome.differences.append(Difference(star, facts))
    return outcome


def _differing(
    by_models: Facts, by_reference: Facts
) -> list[tuple[tuple[str, ...], Any, Any]]:
    return [
        (fact, by_models.get(fact, MISSING), by_reference.get(fact, MISSING))
        for fact in sorted(by_models.keys() | by_reference.keys())
        if by_models.get(fact, MISSING) != by_reference.get(fact, MISSING)
    ]


def _links(
    warehouse: duckdb.DuckDBPyConnection,
) -> tuple[Links, dict[str, dict[str, str | None]]]:
    """Give the links as the matching left them, and each star's flows with targets."""
    linked = _rows(
        warehouse, "matching.match_links", "flow, source_key, target_key, is_new"
    )
    to_create = _rows(
        warehouse,
        "matching.match_unlinked_sources where outcome = 'to_create'",
        "flow, source_key",
    )
    ended = _rows(warehouse, "matching.match_ended_links", "flow, source_key")
    pairs: dict[str, dict[str, str | None]] = {}
    for flow, source, target, _ in linked:
        pairs.setdefault(source, {})[flow] = target
    for flow, source in to_create:
        pairs.setdefault(source, {})[flow] = None
    links = Links(
        {(flow, target): source for flow, source, target, _ in linked},
        frozenset((flow, key) for key, flows in pairs.items() for flow in flows),
        frozenset((flow, source) for flow, source, _, is_new in linked if is_new)
        | frozenset(ended),
        {flow.name: (flow.source, flow.target) for flow in _seeds.flows().values()},
    )
    return links, pairs


def _star(world: World, key: str, flows: Mapping[str, str | None]) -> Star:
    of_source = _seeds.spellings_of_source(frozenset(flows))
    members = [_member(world, key, None, of_source)]
    for flow in _seeds.flows():
        target = flows.get(flow)
        if target is not None:
            spellings = _seeds.spellings_of_target(flow)
            members.append(_member(world, target, flow, spellings))
    agreed = {
        name: world.agreed[key, name]
        for name in of_source
        if (key, name) in world.agreed
    }
    return Star(key, tuple(members), agreed)


def _member(
    world: World, key: str, flow: str | None, spellings: Mapping[str, Any]
) -> Member:
    record = world.records[key]
    is_known = record.state != "none"
    return Member(
        key=key,
        flow=flow,
        seed_order=0 if flow is None else _seeds.flows()[flow].seed_order,
        is_available=_world.is_available(world, record),
        stamp=None if is_known and record.stamp_is_ours else record.stamp,
        doubt=_seeds.doubts()[record.end],
        written_since_listed=is_known
        and record.written_at is not None
        and record.written_at >= LISTED,
        cells={
            name: Cell(
                spelling,
                record.says.get(spelling.name),
                world.memories.get((key, name)),
            )
            for name, spelling in spellings.items()
        },
    )


def _facts_of_reference(world: World, star: Star, decision: Decision) -> Facts:
    facts: Facts = {}
    for name, agreed in decision.agreed.items():
        said = (agreed.value, agreed.won_by, agreed.won_at, agreed.rule)
        facts["agreed", name] = said
    for lost in decision.conflicts:
        facts["conflict", lost.property, lost.loser] = _as_row(lost)
    for (member, name), fate in decision.fates.items():
        facts["outcome", member, name] = (fate.outcome, fate.held_because)
        if fate.outcome == "update":
            facts["update", member, name] = (fate.sent, fate.refers_to)
    for (member, name), note in decision.notes.items():
        said = (note.observed, note.delivered, note.is_delivered)
        facts["note", member, name] = said
    for member, waits in decision.waits.items():
        record = world.records[member]
        is_new = record.state == "none"
        if waits != (record.waits and not is_new) and (
            not is_new or _world.is_available(world, record)
        ):
            facts["waits", member] = waits
    return facts


def _news_of_reference(star: Star, decision: Decision) -> Facts:
    """Give what the gate would have kept from us: nothing, if it does its work."""
    facts: Facts = {}
    for name, agreed in decision.agreed.items():
        if agreed.rule != "stays":
            facts["agreed", name] = (agreed.value, agreed.rule)
    for lost in decision.conflicts:
        facts["conflict", lost.property, lost.loser] = _as_row(lost)
    for (member, name), fate in decision.fates.items():
        if fate.outcome == "update":
            facts["update", member, name] = (fate.sent, fate.refers_to)
    for (member, name), note in decision.notes.items():
        said = (note.observed, note.delivered, note.is_delivered)
        facts["note", member, name] = said
    return facts


def _as_row(lost: Conflict) -> tuple[Any, ...]:
    return (lost.winner, lost.winning_value, lost.losing_value, lost.rule, lost.status)


def _facts_of_models(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Facts]:
    found: dict[str, Facts] = {}

    def add(star: str, fact: tuple[str, ...], value: Any) -> None:
        of_star = found.setdefault(star, {})
        while fact in of_star:
            fact = (*fact, "again")
        of_star[fact] = value

    for star, name, *said in _rows(
        warehouse,
        "merging.merge_agreed",
        "source_key, property, agreed_value, won_by, won_at, rule",
    ):
        add(star, ("agreed", name), tuple(said))
    for star, name, loser, *said in _rows(
        warehouse,
        "merging.merge_conflicts",
        "source_key, property, losing_key, winning_key, winning_value, losing_value, "
        "rule, status",
    ):
        add(star, ("conflict", name, loser), tuple(said))
    star_of = {}
    for star, member, name, outcome, reason in _rows(
        warehouse,
        "merging.merge_outcomes",
        "source_key, member_key, property, outcome, held_because",
    ):
        star_of[member] = star
        said = (outcome, reason if outcome == "held" else None)
        add(star, ("outcome", member, name), said)
    for star, member, name, after, reference in _rows(
        warehouse,
        "outbound.outbound_candidates where operation = 'update'",
        "source_key, system_name || ':' || entity || ':' || record_id, property, "
        "value_after, case when reference_flow is not null then reference_key end",
    ):
        add(star, ("update", member, name), (_loaded(after), reference))
    for member, name, *said in _rows(
        warehouse,
        "merging.merge_ledger_observations",
        "record_key, property, observed, delivered, is_delivered",
    ):
        add(star_of[member], ("note", member, name), tuple(said))
    for star, member, waits in _rows(
        warehouse,
        "merging.merge_ledger_record_states as states "
        "inner join merging.merge_members as members "
        "on states.record_key = members.member_key "
        "left join ledger_file.ledger.record_states as before "
        "on states.record_key = before.record_key "
        "where states.waits is distinct from coalesce(before.waits, false)",
        "members.source_key, states.record_key, states.waits",
    ):
        add(star, ("waits", member), waits)
    return found


def _loaded(native: str | None) -> Any:
    try:
        return None if native is None else json.loads(native)
    except ValueError:
        return f"no JSON: {native}"


def _rows(
    warehouse: duckdb.DuckDBPyConnection, relation: str, columns: str
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = warehouse.execute(
        f"select {columns} from {relation}"
    ).fetchall()
    return rows
