"""What an installation's seeds lack is Lenke's own: an upgrade needs no edit."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from connections.http.errors import ConfigurationError
from lenke.seeds.check import check_seeds, judged_seeds
from lenke.seeds.filled import filled_seeds, write_filled
from lenke.seeds.rules import seeds_of
from tests import INSTALLED, SHIPPED

# The columns that must not be empty and have no default, as of 0.2.0. An installation
# made with it lacks every later one, so none may be added here.
WITHOUT_DEFAULT = {
    "document_sections": "section_number document section source_word target_word link "
    "flow why",
    "entities": "system_name entity title role clock_uncertainty_s why",
    "entity_properties": "system_name entity property json_path kind wire_type why",
    "flows": "seed_order flow source_system source_entity target_system target_entity "
    "mode why",
    "kinds": "kind identifies is_common why",
    "limits": "limit_name limit_value unit why",
    "link_rules": "flow combination source_property target_property is_enabled why",
    "omitted_members": "system_name entity property why",
    "property_groups": "property_group merges_singly_when why",
    "property_mappings": "flow source_property target_property type direction why",
    "reasons": "reason meaning next_step why",
    "record_rules": "flow side property operator why",
    "value_maps": "flow source_property source_value target_value is_way_back why",
    "replaced_records": "system_name entity why",
}


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The seeds of an installation: tables alone."""
    folder = tmp_path / "theirs"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.yml"))
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Give the rows of a seed."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without(folder: Path, name: str, column: str) -> None:
    """Take a column out of a seed."""
    found = rows(folder, name)
    names = [each for each in found[0] if each != column]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(found)


def newer(tmp_path: Path) -> Path:
    """Give the seeds of a newer Lenke: one more column, one more file, one more row."""
    folder = tmp_path / "newer"
    shutil.copytree(INSTALLED, folder)
    described = yaml.safe_load((folder / "_seeds.yml").read_text(encoding="utf-8"))
    seeds = {each["name"]: each for each in described["seeds"]}
    seeds["flows"]["columns"].append(
        {
            "name": "is_wished",
            "config": {"meta": {"default": "true"}},
            "data_tests": ["not_null"],
        }
    )
    seeds["flows"]["columns"][-1]["data_tests"] = [{"not_null": {}}]
    seeds["flows"]["config"]["column_types"]["is_wished"] = "boolean"
    [named] = [each for each in seeds["limits"]["columns"] if "has_rows" in str(each)]
    [needs] = [each for each in named["data_tests"] if "has_rows_for" in each]
    needs["has_rows_for"]["arguments"]["values"].append("new_limit")
    described["seeds"].append(
        {
            "name": "wishes",
            "config": {"column_types": {"why": "varchar"}, "meta": {"is_choice": True}},
            "columns": [{"name": "why"}],
        }
    )
    (folder / "_seeds.yml").write_text(yaml.safe_dump(described), encoding="utf-8")
    flows = (folder / "flows.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{flows[0]},is_wished", *(f"{line},false" for line in flows[1:])]
    (folder / "flows.csv").write_text("\n".join(lines), encoding="utf-8")
    with (folder / "limits.csv").open("a", encoding="utf-8") as file:
        file.write("new_limit,7,writes,Because.\n")
    (folder / "wishes.csv").write_text("why\nOurs.\n", encoding="utf-8")
    return folder


def test_a_newer_lenke_needs_no_edit_and_says_what_is_new(
    theirs: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in theirs.iterdir()}

    found, problems = judged_seeds(theirs, newer(tmp_path))

    assert problems == []
    assert {row["is_wished"] for _, row in found.tables["flows.csv"]} == {"true"}
    assert found.tables["wishes.csv"] == []
    assert found.tables["limits.csv"][-1][1]["limit_value"] == "7"
    assert found.columns == [
        "flows.csv has no column is_wished: each row has 'true' there."
    ]
    assert found.rows == [
        "limits.csv has no row new_limit: Lenke's own counts (7, writes)."
    ]
    assert found.files == ["wishes.csv is not there: it counts as empty."]
    assert {path: path.read_bytes() for path in theirs.iterdir()} == before


@pytest.mark.parametrize("name", ["entities.csv", "kinds.csv", "limits.csv"])
def test_a_file_about_systems_that_is_not_there_is_lenkes(
    theirs: Path, name: str
) -> None:
    (theirs / name).unlink()

    found, problems = judged_seeds(theirs, INSTALLED)

    assert problems == []
    assert [row for _, row in found.tables[name]] == rows(INSTALLED, name)
    assert found.files == [f"{name} is not there: Lenke's own counts."]


def test_no_flows_are_never_the_shipped_ones(theirs: Path) -> None:
    choices = [seed.file for seed in seeds_of(INSTALLED) if seed.is_choice]
    for name in choices:
        (theirs / name).unlink()

    found, problems = judged_seeds(theirs, INSTALLED)

    assert "flows.csv" in choices
    assert problems == []
    assert all(found.tables[name] == [] for name in choices)
    with pytest.raises(ConfigurationError, match="nothing to sync"):
        check_seeds(theirs, INSTALLED)


def test_a_column_without_a_default_must_be_there(theirs: Path) -> None:
    without(theirs, "link_rules.csv", "is_enabled")

    _, problems = judged_seeds(theirs, INSTALLED)

    [problem] = problems
    assert "link_rules.csv row 1 lacks the column 'is_enabled'" in problem


def test_a_slip_in_a_column_is_no_default(theirs: Path) -> None:
    text = (theirs / "flows.csv").read_text(encoding="utf-8")
    (theirs / "flows.csv").write_text(
        text.replace("on_source_gone", "on_sourcegone", 1), encoding="utf-8"
    )

    _, problems = judged_seeds(theirs, INSTALLED)

    assert any("on_sourcegone" in each for each in problems)


def test_the_seeds_of_the_project_lack_nothing(theirs: Path) -> None:
    shutil.copy(INSTALLED / "_seeds.yml", theirs)
    without(theirs, "flows.csv", "on_source_gone")

    with pytest.raises(ConfigurationError, match="lacks the column 'on_source_gone'"):
        check_seeds(theirs)


def test_what_dbt_reads_is_what_counts(theirs: Path, tmp_path: Path) -> None:
    without(theirs, "flows.csv", "on_target_gone")
    (theirs / "reasons.csv").unlink()

    write_filled(tmp_path / "whole", filled_seeds(theirs, INSTALLED))

    for name in ("flows.csv", "reasons.csv", "entity_properties.csv"):
        assert rows(tmp_path / "whole", name) == rows(
            SHIPPED if (theirs / name).exists() else INSTALLED, name
        )


def test_a_column_that_is_newer_than_the_first_installations_has_a_default() -> None:
    needed = {
        seed.file.removesuffix(".csv"): {
            column.name for column in seed.columns if column.default is None
        }
        for seed in seeds_of(INSTALLED)
    }

    for name, columns in needed.items():
        assert columns <= set(WITHOUT_DEFAULT[name].split()), name
