"""Seeds say what is synced, models say how: neither may lack what the other has.

The staging models are built, against no data at all, and looked at. The out_ models are
held to their YAML by an enforced contract, so their YAML is looked at.

What the seeds of this installation name must be a column. That no column is idle is
asked of the shipped profile: whoever removes a row leaves its column behind.
"""

import csv
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tests import INSTALLED, SHIPPED

PROJECT = Path(__file__).parents[2]
SHARED_IN_STAGING = [
    "record_key",
    "system_name",
    "entity",
    "record_id",
    "record",
    "record_hash",
    "change_stamp",
    "record_version",
    "is_deleted",
    "listing_id",
    "loaded_at",
]
SHARED_IN_OUTBOUND = ["flow", "source_key", "record_id", "is_linked"]
TYPE_OF_KIND = {
    "boolean": "boolean",
    "date": "date",
    "local_time": "timestamp",
    "number": "decimal(38, 10)",
}

Entity = tuple[str, str]
Columns = dict[str, str | None]


def seed(name: str, folder: Path) -> list[dict[str, str]]:
    """Give the rows of a seed."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def entities(folder: Path = INSTALLED) -> list[Entity]:
    """Give the entities of entities.csv."""
    return [(row["system_name"], row["entity"]) for row in seed("entities", folder)]


def properties(folder: Path = INSTALLED) -> dict[Entity, dict[str, dict[str, str]]]:
    """Give the rows of entity_properties.csv of each entity, by property."""
    found: dict[Entity, dict[str, dict[str, str]]] = {
        one: {} for one in entities(folder)
    }
    for row in seed("entity_properties", folder):
        found[row["system_name"], row["entity"]][row["property"]] = row
    return found


def written_properties(folder: Path = INSTALLED) -> dict[Entity, set[str]]:
    """Give the properties of each entity that some flow may write, where it has any."""
    flows = {row["flow"]: row for row in seed("flows", folder)}
    known = properties(folder)
    found: defaultdict[Entity, set[str]] = defaultdict(set)
    for row in seed("property_mappings", folder):
        flow = flows[row["flow"]]
        source = flow["source_system"], flow["source_entity"]
        target = flow["target_system"], flow["target_entity"]
        found[target].add(row["target_property"])
        is_writable = known[source][row["source_property"]]["is_writable"] == "true"
        if row["direction"] == "both" and is_writable:
            found[source].add(row["source_property"])
    return dict(found)


def described(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the models that the YAML below a folder describes, by name."""
    for file in sorted((PROJECT / "models" / folder).rglob("*models.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]:
            yield model["name"], model


def described_columns(model: dict[str, Any]) -> Columns:
    """Give the columns of a described model with their types, in order."""
    return {column["name"]: column.get("data_type") for column in model["columns"]}


def normal(data_type: str | None) -> str | None:
    """Give a data type without regard to blanks and case."""
    return data_type and data_type.replace(" ", "").lower()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Columns]:
    """Build the staging models in an empty home; give their columns and types."""
    home = tmp_path_factory.mktemp("home")
    dbt = Path(sys.executable).with_name("dbt")
    done = subprocess.run(
        [
            str(dbt),
            "build",
            *("--select", "path:models/staging", "path:seeds"),
            *("--exclude", "resource_type:test", "resource_type:unit_test"),
            *("--target-path", str(home / "target")),
            *("--log-path", str(home / "logs")),
        ],
        cwd=PROJECT,
        env={**os.environ, "LENKE_HOME": str(home), "LENKE_SEEDS": INSTALLED.name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
        rows = warehouse.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where schema_name = 'staging' order by table_name, column_index"
        ).fetchall()
    columns: dict[str, Columns] = {}
    for table, column, data_type in rows:
        columns.setdefault(table, {})[column] = data_type
    return columns


def test_every_known_property_is_a_column_of_its_staging_model(
    built: dict[str, Columns],
) -> None:
    missing = [
        f"entity_properties.csv has {system}.{entity} {name}, but "
        f"stg_{system}__{entity} has no such column"
        for (system, entity), known in properties().items()
        for name in known
        if name not in built.get(f"stg_{system}__{entity}", {})
    ]

    assert not missing, "\n".join(missing)


def test_every_named_column_of_a_staging_model_is_a_known_property(
    built: dict[str, Columns],
) -> None:
    unknown = [
        f"stg_{system}__{entity} has the column {name}, but entity_properties.csv has "
        f"no row {system}.{entity} {name}"
        for (system, entity), known in properties(SHIPPED).items()
        for name in list(built[f"stg_{system}__{entity}"])[len(SHARED_IN_STAGING) :]
        if name not in known
    ]

    assert not unknown, "\n".join(unknown)


def test_a_staging_column_has_the_type_of_its_kind(built: dict[str, Columns]) -> None:
    wrong = [
        f"stg_{system}__{entity} {name} is {found}, but a {row['kind']} is {expected}"
        for (system, entity), known in properties().items()
        for name, row in known.items()
        for found in [built[f"stg_{system}__{entity}"].get(name)]
        for expected in [TYPE_OF_KIND.get(row["kind"], "varchar")]
        if normal(found) not in (None, normal(expected))
    ]

    assert not wrong, "\n".join(wrong)


def test_every_staging_model_of_an_entity_begins_with_the_shared_columns(
    built: dict[str, Columns],
) -> None:
    count = len(SHARED_IN_STAGING)

    different = [
        f"stg_{system}__{entity} begins with {', '.join(first)}"
        for system, entity in entities()
        for first in [list(built[f"stg_{system}__{entity}"])[:count]]
        if first != SHARED_IN_STAGING
    ]

    assert not different, "\n".join(different)


def test_every_column_of_a_staging_model_is_described(
    built: dict[str, Columns],
) -> None:
    said = {name: described_columns(model) for name, model in described("staging")}

    wrong = [
        f"{name} {column}: built as {columns.get(column)}, described as "
        f"{said.get(name, {}).get(column)}"
        for name, columns in built.items()
        for column in {**columns, **said.get(name, {})}
        if column not in columns
        or column not in said.get(name, {})
        or normal(said[name][column]) not in (None, normal(columns[column]))
    ]

    assert not wrong, "\n".join(wrong)
    assert set(said) == set(built)


def test_every_written_property_is_a_column_of_its_out_model() -> None:
    models = dict(described("outbound"))

    missing = [
        f"property_mappings.csv maps {system}.{entity} {name}, but "
        f"out_{system}__{entity} has no such column"
        for (system, entity), names in written_properties().items()
        for name in sorted(names)
        if name not in described_columns(models[f"out_{system}__{entity}"])
    ]

    assert not missing, "\n".join(missing)


def test_every_named_column_of_an_out_model_is_a_written_property() -> None:
    models = dict(described("outbound"))

    unknown = [
        f"out_{system}__{entity} has the column {name}, but property_mappings.csv does "
        f"not let {system}.{entity} {name} be written"
        for (system, entity), names in written_properties(SHIPPED).items()
        for name in described_columns(models[f"out_{system}__{entity}"])
        if name not in names and name not in SHARED_IN_OUTBOUND
    ]

    assert not unknown, "\n".join(unknown)


def test_every_entity_that_can_be_written_has_an_out_model_with_a_contract() -> None:
    enforced = {
        name
        for name, model in described("outbound")
        if name.startswith("out_")
        and model.get("config", {}).get("contract", {}).get("enforced")
    }

    def out_models(folder: Path) -> set[str]:
        return {f"out_{end[0]}__{end[1]}" for end in written_properties(folder)}

    assert enforced == out_models(SHIPPED)
    assert enforced >= out_models(INSTALLED)
