"""Properties that are decided together: what rows must say alike of them."""

from collections.abc import Iterator, Mapping

from connections.settings.nearest import nearest
from lenke.seeds.files import Rows
from lenke.seeds.rules import unknown

# So alike, a name is a slip of the other one.
_NEARLY = 0.75
# What means something else to the rest of a record, or makes another record of it.
_NEVER_LEFT_OUT = ("reference", "lines", "date", "local_time", "number", "boolean")


def strayed_groups(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name groups that are nearly another one: a slip would take one out of it."""
    groups = {row["property_group"] for _, row in tables["property_groups.csv"]}
    mapped = {row["property_group"] for _, row in tables["property_mappings.csv"]}
    for number, row in tables["property_groups.csv"]:
        if row["property_group"] not in mapped:
            yield (
                f"property_groups.csv row {number}, property_group: "
                f"{unknown(row['property_group'], sorted(mapped - {''}))}"
            )
    for number, row in tables["property_mappings.csv"]:
        group = row["property_group"]
        like = nearest(group, groups, _NEARLY) if group else None
        if like and like != group and group not in groups:
            yield (
                f"property_mappings.csv row {number}, property_group: "
                f"{unknown(group, sorted(groups))}"
            )


def impossible_groups(tables: Mapping[str, Rows]) -> Iterator[str]:
    """A group merges singly when it has no other properties than the two compared."""
    members: dict[str, set[str]] = {}
    for _, row in tables["property_mappings.csv"]:
        members.setdefault(row["property_group"], set()).add(row["source_property"])
    for number, row in tables["property_groups.csv"]:
        if row["merges_singly_when"] == "never":
            continue
        pair = {row["first_property"], row["second_property"]} - {""}
        mapped = members.get(row["property_group"], set())
        if len(pair) < 2 or mapped - pair:
            yield (
                f"property_groups.csv row {number}, first_property and "
                f"second_property: {row['property_group']!r} has "
                f"{', '.join(sorted(mapped)) or 'no property'} "
                "(property_mappings.csv, property_group), and merges singly only by "
                "two that are named here. Name them, or say 'never'."
            )


def half_asleep(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name what is off alone of its group, and what no record is made without."""
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    required = {
        (row["system_name"], row["entity"], row["property"])
        for _, row in tables["entity_properties.csv"]
        if row["is_required"] == "true"
    }
    groups: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in tables["property_mappings.csv"]:
        place = f"property_mappings.csv row {number}, is_enabled"
        flow, name = flows.get(row["flow"]), row["target_property"]
        if flow is None:
            continue
        if row["property_group"]:
            own = (number, row["is_enabled"])
            first, says = groups.setdefault((row["flow"], row["property_group"]), own)
            if says != row["is_enabled"]:
                yield (
                    f"{place}: {row['is_enabled']!r}, but row {first} says {says!r}, "
                    f"and {row['property_group']!r} is written as one "
                    "(property_group). Let them agree."
                )
        target = (flow["target_system"], flow["target_entity"], name)
        if (
            row["is_enabled"] == "false"
            and flow["mode"] == "create"
            and target in required
        ):
            yield (
                f"{place}: no {target[0]} {target[1]} is made without {name} "
                f"(entity_properties.csv, is_required), and {row['flow']} makes them. "
                "Write true, or let the flow only match (flows.csv, mode)."
            )


def unparted(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name what may not be left out of a write, and groups that would go in part."""
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    may: dict[tuple[str, str, str], str] = {}
    for number, row in tables["entity_properties.csv"]:
        key = (row["system_name"], row["entity"], row["property"])
        may[key] = row["may_be_left_out"]
        if row["may_be_left_out"] == "true" and row["kind"] in _NEVER_LEFT_OUT:
            yield (
                f"entity_properties.csv row {number}, may_be_left_out: 'true' is not "
                f"for a {row['kind']}: the rest would mean something else without it. "
                "Write false."
            )
    groups: dict[tuple[str, str, str], str] = {}
    for number, row in tables["property_mappings.csv"]:
        flow = flows.get(row["flow"])
        if flow is None or not row["property_group"]:
            continue
        for side in ("source", "target"):
            place = (flow[f"{side}_system"], flow[f"{side}_entity"])
            one = may.get((*place, row[f"{side}_property"]), "")
            first = groups.setdefault((row["flow"], side, row["property_group"]), one)
            if one != first:
                yield (
                    f"property_mappings.csv row {number}, property_group: "
                    f"{row[f'{side}_property']} of {place[0]} {place[1]} goes with "
                    f"others of {row['property_group']!r}, but entity_properties.csv "
                    "says otherwise of it in may_be_left_out. Let them agree."
                )
