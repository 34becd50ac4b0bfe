"""The seeds as the reference reads them: flows, and how each side spells a property."""

import csv
from dataclasses import dataclass
from functools import cache

from lenke.home.places import SEEDS
from tests.planner.settings import OFF, codes_of
from tests.planner.spelling import Spelling


@dataclass(frozen=True)
class Flow:
    """A flow; both ends as `system:entity`."""

    name: str
    seed_order: int
    source: str
    target: str
    mode: str


@dataclass(frozen=True)
class Side:
    """A mapped property on one side of a flow."""

    flow: str
    is_source: bool
    json_path: str
    spelling: Spelling


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Read a seed."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def flows() -> dict[str, Flow]:
    """Give the flows by name, in seed order."""
    found = [
        Flow(
            row["flow"],
            int(row["seed_order"]),
            f"{row['source_system']}:{row['source_entity']}",
            f"{row['target_system']}:{row['target_entity']}",
            row["mode"],
        )
        for row in rows("flows")
    ]
    return {flow.name: flow for flow in sorted(found, key=lambda one: one.seed_order)}


@cache
def doubts() -> dict[str, int]:
    """Give by how many seconds the stamps of `system:entity` may be wrong."""
    return {
        f"{row['system_name']}:{row['entity']}": int(row["clock_uncertainty_s"])
        for row in rows("entities")
    }


@cache
def periods() -> dict[str, tuple[str, str]]:
    """Give the groups whose values may merge singly: the earlier and the later one."""
    return {
        row["property_group"]: (row["first_property"], row["second_property"])
        for row in rows("property_groups")
        if row["merges_singly_when"] == "first_not_after_second"
    }


@cache
def sides() -> tuple[Side, ...]:
    """Give both sides of all mappings."""
    known = {
        (f"{row['system_name']}:{row['entity']}", row["property"]): row
        for row in rows("entity_properties")
    }
    found = []
    for mapping in rows("property_mappings"):
        flow = flows()[mapping["flow"]]
        if (flow.name, mapping["source_property"]) == OFF:
            continue
        of_star = known[flow.source, mapping["source_property"]]
        for is_source, end, name in (
            (True, flow.source, mapping["source_property"]),
            (False, flow.target, mapping["target_property"]),
        ):
            row = known[end, name]
            spelling = Spelling(
                name=name,
                property=mapping["source_property"],
                unit=mapping["property_group"] or mapping["source_property"],
                kind=row["kind"],
                star_kind=of_star["kind"],
                wire_type=row["wire_type"],
                empty_as=row["empty_as"],
                reads_empty=row["reads_empty"],
                stored_as=row["stored_as"],
                max_length=int(row["max_length"]) if row["max_length"] else None,
                accepts=row["accepts"],
                is_nullable=row["is_nullable"] == "true",
                is_writable=row["is_writable"] == "true",
                direction=mapping["direction"],
                through_flow=mapping["through_flow"],
                codes=None
                if is_source
                else codes_of(flow.name, mapping["source_property"]),
            )
            found.append(Side(flow.name, is_source, row["json_path"], spelling))
    return tuple(found)


@cache
def spellings_of_target(flow: str) -> dict[str, Spelling]:
    """Give how a flow's target spells what is kept in step, by the star's names."""
    return {
        side.spelling.property: side.spelling
        for side in sides()
        if side.flow == flow
        and not side.is_source
        and side.spelling.direction != "on_create"
    }


@cache
def spellings_of_source(names: frozenset[str]) -> dict[str, Spelling]:
    """Give how a source spells what these flows keep in step: once, however many."""
    found: dict[str, Spelling] = {}
    for side in sides():
        one = side.spelling
        if side.flow not in names or not side.is_source:
            continue
        if one.direction == "on_create":
            continue
        if one.property not in found or one.direction == "both":
            found[one.property] = one
    return found


@cache
def paths(end: str) -> dict[str, str]:
    """Give where each property of `system:entity` stands, by the system's own name."""
    return {
        row["property"]: row["json_path"]
        for row in rows("entity_properties")
        if f"{row['system_name']}:{row['entity']}" == end
    }
