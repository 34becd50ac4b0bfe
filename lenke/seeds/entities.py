"""Entities and members that seeds name, held to what the project reads of each system.

The loaders know which entities are read, and a staging model reads each member by the
path that it has in the record: what stands in neither is a slip, or a row for which
`lenke columns` has still to write the columns.
"""

import re
from collections.abc import Iterator, Mapping

from connections.settings.read import systems
from lenke.home.places import DEFAULTS, MODELS_FOLDER, OWN_SYSTEMS, PROJECT
from lenke.seeds.files import Rows
from lenke.seeds.rules import unknown
from loaders.listing.entity import source_of

_STAGING = tuple(
    folder / MODELS_FOLDER / "staging" for folder in (PROJECT, OWN_SYSTEMS) if folder
)
_A_PATH = re.compile(r"\$(\.[A-Za-z_]\w*)+")
# A property's name becomes a column's, through SQL, Jinja and YAML.
_NOT_IN_A_NAME = "'\"\\{}#:,`"
_PATHS_READ = re.compile(rf"'({_A_PATH.pattern})'")
# Members that staging derives stand in the record as `_derived`.
_OF_DERIVED = "$._derived."
_DERIVED = re.compile(r'"(\w+)": ')

_NAMES_AN_ENTITY = (
    ("entities.csv", "system_name", "entity"),
    ("entity_properties.csv", "system_name", "entity"),
    ("omitted_members.csv", "system_name", "entity"),
    ("replaced_records.csv", "system_name", "entity"),
    ("flows.csv", "source_system", "source_entity"),
    ("flows.csv", "target_system", "target_entity"),
)


def unknown_entities(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name systems and entities that no loader reads, and those in the wrong role."""
    read = {
        system: [entity.name for entity in source_of(system).entities]
        for system in systems()
    }
    roles = {
        (row["system_name"], row["entity"]): row["role"]
        for _, row in tables["entities.csv"]
    }
    for file, system_column, entity_column in _NAMES_AN_ENTITY:
        for number, row in tables[file]:
            system, entity = row[system_column], row[entity_column]
            if system not in read:
                yield (
                    f"{file} row {number}, {system_column}: "
                    f"{unknown(system, tuple(read))}"
                )
            elif entity not in read[system]:
                yield (
                    f"{file} row {number}, {entity_column}: "
                    f"{unknown(entity, read[system], of=system)}"
                )
            elif (system, entity) not in roles:
                yield (
                    f"{file} row {number}, {entity_column}: entities.csv has no row of "
                    f"{system} {entity}. Add it there."
                )
    for number, row in tables["flows.csv"]:
        for side in ("source", "target"):
            place = (row[f"{side}_system"], row[f"{side}_entity"])
            if roles.get(place, side) != side:
                yield (
                    f"flows.csv row {number}, {side}_entity: {' '.join(place)} is a "
                    f"{roles[place]} (entities.csv, role), and never both."
                )


def unknown_members(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name paths that are none, and derived members that staging does not derive."""
    properties = tables["entity_properties.csv"]
    systems = {row["system_name"] for _, row in properties}
    derived_in = {system: _paths_derived(system) for system in systems}
    for number, row in properties:
        path = row["json_path"]
        place = f"entity_properties.csv row {number}, json_path"
        derived = derived_in[row["system_name"]]
        if set(row["property"]) & set(_NOT_IN_A_NAME):
            yield (
                f"entity_properties.csv row {number}, property: {row['property']!r} "
                f"can't be the name of a column. Not accepted in it: {_NOT_IN_A_NAME}"
            )
        if path and not _A_PATH.fullmatch(path):
            yield f"{place}: {path!r} is no path. Accepted: $.member, $.member.inner"
        elif path.startswith(_OF_DERIVED) and path not in derived:
            yield f"{place}: {unknown(path, derived, of=row['system_name'])}"


def unread_members(tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name members that the staging model of their entity does not read."""
    then = "nothing is left to do" if DEFAULTS else "run `lenke columns`"
    for number, row in tables["entity_properties.csv"]:
        path, entity = row["json_path"], f"{row['system_name']} {row['entity']}"
        read = _paths_read(row["system_name"], row["entity"])
        if path and read and path not in read:
            yield (
                f"entity_properties.csv row {number}, json_path: "
                f"{unknown(path, read, of=entity)}. If records have it, {then}."
            )


def _paths_read(system: str, entity: str) -> list[str]:
    """Give the paths that staging reads of an entity; none when nobody knows it."""
    name = f"stg_{system}__{entity}.sql"
    return sorted(
        {
            each[1]
            for model in (folder / system / name for folder in _STAGING)
            if model.is_file()
            for each in _PATHS_READ.finditer(model.read_text(encoding="utf-8"))
        }
    )


def _paths_derived(system: str) -> list[str]:
    """Give the paths of what the staging models of a system derive."""
    return sorted(
        f"{_OF_DERIVED}{name}"
        for folder in _STAGING
        for each in (folder / system).glob("*.sql")
        for name in _DERIVED.findall(each.read_text(encoding="utf-8"))
    )
