"""The seeds state what the dataflow documents state, and a mistake in them is named.

The documents stand here once more, written by hand from the documents themselves. They
are held against the profile that Lenke ships; what must hold of any seeds is asked of
those of this installation.
"""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from connections._errors import ConfigurationError
from lenke._seeds import check_seeds
from tests import INSTALLED, SHIPPED

NAMES = sorted(path.name for path in INSTALLED.glob("*.csv"))

Row = dict[str, str]


@dataclass(frozen=True)
class Section:
    """One section of a document; `match_any` are alternatives, each of pairs."""

    document: str
    source: str
    target: str
    link: str
    match_any: tuple[tuple[tuple[str, str], ...], ...] = ()
    properties: tuple[tuple[str, str, str], ...] = ()


WEBSHOP = "Tidsbanken to Custom Webshop"
PMS = "Tidsbanken to Custompms"
MEMBERS = "Membercare to Customwebshop"
POWEROFFICE = "Tidsbanken to Powerofficego"
CRM = "Tidsbanken to Crmoffice"

SYSTEMS = {
    WEBSHOP: ("tidsbanken", "customwebshop"),
    PMS: ("tidsbanken", "custompms"),
    MEMBERS: ("membercare", "customwebshop"),
    POWEROFFICE: ("tidsbanken", "powerofficego"),
    CRM: ("tidsbanken", "crmoffice"),
}

SECTIONS = [
    Section(WEBSHOP, "Avdeling", "Customer", "create"),
    Section(WEBSHOP, "Kunde", "Customer", "create"),
    Section(WEBSHOP, "Kunde", "Customer", "create"),  # listed twice: one flow
    Section(PMS, "Avdeling", "Customer", "create"),
    Section(PMS, "Kunde", "Customer", "create"),
    Section(PMS, "Prosjekt", "Project", "create"),
    Section(MEMBERS, "Companies", "Customer", "create"),
    Section(MEMBERS, "Invoices", "Order", "create"),
    Section(MEMBERS, "Organizations", "Customer", "create"),
    Section(MEMBERS, "Products", "Product", "create"),
    Section(
        POWEROFFICE,
        "Ansatt",
        "Contactperson",
        "match",
        match_any=(
            (("Epost", "emailAddress"),),
            (("Personnummer", "SocialSecurityNumber"),),
        ),
    ),
    Section(
        POWEROFFICE, "Ansatt", "Employees", "match", match_any=((("Id", "Number"),),)
    ),
    Section(
        POWEROFFICE,
        "Kunde",
        "Customers",
        "match",
        match_any=((("Epost", "EmailAddress"),),),
    ),
    Section(
        CRM,
        "Ansatt",
        "Contacts",
        "create",
        properties=(
            ("Etternavn", "familyName", "string"),
            ("Fornavn", "givenName", "string"),
            ("Mobil", "mobilePhone", "string"),
        ),
    ),
    Section(
        CRM,
        "Prosjekt",
        "Activities",
        "create",
        properties=(
            ("AnsvarligId", "ownerId", "string"),
            ("FerdigDato", "endsAt", "string"),
            ("Navn", "subject", "string"),
            ("StartDato", "startsAt", "string"),
        ),
    ),
]


def seed(name: str, folder: Path = SHIPPED) -> list[Row]:
    """Give the rows of a seed."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flow_of(section: Section) -> str:
    """Give the name of the flow that carries a section."""
    source, target = SYSTEMS[section.document]
    return f"{source}_{section.source}__{target}_{section.target}".lower()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The seeds in a folder of their own, to be broken."""
    folder = tmp_path / "seeds"
    shutil.copytree(SHIPPED, folder)
    return folder


def edit(folder: Path, name: str, row_number: int, **values: str) -> None:
    """Change a row, by its number as an editor shows it (the header is row 1)."""
    path = folder / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        columns = list(reader.fieldnames or [])
    rows[row_number - 2].update(values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def complaint(folder: Path) -> str:
    """Give the words of the error that checking the seeds ends in."""
    with pytest.raises(ConfigurationError) as caught:
        check_seeds(folder)
    return str(caught.value)


def test_the_fifteen_sections_stand_in_the_order_of_the_documents() -> None:
    sections = seed("document_sections")

    stated = [
        (row["document"], row["source_word"], row["target_word"], row["link"])
        for row in sections
    ]

    assert stated == [
        (each.document, each.source, each.target, each.link) for each in SECTIONS
    ]
    assert [int(row["section_number"]) for row in sections] == list(range(1, 16))
    assert [row["flow"] for row in sections] == [flow_of(each) for each in SECTIONS]


def test_sections_are_numbered_inside_their_document() -> None:
    numbers: dict[str, list[int]] = {}
    for row in seed("document_sections"):
        numbers.setdefault(row["document"], []).append(int(row["section"]))

    assert {document: len(found) for document, found in numbers.items()} == {
        WEBSHOP: 3,
        PMS: 3,
        MEMBERS: 4,
        POWEROFFICE: 3,
        CRM: 2,
    }
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))


