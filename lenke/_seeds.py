"""Check the seeds before anything is read: an error names file, row and column.

dbt checks them too, for whoever runs `dbt build` alone; here the words are for the
person who has just edited a row.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from connections._errors import ConfigurationError
from lenke._home import SEEDS

Row = Mapping[str, str]

_CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "flows.csv": {
        "mode": ("create", "match"),
        "origin": ("document", "default"),
        "on_source_gone": ("keep", "delete", "deactivate"),
        "on_target_gone": ("keep", "recreate"),
    },
    "link_rules.csv": {
        "origin": ("document", "default"),
        "is_enabled": ("true", "false"),
    },
    "property_groups.csv": {
        "merges_singly_when": ("first_not_after_second", "never"),
    },
    "entity_properties.csv": {
        "may_be_left_out": ("true", "false"),
        "create_waits": ("true", "false"),
    },
    "property_mappings.csv": {
        "direction": ("both", "forward", "on_create"),
        "origin": ("document", "default"),
    },
}

# What means something else to the rest of a record, or makes another record of it.
_NEVER_LEFT_OUT = ("reference", "lines", "date", "local_time", "number", "boolean")


def check_seeds(folder: Path = SEEDS) -> None:
    """Return when the seeds fit together; ConfigurationError lists all that does not.

    Flows, properties and references must be known, and references may not go round.
    """
    if not folder.is_dir():
        raise ConfigurationError(f"There are no seeds in {folder}: mend LENKE_SEEDS.")
    tables = {path.name: _rows(path) for path in sorted(folder.glob("*.csv"))}
    problems = [
        *_unknown_choices(tables),
        *_unknown_names(tables),
        *_impossible_policies(tables),
        *_impossible_groups(tables),
        *_unparted(tables),
        *_circles(tables["property_mappings.csv"]),
    ]
    if problems:
        raise ConfigurationError(
            "The seeds need mending; nothing was sent:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
        )


def _rows(path: Path) -> list[tuple[int, Row]]:
    """Give a seed's rows with their numbers as an editor shows them."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows: list[tuple[int, Row]] = [(reader.line_num, row) for row in reader]
    for number, row in rows:
        if None in row or None in row.values():
            raise ConfigurationError(
                f"{path.name} row {number} has another number of columns than its "
                f"header ({', '.join(reader.fieldnames or [])}). Quote values that "
                "hold a comma."
            )
    return rows


def _unknown_choices(tables: Mapping[str, list[tuple[int, Row]]]) -> Iterator[str]:
    for file, columns in _CHOICES.items():
        for number, row in tables[file]:
            for column, choices in columns.items():
                if row[column] not in choices:
                    yield _problem(file, number, column, row[column], choices)


def _unknown_names(tables: Mapping[str, list[tuple[int, Row]]]) -> Iterator[str]:
    flows = {row["flow"]: row for _, row in tables["flows.csv"]}
    known: dict[tuple[str, str], list[str]] = {}
    for _, row in tables["entity_properties.csv"]:
        known.setdefault((row["system_name"], row["entity"]), []).append(
            row["property"]
        )
    for number, row in tables["omitted_members.csv"]:
        names = known.get((row["system_name"], row["entity"]), [])
        if row["property"] not in names:
            yield _problem(
                "omitted_members.csv", number, "property", row["property"], names
            )
    for file in ("property_mappings.csv", "link_rules.csv"):
        for number, row in tables[file]:
            flow = flows.get(row["flow"])
            if flow is None:
                yield _problem(file, number, "flow", row["flow"], sorted(flows))
                continue
            for side in ("source", "target"):
                column = f"{side}_property"
                entity = (flow[f"{side}_system"], flow[f"{side}_entity"])
                if row[column] not in known.get(entity, []):
                    yield _problem(
                        file,
                        number,
                        column,
                        row[column],
                        known.get(entity, []),
                        of=f"{entity[0]} {entity[1]}",
                    )
            through = row.get("through_flow", "")
            if through and through not in flows:
                yield _problem(file, number, "through_flow", through, sorted(flows))


def _impossible_policies(tables: Mapping[str, list[tuple[int, Row]]]) -> Iterator[str]:
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


def _impossible_groups(tables: Mapping[str, list[tuple[int, Row]]]) -> Iterator[str]:
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


def _unparted(tables: Mapping[str, list[tuple[int, Row]]]) -> Iterator[str]:
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


def _circles(mappings: list[tuple[int, Row]]) -> Iterator[str]:
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


def _problem(
    file: str,
    number: int,
    column: str,
    value: str,
    known: object,
    of: str = "",
) -> str:
    choices = ", ".join(known) if isinstance(known, list | tuple) else str(known)
    what = f" of {of}" if of else ""
    return (
        f"{file} row {number}, {column}: {value!r} is not known{what}. "
        f"Known: {choices or 'nothing'}"
    )
