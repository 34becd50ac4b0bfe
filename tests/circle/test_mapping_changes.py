"""What a changed seed does to records that are linked already.

No mass rewrite by accident, and no old value comes back.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lenke.run.guards import StoppedByGuard
from tests.circle.conftest import Meeting
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
SHOP = "tidsbanken_kunde__customwebshop_customer"
PMS = "tidsbanken_kunde__custompms_customer"


def without(flow: str, prop: str) -> str:
    """Give SQL that removes a mapping row."""
    return (
        "delete from seeds.property_mappings "
        f"where flow = '{flow}' and source_property = '{prop}'"
    )


def changed(table: str, change: str, where: str) -> str:
    """Give SQL that changes rows of a seed."""
    return f"update seeds.{table} set {change} where {where}"


def test_a_removed_row_that_returns_brings_no_old_value_back(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["411"]
    agreed = meeting.get("crmoffice", "contacts", contact)["mobilePhone"]
    with seeds_changed(without(CONTACTS, "Mobil")):
        meeting.edit("crmoffice", "contacts", contact, mobilePhone="+4791000001")
        meeting.sync()
        meeting.edit("tidsbanken", "ansatt", "411", Mobil="91000002")
        meeting.sync()
        assert "crmoffice" not in meeting.writes()

    meeting.sync()

    held = meeting.get("crmoffice", "contacts", contact)["mobilePhone"]
    assert held == "+4791000002"
    assert held != agreed
    assert ("+4791000001",) in meeting.ask(
        "select losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:ansatt:411' and property = 'Mobil'"
    )
    meeting.sync()
    assert meeting.writes() == {}


def test_a_value_typed_back_while_its_row_was_gone_is_not_overwritten(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["412"]
    meeting.edit("tidsbanken", "ansatt", "412", Mobil="92000001")
    meeting.sync()
    with seeds_changed(without(CONTACTS, "Mobil")):
        meeting.edit("tidsbanken", "ansatt", "412", Mobil="92000002")
        meeting.edit("crmoffice", "contacts", contact, mobilePhone="+4792000002")
        meeting.sync()

    meeting.sync()

    assert meeting.writes() == {}
    assert meeting.get("tidsbanken", "ansatt", "412")["Mobil"] == "92000002"


def test_a_new_row_meets_first_and_counts_for_the_guard(meeting: Meeting) -> None:
    with seeds_changed(without(SHOP, "Telefon"), without(PMS, "Telefon")):
        meeting.sync()
        shop = meeting.linked(SHOP)
        # More than half of the phones at once would be what we may see, and rest.
        for number in (1, 2):
            meeting.edit("customwebshop", "customer", shop[f"K{number}"], phone=None)
        for number in (1, 2, 3):
            meeting.edit(
                "tidsbanken", "kunde", f"K{number}", Telefon=f"7300000{number}"
            )
        meeting.sync()
    few = changed("limits", "limit_value = 1", "limit_name = 'mass_change_count'")

    with seeds_changed(few), pytest.raises(StoppedByGuard, match=f"{SHOP} would"):
        meeting.sync()
    nothing = meeting.writes()
    meeting.sync()

    assert nothing == {}
    assert (
        meeting.get("customwebshop", "customer", shop["K1"])["phone"] == "+4773000001"
    )
    assert meeting.get("tidsbanken", "kunde", "K1")["Telefon"] == "73000001"


def test_a_changed_rule_of_storing_is_no_edit_and_writes_nothing(
    meeting: Meeting,
) -> None:
    lower = changed(
        "entity_properties",
        "stored_as = 'lower'",
        "system_name = 'customwebshop' and entity = 'customer' and property = 'name'",
    )
    short = changed(
        "entity_properties",
        "max_length = 5",
        "system_name = 'custompms' and entity = 'customer' and property = 'name'",
    )
    before = _records(meeting)

    with seeds_changed(lower, short):
        report = meeting.sync()
        assert meeting.writes() == {}
        assert report.conflicts == 0
        meeting.sync()
    meeting.sync()

    assert meeting.writes() == {}
    assert _records(meeting) == before


def test_a_changed_kind_is_no_edit_and_writes_nothing(meeting: Meeting) -> None:
    as_text = changed(
        "entity_properties", "kind = 'text'", "kind in ('phone', 'organization_number')"
    )
    before = _records(meeting)

    with seeds_changed(as_text):
        report = meeting.sync()
        assert meeting.writes() == {}
        assert report.conflicts == 0
    meeting.sync()

    assert meeting.writes() == {}
    assert _records(meeting) == before


def test_a_direction_that_changes_and_changes_back(meeting: Meeting) -> None:
    contact = meeting.linked(CONTACTS)["414"]
    forward = changed(
        "property_mappings",
        "direction = 'forward'",
        f"flow = '{CONTACTS}' and source_property = 'Fornavn'",
    )

    with seeds_changed(forward):
        meeting.sync()
        assert meeting.writes() == {}
        meeting.edit("crmoffice", "contacts", contact, givenName="Settes Tilbake")
        meeting.sync()
        assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Pål"
    meeting.sync()

    assert meeting.writes() == {}
    meeting.edit("crmoffice", "contacts", contact, givenName="Paul")
    meeting.sync()
    assert meeting.get("tidsbanken", "ansatt", "414")["Fornavn"] == "Paul"


def test_a_changed_link_rule_ends_no_link_and_makes_no_second(meeting: Meeting) -> None:
    flow = "tidsbanken_ansatt__powerofficego_employees"
    before = meeting.linked(flow)
    other = changed(
        "link_rules",
        "source_property = 'Etternavn', target_property = 'LastName'",
        f"flow = '{flow}'",
    )

    with seeds_changed(other):
        meeting.sync()

    assert before.items() <= meeting.linked(flow).items()


def test_a_removed_flow_that_returns_keeps_its_links(meeting: Meeting) -> None:
    links = meeting.linked(PMS)
    gone = [
        f"delete from seeds.{table} where flow = '{PMS}'"
        for table in ("flows", "property_mappings", "link_rules")
    ]
    through = f"delete from seeds.property_mappings where through_flow = '{PMS}'"
    with seeds_changed(*gone, through):
        meeting.edit("tidsbanken", "kunde", "K4", Navn="Endret Mens Borte")
        meeting.sync()
        assert "custompms" not in meeting.writes()
    customers = len(meeting.systems["custompms"].records("customer"))

    meeting.sync()

    assert meeting.linked(PMS) == links
    assert len(meeting.systems["custompms"].records("customer")) == customers
    name = meeting.get("custompms", "customer", links["K4"])["name"]
    assert name == "Endret Mens Borte"
    meeting.sync()
    assert meeting.writes() == {}


def test_a_system_that_comes_back_is_merged_by_stamps(meeting: Meeting) -> None:
    shop = meeting.linked(SHOP)
    with _unconfigured("customwebshop"):
        meeting.sync()
        meeting.edit("tidsbanken", "kunde", "K1", Navn="Kilden Først")
        meeting.edit("customwebshop", "customer", shop["K1"], name="Butikken Sist")
        meeting.edit("customwebshop", "customer", shop["K2"], name="Butikken Alene")
        meeting.edit("tidsbanken", "kunde", "K3", Navn="Kilden Alene")
        meeting.sync()
        assert "customwebshop" not in meeting.writes()

    meeting.sync()

    assert meeting.linked(SHOP) == shop
    assert meeting.get("tidsbanken", "kunde", "K1")["Navn"] == "Butikken Sist"
    assert meeting.get("tidsbanken", "kunde", "K2")["Navn"] == "Butikken Alene"
    shown = meeting.get("customwebshop", "customer", shop["K3"])["name"]
    assert shown == "Kilden Alene"
    assert ("Kilden Først",) in meeting.ask(
        "select losing_value from inspection.conflicts "
        "where source_key = 'tidsbanken:kunde:K1'"
    )
    meeting.sync()
    assert meeting.writes() == {}


def test_a_mapping_that_points_to_another_target_property(meeting: Meeting) -> None:
    shop = meeting.linked(SHOP)["K2"]
    before = meeting.get("customwebshop", "customer", shop)
    other = changed(
        "property_mappings",
        "target_property = 'billingAddress.city'",
        f"flow = '{SHOP}' and source_property = 'Gateadresse'",
    )

    with seeds_changed(without(SHOP, "Poststed"), other):
        meeting.edit("customwebshop", "customer", shop, phone="+4799999999")
        meeting.sync()
        now = meeting.get("customwebshop", "customer", shop)
        source = meeting.get("tidsbanken", "kunde", "K2")

    assert source["Gateadresse"] == "Testgata 2", "the city was taken for a new address"
    assert now["billingAddress"]["city"] == "Testgata 2"
    assert now["billingAddress"]["line1"] == before["billingAddress"]["line1"]


def _records(meeting: Meeting) -> dict[str, object]:
    return {
        "shop": meeting.systems["customwebshop"].records("customer"),
        "pms": meeting.systems["custompms"].records("customer"),
        "kunde": meeting.systems["tidsbanken"].records("kunde"),
        "ansatt": meeting.systems["tidsbanken"].records("ansatt"),
    }


@contextmanager
def _unconfigured(system: str) -> Iterator[None]:
    name = f"SOURCES__{system}__BASE_URL".upper()
    before = os.environ.pop(name)
    try:
        yield
    finally:
        os.environ[name] = before
