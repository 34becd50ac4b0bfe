"""What is synced, read from the seeds: who belongs to a star, and by which members."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from lenke.home.places import SEEDS


@dataclass(frozen=True)
class Member:
    """A mapped member of a record: its place, kind of value and room for it.

    `property` is the star's name for it, `name` its own. `is_editable`: people can
    type it there, and it is passed on.
    """

    system: str
    entity: str
    flow: str | None
    property: str
    name: str
    json_path: str
    kind: str
    wire_type: str
    max_length: int | None
    direction: str
    through_flow: str
    is_required: bool
    is_editable: bool


@dataclass(frozen=True)
class Flow:
    """One row of the seed."""

    name: str
    source: tuple[str, str]
    target: tuple[str, str]
    mode: str


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def flows() -> dict[str, Flow]:
    """Give every flow by its name."""
    return {
        row["flow"]: Flow(
            row["flow"],
            (row["source_system"], row["source_entity"]),
            (row["target_system"], row["target_entity"]),
            row["mode"],
        )
        for row in _rows("flows")
    }


@cache
def members() -> dict[tuple[str, str], list[Member]]:
    """Give the mapped members of each entity; a source's come once for each flow."""
    places = {
        (row["system_name"], row["entity"], row["property"]): row
        for row in _rows("entity_properties")
    }
    found: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for row in _rows("property_mappings"):
        flow = flows()[row["flow"]]
        for side, entity in (("source", flow.source), ("target", flow.target)):
            place = places[(*entity, row[f"{side}_property"])]
            length = place["max_length"]
            found[entity].append(
                Member(
                    *entity,
                    flow=flow.name,
                    property=row["source_property"],
                    name=row[f"{side}_property"],
                    json_path=place["json_path"],
                    kind=place["kind"],
                    wire_type=place["wire_type"],
                    max_length=int(length) if length else None,
                    direction=row["direction"],
                    through_flow=row["through_flow"],
                    is_required=place["is_required"] == "true",
                    is_editable="_derived" not in place["json_path"]
                    and place["kind"] not in ("lines", "identifier")
                    and row["direction"] != "on_create"
                    and (side == "source" or row["direction"] == "both"),
                )
            )
    return dict(found)


def held(record: Any, json_path: str) -> Any:
    """Give what a record has at `$.a.b`; None where it has nothing."""
    value = record
    for name in json_path.removeprefix("$.").split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def nested(json_path: str, value: Any, record: dict[str, Any]) -> dict[str, Any]:
    """Give the change that puts `value` at `$.a.b`, with what stands beside it."""
    first, _, rest = json_path.removeprefix("$.").partition(".")
    if not rest:
        return {first: value}
    inside = record.get(first) or {}
    return {first: {**inside, **nested(rest, value, inside)}}
