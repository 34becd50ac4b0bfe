"""What a column of a seed may hold, and which rows models go by."""

import csv
from pathlib import Path

import pytest

from lenke.seeds.rules import seeds_of
from tests import INSTALLED
from tests.lenke.seeds.copied import NAMES, complaint, edit


def test_every_seed_has_its_rules_and_every_column_is_described() -> None:
    described = {seed.file: seed for seed in seeds_of(INSTALLED)}

    assert sorted(described) == NAMES
    for name in NAMES:
        with (INSTALLED / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert sorted(header) == sorted(
            column.name for column in described[name].columns
        )


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("entity_properties.csv", "kind", "fone", "Is 'phone' meant? Known: text, "),
        ("entity_properties.csv", "kind", "Text", "Is 'text' meant?"),
        ("entity_properties.csv", "kind", " text", "has blanks around it"),
        ("entity_properties.csv", "kind", "", "is empty, and needs a value"),
        ("entity_properties.csv", "wire_type", "sting", "Is 'string' meant?"),
        ("entity_properties.csv", "empty_as", "null", "Is 'json_null' meant?"),
        ("entity_properties.csv", "stored_as", "lowercase", "Known: as_is, lower"),
        ("entity_properties.csv", "accepts", "e_mail", "Known: email_address, e164"),
        ("entity_properties.csv", "max_length", "tjue", "Accepted: a whole number"),
        ("entity_properties.csv", "max_length", "20.0", "Accepted: a whole number"),
        ("entity_properties.csv", "max_length", "0", "Accepted: 1 or more"),
        ("entity_properties.csv", "is_required", "ja", "Known: true, false"),
        ("entity_properties.csv", "is_nullable", "TRUE", "Is 'true' meant?"),
        ("entity_properties.csv", "is_writable", "1", "Known: true, false"),
        ("entity_properties.csv", "json_path", "$.Mobl", "Is '$.Mobil' meant?"),
        ("entity_properties.csv", "json_path", "$.mobil", "Is '$.Mobil' meant?"),
        ("entity_properties.csv", "json_path", "Mobil", "is no path. Accepted: $."),
        ("entity_properties.csv", "json_path", "$.a b", "is no path"),
        ("entity_properties.csv", "property", "Tit'tel", "the name of a column"),
        ("entity_properties.csv", "property", "{{ x }}", "the name of a column"),
        ("entity_properties.csv", "json_path", "$.Telefon", "of tidsbanken ansatt"),
        ("entity_properties.csv", "system_name", "tidsbank", "Is 'tidsbanken' meant?"),
        ("entity_properties.csv", "entity", "ansat", "Is 'ansatt' meant?"),
        ("entity_properties.csv", "why", "", "is empty, and needs a value"),
        ("limits.csv", "limit_value", "lots", "Accepted: a number"),
        ("limits.csv", "limit_value", "0,2", "Accepted: a number, with a point"),
        ("limits.csv", "limit_value", "nan", "Accepted: a number"),
        ("limits.csv", "limit_value", "-1", "Accepted: 0 or more"),
        ("limits.csv", "limit_name", "small_flow_shair", "'small_flow_share' meant?"),
        ("limits.csv", "unit", "timer", "Known: share, writes, hours"),
        ("flows.csv", "seed_order", "first", "Accepted: a whole number"),
        ("flows.csv", "source_system", "tidsbaken", "Is 'tidsbanken' meant?"),
        ("flows.csv", "target_entity", "kunde", "of customwebshop"),
        ("entities.csv", "role", "sorce", "Is 'source' meant?"),
        ("entities.csv", "clock_uncertainty_s", "en time", "Accepted: a whole number"),
        ("entities.csv", "can_delete", "nei", "Known: true, false"),
        ("entities.csv", "created_path", "$.OpretetDato", "Is '$.OpprettetDato' mean"),
        ("entities.csv", "inactive_path", "$.Aktive", "Is '$.active' meant?"),
        ("entities.csv", "left_path", "$.Slutet", "Is '$.Sluttet' meant?"),
        ("entities.csv", "restore_path", "$.deleted", "Is '$.deletedAt' meant?"),
        ("entities.csv", "reference_path", "externalReference", "'$.externalRefere"),
        ("entities.csv", "stable_id_part", "andre", "Accepted: a whole number"),
        ("link_rules.csv", "flow", "tidsbanken_ansat__crmoffice_contacts", "meant?"),
        ("property_mappings.csv", "type", "text", "Known: string, number"),
        ("property_mappings.csv", "property_group", "adress", "Is 'address' meant?"),
        ("property_mappings.csv", "through_flow", "nowhere", "Known: tidsbanken_"),
        ("property_groups.csv", "property_group", "periode", "Is 'period' meant?"),
        ("document_sections.csv", "link", "mach", "Is 'match' meant?"),
        ("document_sections.csv", "flow", "nowhere", "Known: tidsbanken_"),
        ("omitted_members.csv", "property", "companyNumber", "meant?"),
        ("replaced_records.csv", "entity", "kunder", "Is 'kunde' meant?"),
        ("reasons.csv", "reason", "unknown_referense", "'unknown_reference' meant?"),
    ],
)
def test_a_value_that_is_not_accepted_is_named_with_what_is(
    copied: Path, name: str, column: str, value: str, words: str
) -> None:
    edit(copied, name, 2, **{column: value})

    said = [line for line in complaint(copied).splitlines() if words in line]

    assert said
    assert said[0].startswith(f"  - {name} row 2, {column}: ")


@pytest.mark.parametrize("jinja", ["{{ 1 / 0 }}", "{% raw %}", "a {# b #}"])
def test_a_why_that_dbt_would_run_is_refused(copied: Path, jinja: str) -> None:
    edit(copied, "entity_properties.csv", 3, why=f"As {jinja} says.")

    assert (
        f"entity_properties.csv row 3, why: {jinja.lstrip('a ')[:2]!r} is not accepted"
    ) in complaint(copied)


@pytest.mark.parametrize("name", ["kinds.csv", "limits.csv", "reasons.csv"])
def test_a_lost_row_that_models_go_by_is_named(copied: Path, name: str) -> None:
    path = copied / name
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(rest), encoding="utf-8")

    lost = first.split(",")[0]
    assert f"{name} has no row with {lost!r}" in complaint(copied)


@pytest.mark.parametrize(
    "name",
    [
        "entities.csv",
        "entity_properties.csv",
        "flows.csv",
        "limits.csv",
        "link_rules.csv",
        "property_mappings.csv",
        "replaced_records.csv",
    ],
)
def test_a_row_that_is_there_twice_is_named(copied: Path, name: str) -> None:
    path = copied / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")

    said = complaint(copied)

    assert f"{name} row {len(lines) + 1}, " in said
    assert "row 2 has " in said


def test_a_share_is_no_more_than_one(copied: Path) -> None:
    edit(copied, "limits.csv", 2, limit_value="20")

    assert "limits.csv row 2, limit_value: '20' is no share" in complaint(copied)


def test_a_source_is_no_target(copied: Path) -> None:
    edit(copied, "entities.csv", 2, role="target")

    assert "tidsbanken ansatt is a target (entities.csv, role)" in complaint(copied)
