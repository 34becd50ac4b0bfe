"""Check the seeds before anything is read: an error names file, row and column.

dbt checks them too, for whoever runs `dbt build` alone; here the words are for the
person who has just edited a row.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from connections.http.errors import ConfigurationError
from connections.settings.nearest import nearest
from lenke.home.places import PROJECT, SEEDS
from lenke.seeds.columns import not_current
from lenke.seeds.entities import unknown_entities, unknown_members, unread_members
from lenke.seeds.files import Rows, read_seeds
from lenke.seeds.rules import broken_rules, seeds_of, unknown

# So alike, a name is a slip of the other one.
_NEARLY = 0.75
# What means something else to the rest of a record, or makes another record of it.
_NEVER_LEFT_OUT = ("reference", "lines", "date", "local_time", "number", "boolean")


def check_seeds(folder: Path = SEEDS) -> None:
    """Return when seeds and models fit together; ConfigurationError lists what doesn't.

    First the form of each file, then every value by the rules of its column, and what
    rows say of each other: names must be known, and references may not go round. Last
    the columns of models, which `lenke columns` writes from the seeds.
    """
    tables, problems = _read(folder)
    problems = [*problems, *(unread_members(tables) if tables else ())]
    if not problems:
        problems = [
            f"{path.relative_to(PROJECT)} is not of these seeds. Run `lenke columns`."
            for path in not_current(tables)
        ]
    _stop_for(problems)


def checked_seeds(folder: Path = SEEDS) -> Mapping[str, Rows]:
    """Give the seeds when they fit together, whatever models make of them."""
    tables, problems = _read(folder)
    _stop_for(problems)
    return tables


def _read(folder: Path) -> tuple[Mapping[str, Rows], list[str]]:
    """Give the rows of all files, or none when one can't be read, and what is wrong."""
    if not folder.is_dir():
        raise ConfigurationError(f"There are no seeds in {folder}: mend LENKE_SEEDS.")
    seeds = seeds_of(folder)
    read = read_seeds(
        folder, {seed.file: [column.name for column in seed.columns] for seed in seeds}
    )
    if read.problems:
        return {}, read.problems
    tables = read.tables
    return tables, [
        *(problem for seed in seeds for problem in broken_rules(seed, tables)),
        *unknown_entities(tables),
        *unknown_members(tables),
        *_unknown_properties(tables),
        *_too_large_shares(tables["limits.csv"]),
        *_impossible_policies(tables),
        *_strayed_groups(tables),
        *_impossible_groups(tables),
        *_unparted(tables),
        *_circles(tables["property_mappings.csv"]),
    ]


def _stop_for(problems: list[str]) -> None:
    if problems:
        raise ConfigurationError(
            "The seeds need mending; nothing was read or sent:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
        )


def _unknown_properties(tables: Mapping[str, Rows]) -> Iterator[str]:
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    known: dict[tuple[str, str], list[str]] = {}
    for _, row in tables["entity_properties.csv"]:
        known.setdefault((row["system_name"], row["entity"]), []).append(
            row["property"]
        )
    for number, row in tables["omitted_members.csv"]:
        names = known.get((row["system_name"], row["entity"]), [])
        if row["property"] not in names:
            yield (
                f"omitted_members.csv row {number}, property: "
                f"{unknown(row['property'], names)}"
            )
    for file in ("property_mappings.csv", "link_rules.csv"):
        for number, row in tables[file]:
            flow = flows.get(row["flow"])
            if flow is None:
                continue
            for side in ("source", "target"):
                name = row[f"{side}_property"]
                place = (flow[f"{side}_system"], flow[f"{side}_entity"])
                names = known.get(place, [])
                if name not in names:
                    yield (
                        f"{file} row {number}, {side}_property: "
                        f"{unknown(name, names, of=' '.join(place))}"
                    )


def _too_large_shares(limits: Rows) -> Iterator[str]:
    for number, row in limits:
        with suppress(ValueError):  # no number is named by its column's rule
            if row["unit"] == "share" and float(row["limit_value"]) > 1:
                yield (
                    f"limits.csv row {number}, limit_value: {row['limit_value']!r} is "
                    "no share. Accepted: 0 to 1."
                )


def _strayed_groups(tables: Mapping[str, Rows]) -> Iterator[str]:
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


def _impossible_policies(tables: Mapping[str, Rows]) -> Iterator[str]:
    entities = {
        (row["system_name"], row["entity"]): row for _, row in tables["entities.csv"]
    }
    for number, row in tables["flows.csv"]:
        target = entities.get((row["target_system"], row["target_entity"]))
        if target is None:
            continue
        name = f"{target['system_name']} {target['entity']}"
        refusals = {
            ("on_source_gone", "delete"): (
                target["can_delete"] != "true",
                f"the API of {name} deletes nothing (entities.csv, can_delete)",
            ),
            ("on_source_gone", "deactivate"): (
                not target["inactive_path"],
                f"{name} has no flag for that which can be written (entities.csv, "
                "inactive_path)",
            ),
            ("on_target_gone", "recreate"): (
                row["mode"] != "create",
                f"{row['flow']} only matches, it creates nothing (mode)",
            ),
        }
        for (column, policy), (is_refused, because) in refusals.items():
            if row[column] == policy and is_refused:
                yield (
                    f"flows.csv row {number}, {column}: {policy!r} can't be done, "
                    f"{because}. Choose another policy."
                )


def _impossible_groups(tables: Mapping[str, Rows]) -> Iterator[str]:
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


def _unparted(tables: Mapping[str, Rows]) -> Iterator[str]:
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


def _circles(mappings: Rows) -> Iterator[str]:
    through: dict[str, set[str]] = {}
    for _, row in mappings:
        if row["through_flow"]:
            through.setdefault(row["flow"], set()).add(row["through_flow"])
    for number, row in mappings:
        if row["through_flow"] and row["flow"] in _reachable(
            row["through_flow"], through
        ):
            yield (
                f"property_mappings.csv row {number}, through_flow: {row['flow']} and "
                f"{row['through_flow']} refer to each other, so neither can be written "
                "first. Remove one of the references."
            )


def _reachable(start: str, through: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        flow = waiting.pop()
        if flow not in found:
            found.add(flow)
            waiting.extend(through.get(flow, ()))
    return found