def test_the_fourteen_flows_are_those_of_the_documents_in_their_order() -> None:
    flows = seed("flows")

    expected = list(dict.fromkeys(flow_of(each) for each in SECTIONS))

    assert len(expected) == 14
    assert [row["flow"] for row in flows] == expected
    assert [int(row["seed_order"]) for row in flows] == list(range(1, 15))
    assert {row["origin"] for row in flows} == {"document"}


def test_a_flow_has_the_mode_and_the_entities_of_its_section() -> None:
    flows = {row["flow"]: row for row in seed("flows")}

    for section in SECTIONS:
        row = flows[flow_of(section)]
        source, target = SYSTEMS[section.document]
        assert row["mode"] == section.link
        assert (row["source_system"], row["target_system"]) == (source, target)
        assert row["source_entity"] == section.source.lower()
        assert row["target_entity"] == section.target.lower()


def test_the_match_rules_are_those_of_the_documents_and_they_are_on() -> None:
    stated = [row for row in seed("link_rules") if row["origin"] == "document"]

    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in stated:
        combinations = found.setdefault(row["flow"], {})
        pair = (row["source_property"], row["target_property"])
        combinations.setdefault(row["combination"], []).append(pair)

    assert {
        flow: tuple(tuple(pairs) for pairs in combinations.values())
        for flow, combinations in found.items()
    } == {flow_of(each): each.match_any for each in SECTIONS if each.match_any}
    assert {row["is_enabled"] for row in stated} == {"true"}


def test_rules_of_our_own_are_off_and_for_create_flows_only() -> None:
    modes = {row["flow"]: row["mode"] for row in seed("flows")}

    ours = [row for row in seed("link_rules") if row["origin"] == "default"]

    assert {row["is_enabled"] for row in ours} == {"false"}
    assert {modes[row["flow"]] for row in ours} == {"create"}


def test_the_listed_properties_are_those_of_the_documents() -> None:
    stated = [row for row in seed("property_mappings") if row["origin"] == "document"]

    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in stated:
        mapping = (row["source_property"], row["target_property"], row["type"])
        found.setdefault(row["flow"], []).append(mapping)

    assert {flow: tuple(listed) for flow, listed in found.items()} == {
        flow_of(each): each.properties for each in SECTIONS if each.properties
    }
    assert {row["direction"] for row in stated} == {"both"}


def test_properties_of_our_own_are_only_where_the_document_lists_none() -> None:
    with_list = {flow_of(each) for each in SECTIONS if each.properties}

    ours = {
        row["flow"] for row in seed("property_mappings") if row["origin"] == "default"
    }

    assert ours == {flow_of(each) for each in SECTIONS} - with_list


def test_within_a_flow_a_property_occurs_once_on_each_side() -> None:
    rows = seed("property_mappings", INSTALLED)

    for side in ("source_property", "target_property"):
        names = [(row["flow"], row[side]) for row in rows]
        assert len(names) == len(set(names))


def test_an_entity_is_a_source_or_a_target_and_never_both() -> None:
    flows = seed("flows", INSTALLED)
    sources = {(row["source_system"], row["source_entity"]) for row in flows}
    targets = {(row["target_system"], row["target_entity"]) for row in flows}

    roles = {
        (row["system_name"], row["entity"]): row["role"]
        for row in seed("entities", INSTALLED)
    }

    assert not sources & targets
    assert roles == dict.fromkeys(sources, "source") | dict.fromkeys(targets, "target")


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_why(name: str) -> None:
    rows = seed(name.removesuffix(".csv"), INSTALLED)

    assert rows
    for number, row in enumerate(rows, start=2):
        assert row["why"].strip(), f"{name} row {number}"


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
