"""What seeds say wrongly is named: file, row, column, and what is accepted."""

from pathlib import Path

import pytest

from lenke.seeds.check import check_seeds
from tests import INSTALLED, SHIPPED
from tests.lenke.seeds.copied import complaint, edit, seed


def test_the_seeds_fit_together() -> None:
    check_seeds(INSTALLED)
    check_seeds(SHIPPED)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    words = complaint(tmp_path / "nowhere")

    assert str(tmp_path / "nowhere") in words
    assert "LENKE_SEEDS" in words


def test_an_unknown_property_is_named_with_file_row_and_column(copied: Path) -> None:
    edit(copied, "property_mappings.csv", 3, source_property="Fornamn")

    words = complaint(copied)

    assert "property_mappings.csv row 3, source_property: 'Fornamn'" in words
    assert "tidsbanken ansatt" in words
    assert "Fornavn" in words


def test_an_unknown_property_of_a_rule_is_named(copied: Path) -> None:
    edit(copied, "link_rules.csv", 2, target_property="mail")

    words = complaint(copied)

    assert "link_rules.csv row 2, target_property: 'mail'" in words
    assert "powerofficego contactperson" in words


@pytest.mark.parametrize("name", ["property_mappings.csv", "link_rules.csv"])
def test_an_unknown_flow_is_named(copied: Path, name: str) -> None:
    edit(copied, name, 4, flow="tidsbanken_ansatt__nowhere")

    words = complaint(copied)

    assert f"{name} row 4, flow: 'tidsbanken_ansatt__nowhere'" in words
    assert "tidsbanken_ansatt__crmoffice_contacts" in words


def test_an_unknown_flow_of_a_reference_is_named(copied: Path) -> None:
    edit(copied, "property_mappings.csv", 5, through_flow="nowhere")

    assert "property_mappings.csv row 5, through_flow: 'nowhere'" in complaint(copied)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("flows.csv", "mode"),
        ("flows.csv", "origin"),
        ("flows.csv", "on_source_gone"),
        ("flows.csv", "on_target_gone"),
        ("link_rules.csv", "origin"),
        ("link_rules.csv", "is_enabled"),
        ("entity_properties.csv", "may_be_left_out"),
        ("entity_properties.csv", "create_waits"),
        ("property_mappings.csv", "direction"),
        ("property_mappings.csv", "origin"),
    ],
)
def test_an_unknown_choice_is_named_beside_what_there_is(
    copied: Path, name: str, column: str
) -> None:
    known = seed(name.removesuffix(".csv"))[4][column]
    edit(copied, name, 6, **{column: "perhaps"})

    words = complaint(copied)

    assert f"{name} row 6, {column}: 'perhaps' is not known" in words
    assert known in words


def test_references_that_go_round_are_named(copied: Path) -> None:
    contacts = "tidsbanken_ansatt__crmoffice_contacts"
    activities = "tidsbanken_prosjekt__crmoffice_activities"
    edit(copied, "property_mappings.csv", 2, through_flow=activities)

    words = complaint(copied)

    assert "property_mappings.csv row 2, through_flow" in words
    assert "property_mappings.csv row 5, through_flow" in words
    assert contacts in words
    assert activities in words


def test_a_reference_or_a_date_may_not_be_left_out_of_a_write(copied: Path) -> None:
    rows = seed("entity_properties")
    for number, row in enumerate(rows, start=2):
        if row["kind"] in ("reference", "date", "lines", "number"):
            edit(copied, "entity_properties.csv", number, may_be_left_out="true")
            words = complaint(copied)
            assert f"row {number}, may_be_left_out: 'true' is not for a" in words
            assert row["kind"] in words
            edit(copied, "entity_properties.csv", number, may_be_left_out="false")


def test_a_group_may_not_be_left_out_in_part(copied: Path) -> None:
    row = next(
        number
        for number, row in enumerate(seed("entity_properties"), start=2)
        if row["property"] == "billingAddress.postalCode"
    )
    edit(copied, "entity_properties.csv", row, may_be_left_out="false")

    words = complaint(copied)

    assert (
        "billingAddress.postalCode of customwebshop customer goes with others" in words
    )
    assert "'address'" in words


def test_every_mistake_is_named_at_once(copied: Path) -> None:
    edit(copied, "flows.csv", 2, mode="perhaps")
    edit(copied, "property_mappings.csv", 3, source_property="Fornamn")

    words = complaint(copied)

    assert "flows.csv row 2, mode" in words
    assert "property_mappings.csv row 3, source_property" in words


