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

from connections.http.errors import ConfigurationError
from lenke.seeds.check import check_seeds
from lenke.seeds.rules import seeds_of
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


def changed(folder: Path, name: str, before: str, after: str) -> Path:
    """Change the text of a file once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('lists it."\n', "lists it.\n", "row 2: its quotes don't fit"),
        ('"As the document', "As the document", "row 2 has a quote without its partn"),
        (
            "flow,source_p",
            "flaw,source_p",
            "row 1: there is no column 'flaw'. Is 'flow",
        ),
        ("flow,source_p", "flow ,source_p", "row 1: there is no column 'flow '"),
        ("flow,source_property,", "flow,", "row 1 lacks the column 'source_property'"),
        ("flow,source_p", "flow,flow,source_p", "row 1 has the column 'flow' twice"),
        (
            "familyName,",
            "",
            "row 2 has another number of columns than its header (8, n",
        ),
        ("familyName,", "family,Name,", "row 2 has another number of columns than its"),
        ("why\n", "why\n\n", "row 2 is empty"),
        ("familyName", '"family\nName"', "row 2 goes over several lines"),
        ("familyName", "family\0Name", "row 2"),
    ],
)
def test_a_file_that_lost_its_form_is_named_with_the_row(
    copied: Path, before: str, after: str, words: str
) -> None:
    changed(copied, "property_mappings.csv", before, after)

    assert f"  - property_mappings.csv {words}" in complaint(copied)


def test_a_quote_that_is_lost_in_the_last_row_is_named_there(copied: Path) -> None:
    path = copied / "flows.csv"
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(text.removesuffix('"') + "\n", encoding="utf-8")

    assert "  - flows.csv row 15: its quotes don't fit" in complaint(copied)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("latin-1", "row 2 is not UTF-8"), ("utf-16", "row 1 is not UTF-8")],
)
def test_a_file_of_another_encoding_is_named(
    copied: Path, encoding: str, words: str
) -> None:
    path = changed(copied, "flows.csv", "every Avdeling", "kvar avdeling på øya")
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)

    assert f"flows.csv {words}" in complaint(copied)


def test_what_a_spreadsheet_saves_is_read_or_named(copied: Path) -> None:
    path = copied / "flows.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    check_seeds(copied)

    path.write_text(text.replace(",", ";"), encoding="utf-8")

    assert "flows.csv row 1: values are separated by semicolons" in complaint(copied)


def test_a_seed_that_is_lost_empty_or_unknown_is_named(copied: Path) -> None:
    (copied / "flows.csv").rename(copied / "flow.csv")
    (copied / "limits.csv").write_text("")

    words = complaint(copied)

    assert "flows.csv is missing" in words
    assert "flow.csv is no seed that is known. Is flows.csv meant?" in words
    assert "limits.csv is empty. Its first row is: limit_name,limit_value" in words
