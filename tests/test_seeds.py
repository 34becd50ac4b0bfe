"""The shipped seeds say what the documents say, in order, each row with its why."""

from dataclasses import dataclass

import pytest

from tests import INSTALLED
from tests.lenke.seeds.copied import NAMES, seed


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


def flow_of(section: Section) -> str:
    """Give the name of the flow that carries a section."""
    source, target = SYSTEMS[section.document]
    return f"{source}_{section.source}__{target}_{section.target}".lower()


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

    # Some are of an installation alone.
    assert rows or name in ("record_rules.csv", "value_maps.csv")
    for number, row in enumerate(rows, start=2):
        assert row["why"].strip(), f"{name} row {number}"