def test_a_comma_that_is_not_quoted_is_named(copied: Path) -> None:
    path = copied / "flows.csv"
    path.write_text(path.read_text(encoding="utf-8") + "15,a,b\n", encoding="utf-8")

    assert "flows.csv row 16 has another number of columns" in complaint(copied)


@pytest.mark.parametrize(
    ("row", "column", "policy", "words"),
    [
        (14, "on_source_gone", "deactivate", "crmoffice contacts has no flag"),
        (11, "on_target_gone", "recreate", "only matches, it creates nothing"),
        (2, "on_source_gone", "remove", "Known: keep, delete, deactivate"),
    ],
)
def test_a_policy_that_can_not_be_carried_out_is_refused(
    copied: Path, row: int, column: str, policy: str, words: str
) -> None:
    edit(copied, "flows.csv", row, **{column: policy})

    said = complaint(copied)

    assert f"flows.csv row {row}, {column}: '{policy}'" in said
    assert words in said


def test_a_target_that_can_not_be_deleted_refuses_that_policy(copied: Path) -> None:
    edit(copied, "flows.csv", 2, on_source_gone="delete")
    edit(copied, "entities.csv", 15, can_delete="false")

    assert "the API of customwebshop customer deletes nothing" in complaint(copied)


def test_an_unknown_way_to_merge_a_group_is_named(copied: Path) -> None:
    edit(copied, "property_groups.csv", 2, merges_singly_when="perhaps")

    words = complaint(copied)

    assert "property_groups.csv row 2, merges_singly_when: 'perhaps'" in words
    assert "first_not_after_second, never" in words


@pytest.mark.parametrize("second", ["", "Navn"])
def test_a_group_merges_singly_only_by_its_own_two_properties(
    copied: Path, second: str
) -> None:
    edit(copied, "property_groups.csv", 2, second_property=second)

    words = complaint(copied)

    assert "property_groups.csv row 2" in words
    assert "'period' has FerdigDato, StartDato" in words


def test_rows_of_one_property_agree_about_who_wins(copied: Path) -> None:
    edit(copied, "property_mappings.csv", 2, on_conflict="source")

    words = complaint(copied)

    assert "property_mappings.csv row 34, on_conflict: 'newest', but row 2" in words
    assert "'source' of Etternavn" in words


def test_the_target_of_one_flow_wins_and_no_other_one(copied: Path) -> None:
    edit(copied, "property_mappings.csv", 2, on_conflict="target")
    check_seeds(copied)

    edit(copied, "property_mappings.csv", 34, on_conflict="target")

    words = complaint(copied)
    assert "property_mappings.csv row 34, on_conflict: 'target', but of" in words
    assert "tidsbanken_ansatt__crmoffice_contacts wins (row 2)" in words


def test_nobody_contests_where_only_the_sources_value_counts(copied: Path) -> None:
    number = next(
        number
        for number, row in enumerate(seed("property_mappings"), start=2)
        if row["direction"] == "forward"
    )
    edit(copied, "property_mappings.csv", number, on_conflict="ask")

    words = complaint(copied)

    assert f"property_mappings.csv row {number}, on_conflict: 'ask' is not" in words
    assert "'forward'" in words


@pytest.mark.parametrize("policy", ["source", "target"])
def test_a_group_has_one_winner(copied: Path, policy: str) -> None:
    edit(copied, "property_mappings.csv", 6, on_conflict=policy)
    edit(copied, "property_mappings.csv", 29, on_conflict="source")
    if policy == "target":
        edit(copied, "property_mappings.csv", 29, on_conflict="newest")

    words = complaint(copied)

    assert f"on_conflict: newest wins StartDato, but {policy}" in words
    assert "'period' is decided as one" in words


def test_a_group_is_off_as_one_and_nothing_that_a_record_needs_is(copied: Path) -> None:
    edit(copied, "property_mappings.csv", 6, is_enabled="false")
    edit(copied, "property_mappings.csv", 9, is_enabled="false")

    words = complaint(copied)

    assert "row 8, is_enabled: 'true', but row 6 says 'false'" in words
    assert "row 9, is_enabled: no customwebshop customer is made without name" in words

    edit(copied, "property_mappings.csv", 8, is_enabled="false")
    edit(copied, "property_mappings.csv", 9, is_enabled="true")
    check_seeds(copied)
