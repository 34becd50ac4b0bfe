"""Check the seeds before anything is read: an error names file, row and column.

dbt checks them too, for whoever runs `dbt build` alone; here the words are for the
person who has just edited a row.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from connections.http.errors import ConfigurationError
from lenke.home.places import DEFAULTS, PROJECT, SEEDS
from lenke.seeds.columns import not_current
from lenke.seeds.entities import unknown_entities, unknown_members, unread_members
from lenke.seeds.files import Rows
from lenke.seeds.filled import Filled, filled_seeds
from lenke.seeds.groups import (
    half_asleep,
    impossible_groups,
    strayed_groups,
    unparted,
)
from lenke.seeds.precedence import contradicting_precedence
from lenke.seeds.rules import broken_rules, unknown
from lenke.seeds.taking_part import impossible_rules, impossible_starts
from lenke.seeds.value_maps import impossible_maps


def check_seeds(folder: Path = SEEDS, defaults: Path | None = DEFAULTS) -> None:
    """Return when seeds and models fit together; ConfigurationError lists what doesn't.

    First the form of each file, then every value by the rules of its column, and what
    rows say of each other: names must be known, and references may not go round. Last
    the columns of models, which `lenke columns` writes from the seeds; those of an
    installation (it has `defaults`) are written whenever its models are compiled.
    """
    found, problems = judged_seeds(folder, defaults)
    if defaults is None:
        tables = found.tables
        problems += unread_members(tables) if tables else ()
        if not problems:
            problems = [
                f"{path.relative_to(PROJECT)} is not of these seeds. "
                "Run `lenke columns`."
                for path in not_current(tables)
            ]
    if not problems and not found.tables["flows.csv"]:
        problems = [
            "flows.csv has no flow, so there is nothing to sync. Add a row for each "
            "(docs/seeds.md says what stands in it)."
        ]
    _stop_for(problems)


def checked_seeds(
    folder: Path = SEEDS, defaults: Path | None = DEFAULTS
) -> Mapping[str, Rows]:
    """Give the seeds when they fit together, whatever models make of them."""
    found, problems = judged_seeds(folder, defaults)
    _stop_for(problems)
    return found.tables


def judged_seeds(
    folder: Path = SEEDS, defaults: Path | None = DEFAULTS
) -> tuple[Filled, list[str]]:
    """Give the seeds as they count, without rows when a file can't be read, and what
    is wrong with them.
    """
    if not folder.is_dir():
        raise ConfigurationError(
            f"There are no seeds in {folder}: "
            + ("put them back." if defaults else "mend LENKE_SEEDS.")
        )
    found = filled_seeds(folder, defaults)
    if found.problems:
        found.tables = {}
        return found, found.problems
    tables = found.tables
    return found, [
        *(problem for seed in found.seeds for problem in broken_rules(seed, tables)),
        *unknown_entities(tables),
        *unknown_members(tables),
        *_unknown_properties(tables),
        *_too_large_shares(tables["limits.csv"]),
        *_impossible_policies(tables),
        *impossible_rules(tables),
        *impossible_starts(tables),
        *_sources_with_another_key(tables["entities.csv"]),
        *strayed_groups(tables),
        *impossible_groups(tables),
        *unparted(tables),
        *half_asleep(tables),
        *contradicting_precedence(tables),
        *impossible_maps(tables),
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


def _sources_with_another_key(entities: Rows) -> Iterator[str]:
    for number, row in entities:
        if row["stable_id_part"] and row["role"] != "target":
            yield (
                f"entities.csv row {number}, stable_id_part: a source's key is the "
                "name of all that is remembered of it, so it never gets another one. "
                "Leave it empty."
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
