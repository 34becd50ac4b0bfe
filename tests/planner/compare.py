"""The same world, decided by the models and by the reference, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from lenke.home.places import Home
from tests import compiled
from tests.planner import facts, files, seeds, settings
from tests.planner.eyes import eyes_of
from tests.planner.precedence import precedence, statements
from tests.planner.reference import decide
from tests.planner.stars import Cell, Links, Member, Star
from tests.planner.world import (
    LISTED,
    World,
    in_time,
    is_ahead,
    is_available,
    made,
    rests,
)

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
    world = built(seed, stars, home)
    return compare(world, home)


def built(seed: int, stars: int, home: Home) -> World:
    """Make the world of a seed, and let the models decide it."""
    home.folder.mkdir(parents=True, exist_ok=True)
    world = made(seed, stars)
    with compiled.seeds_changed(*statements(seed), *settings.statements()):
        files.put(world, home)
        compiled.build(home)
    return world


def compare(world: World, home: Home) -> Outcome:
    """Let the reference decide the world too, and compare star by star."""
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        warehouse.execute(f"attach '{home.ledger}' as ledger_file (read_only)")
        links, pairs = _links(world, warehouse)
        by_models = facts.of_models(warehouse)
        looked_at = {
            key
            for (key,) in facts.rows_of(warehouse, "merging.merge_touched_stars", "*")
        }
    outcome = Outcome()
    stars = [_star(world, key, flows) for key, flows in pairs.items()]
    eyes = eyes_of(world, stars, looked_at)
    for star in stars:
        key = star.key
        decision = decide(star, links, eyes)
        outcome.star_properties += len(star.members[0].cells)
        if key in looked_at:
            by_reference = facts.of_reference(world, star, decision)
        else:
            by_reference = facts.news_of_reference(decision)
        differing = _differing(by_models.pop(key, {}), by_reference)
        if differing:
            outcome.differences.append(Difference(star, differing))
    for key, left_over in by_models.items():
        left = [(fact, value, MISSING) for fact, value in left_over.items()]
        outcome.differences.append(Difference(Star(key, (), {}), left))
    return outcome


def _differing(
    by_models: facts.Facts, by_reference: facts.Facts
) -> list[tuple[tuple[str, ...], Any, Any]]:
    return [
        (fact, by_models.get(fact, MISSING), by_reference.get(fact, MISSING))
        for fact in sorted(by_models.keys() | by_reference.keys())
        if by_models.get(fact, MISSING) != by_reference.get(fact, MISSING)
    ]


def _links(
    world: World, warehouse: duckdb.DuckDBPyConnection
) -> tuple[Links, dict[str, dict[str, str | None]]]:
    """Give the links as the matching left them, and each star's flows with targets."""
    linked = facts.rows_of(
        warehouse, "matching.match_links", "flow, source_key, target_key, is_new"
    )
    to_create = facts.rows_of(
        warehouse,
        "matching.match_unlinked_sources where outcome = 'to_create'",
        "flow, source_key",
    )
    left_out = facts.rows_of(
        warehouse,
        "matching.match_unlinked_sources "
        "where outcome in ('excluded', 'resting', 'before_start')",
        "flow, source_key",
    )
    ended = facts.rows_of(warehouse, "matching.match_ended_links", "flow, source_key")
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
        {flow.name: (flow.source, flow.target) for flow in seeds.flows().values()},
        frozenset(left_out),
        frozenset(world.paused & seeds.flows().keys()),
    )
    return links, pairs


def _star(world: World, key: str, flows: Mapping[str, str | None]) -> Star:
    of_source = seeds.spellings_of_source(frozenset(flows))
    members = [_member(world, key, key, None, of_source)]
    for flow in seeds.flows():
        target = flows.get(flow)
        if target is not None:
            spellings = seeds.spellings_of_target(flow)
            members.append(_member(world, key, target, flow, spellings))
    agreed = {
        name: in_time(world.agreed[key, name])
        for name in of_source
        if (key, name) in world.agreed
    }
    end = ":".join(key.split(":")[:2])
    wins = {
        name: one
        for (of_end, name), one in precedence(world.seed).items()
        if of_end == end
    }
    return Star(key, tuple(members), agreed, wins)


def _member(
    world: World,
    source_key: str,
    key: str,
    flow: str | None,
    spellings: Mapping[str, Any],
) -> Member:
    record = world.records[key]
    is_known = record.state != "none"
    ahead = is_ahead(record.stamp, record.end)
    has_moved = is_known and (
        record.proof == "version" or (record.proof == "stamp" and not ahead)
    )
    return Member(
        key=key,
        flow=flow,
        seed_order=0 if flow is None else seeds.flows()[flow].seed_order,
        is_available=is_available(world, record)
        and not rests(world, source_key, flow, key),
        stamp=None
        if is_known and record.stamp_is_ours
        else LISTED
        if ahead
        else record.stamp,
        doubt=seeds.doubts()[record.end],
        written_since_listed=is_known
        and record.written_at is not None
        and record.written_at >= LISTED,
        is_proven=record.proof == "read" or has_moved,
        has_moved=has_moved,
        seeds_changed=record.state in ("none", "old_seeds"),
        cells={
            name: Cell(
                spelling,
                record.says.get(spelling.name),
                world.memories.get((key, name)),
            )
            for name, spelling in spellings.items()
        },
    )
