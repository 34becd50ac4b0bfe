"""What people do between two syncs, and what becomes of it."""

from typing import Any

import pytest

from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

OURS = {
    "tidsbanken": {"SistEndretDato", "SistEndretAvId"},
    "crmoffice": {"modifiedAt"},
    "powerofficego": {"LastChangedDateTimeOffset"},
    "customwebshop": {"version", "updatedAt"},
    "custompms": {"version", "updatedAt"},
}


def _unmapped(system: str, record: dict[str, Any], *mapped: str) -> dict[str, Any]:
    """Give what nobody has asked us to touch."""
    return {
        name: value
        for name, value in record.items()
        if name not in OURS[system] | set(mapped)
    }


@pytest.mark.every_day
def test_the_newest_of_two_edits_wins_and_the_other_is_kept(meeting: Meeting) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["415"]
    meeting.edit("tidsbanken", "ansatt", "415", Fornavn="Eldst")
    meeting.edit("crmoffice", "contacts", contact, givenName="Nyest")

    report = meeting.sync()

    assert report.conflicts == 1
    assert meeting.get("tidsbanken", "ansatt", "415")["Fornavn"] == "Nyest"
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Nyest"
    employee = meeting.linked("tidsbanken_ansatt__powerofficego_employees")["415"]
    assert _employee(meeting, employee)["FirstName"] == "Nyest"
    [conflict] = meeting.ask(
        "select winning_system, winning_value, losing_system, losing_value, rule, "
        "status from inspection.conflicts where source_key = 'tidsbanken:ansatt:415' "
        "and rule <> 'first_meeting'"
    )
    assert conflict == ("crmoffice", "Nyest", "tidsbanken", "Eldst", "newest", "open")


def test_edits_too_close_to_tell_apart_go_to_the_source(meeting: Meeting) -> None:
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K3"]
    meeting.edit("tidsbanken", "kunde", "K3", Navn="Fra kilden")
    meeting.clock.advance(-7200 + 600)
    meeting.edit("customwebshop", "customer", shop, name="Fra butikken")
    meeting.clock.advance(-7200)

    meeting.sync()

    assert meeting.get("customwebshop", "customer", shop)["name"] == "Fra kilden"
    [row] = meeting.ask(
        "select losing_value, rule from inspection.conflicts "
        "where source_key = 'tidsbanken:kunde:K3' and property = 'Navn'"
    )
    assert row == ("Fra butikken", "tie_to_source")


def test_emptied_is_passed_on(meeting: Meeting) -> None:
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K2"]
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["412"]
    meeting.edit("customwebshop", "customer", shop, phone=None)
    meeting.edit("tidsbanken", "ansatt", "412", Mobil="")

    meeting.sync()

    assert meeting.get("tidsbanken", "kunde", "K2")["Telefon"] == ""
    assert meeting.get("crmoffice", "contacts", contact)["mobilePhone"] is None
    pms = meeting.linked("tidsbanken_kunde__custompms_customer")["K2"]
    assert meeting.get("custompms", "customer", pms)["phone"] is None


@pytest.mark.every_day
def test_what_the_target_cannot_empty_is_held_and_found(meeting: Meeting) -> None:
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["413"]
    meeting.edit("tidsbanken", "ansatt", "413", Etternavn="")

    report = meeting.sync()

    assert report.held >= 1
    assert meeting.get("crmoffice", "contacts", contact)["familyName"] == "Delt"
    assert meeting.ask(
        "select 1 from inspection.findings where kind = 'held_cannot_be_empty' "
        f"and record_key = 'crmoffice:contacts:{contact}'"
    )
    meeting.edit("tidsbanken", "ansatt", "413", Etternavn="Fylt igjen")
    meeting.sync()
    assert meeting.get("crmoffice", "contacts", contact)["familyName"] == "Fylt igjen"


@pytest.mark.every_day
def test_unmapped_members_are_equal_before_and_after(meeting: Meeting) -> None:
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20003"]
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K4"]
    before = {
        "prosjekt": meeting.get("tidsbanken", "prosjekt", "20003"),
        "kunde": meeting.get("tidsbanken", "kunde", "K4"),
        "customer": meeting.get("customwebshop", "customer", shop),
    }
    meeting.edit("crmoffice", "activities", activity, subject="Nytt emne")
    meeting.edit("tidsbanken", "kunde", "K4", Poststed="Nytt sted")

    meeting.sync()

    prosjekt = meeting.get("tidsbanken", "prosjekt", "20003")
    assert prosjekt["Navn"] == "Nytt emne"
    assert prosjekt["StartDato"].startswith("2025-01-15T08:30:00")
    assert _unmapped("tidsbanken", prosjekt, "Navn") == _unmapped(
        "tidsbanken", before["prosjekt"], "Navn"
    )
    customer = meeting.get("customwebshop", "customer", shop)
    assert customer["billingAddress"]["city"] == "Nytt sted"
    assert _unmapped("customwebshop", customer, "billingAddress") == _unmapped(
        "customwebshop", before["customer"], "billingAddress"
    )


def test_a_long_name_stays_whole_where_it_fits_and_is_quiet(meeting: Meeting) -> None:
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20002"]
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")["20002"]
    whole = "Ærlig Økonomi 😀 " + "å" * 164
    meeting.edit("crmoffice", "activities", activity, subject=whole)

    meeting.sync()

    assert meeting.get("crmoffice", "activities", activity)["subject"] == whole
    assert meeting.get("tidsbanken", "prosjekt", "20002")["Navn"] == whole[:100]
    assert meeting.get("custompms", "project", project)["name"] == whole[:120]
    meeting.sync()
    assert meeting.writes() == {}


def test_a_date_in_the_project_system_keeps_the_agreed_time_of_day(
    meeting: Meeting,
) -> None:
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")["20003"]
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20003"]
    meeting.edit("custompms", "project", project, endDate="2031-03-30")

    meeting.sync()

    ends = meeting.get("crmoffice", "activities", activity)["endsAt"]
    assert ends == "2031-03-30T16:00:00"
    stored = meeting.get("tidsbanken", "prosjekt", "20003")["FerdigDato"]
    assert stored.startswith("2031-03-30T16:00:00")
    meeting.sync()
    assert meeting.writes() == {}


def test_local_times_on_the_days_the_clock_changes_never_move(meeting: Meeting) -> None:
    activities = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")
    typed = {
        "20001": "2025-03-30T02:30:00",
        "20002": "2026-10-25T02:30:00",
        "20003": "2025-07-01T00:00:00",
    }
    for project, starts in typed.items():
        meeting.edit("crmoffice", "activities", activities[project], startsAt=starts)

    meeting.sync()

    for project, starts in typed.items():
        stored = meeting.get("tidsbanken", "prosjekt", project)["StartDato"]
        held = meeting.get("crmoffice", "activities", activities[project])["startsAt"]
        assert stored.startswith(starts)
        assert held == starts
    meeting.sync()
    assert meeting.writes() == {}


def test_an_owner_that_is_linked_to_nobody_is_held_and_not_overwritten(
    meeting: Meeting,
) -> None:
    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20001"]
    stranger = next(
        str(record["id"])
        for record in meeting.systems["crmoffice"].records("contacts")
        if record["familyName"] == "Fremmed"
    )
    meeting.edit("crmoffice", "activities", activity, ownerId=stranger)

    meeting.sync()

    assert meeting.get("crmoffice", "activities", activity)["ownerId"] == stranger
    assert meeting.ask(
        "select 1 from inspection.findings where kind = 'held_unknown_reference' "
        f"and record_key = 'crmoffice:activities:{activity}'"
    )


@pytest.mark.every_day
def test_a_one_way_property_is_put_back_and_kept_as_a_conflict(
    meeting: Meeting,
) -> None:
    product = meeting.linked("membercare_products__customwebshop_product")["31"]
    meeting.edit("customwebshop", "product", product, name="Endret i butikken")

    meeting.sync()

    name = meeting.get("customwebshop", "product", product)["name"]
    assert name == meeting.get("membercare", "products", "31")["name"]
    assert ("Endret i butikken", "one_way") in meeting.ask(
        "select losing_value, rule from inspection.conflicts "
        "where source_key = 'membercare:products:31'"
    )


def test_an_invalid_address_is_left_out_and_found_but_the_rest_arrives(
    meeting: Meeting,
) -> None:
    shop = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K1"]
    meeting.edit("tidsbanken", "kunde", "K1", Epost="ingen adresse", Navn="Rest AS")

    meeting.sync()

    customer = meeting.get("customwebshop", "customer", shop)
    assert customer["name"] == "Rest AS"
    assert customer["email"] == "post1@nordlys.example"
    assert meeting.ask(
        "select 1 from inspection.findings where kind = 'held_not_accepted' "
        f"and record_key = 'customwebshop:customer:{shop}'"
    )


def test_a_project_that_ends_before_it_starts_is_kept_in_step_but_for_its_dates(
    meeting: Meeting,
) -> None:
    links = {
        "activities": meeting.linked("tidsbanken_prosjekt__crmoffice_activities"),
        "project": meeting.linked("tidsbanken_prosjekt__custompms_project"),
    }
    systems = {"activities": "crmoffice", "project": "custompms"}
    before = {
        entity: meeting.get(systems[entity], entity, links[entity]["20002"])
        for entity in links
    }
    meeting.systems["tidsbanken"].insert(
        "prosjekt",
        {
            "Id": "90001",
            "Navn": "Baklengs",
            "StartDato": "2031-05-02T08:00:00+02:00",
            "FerdigDato": "2031-05-01T16:00:00+02:00",
        },
    )
    meeting.edit(
        "tidsbanken",
        "prosjekt",
        "20002",
        Navn="Nytt navn",
        StartDato="2031-05-02T08:00:00+02:00",
        FerdigDato="2031-05-01T16:00:00+02:00",
    )

    report = meeting.sync()

    refused = {name: counts["refused"] for name, counts in report.writes.items()}
    assert not any(refused.values())
    activity = meeting.get("crmoffice", "activities", links["activities"]["20002"])
    project = meeting.get("custompms", "project", links["project"]["20002"])
    assert (activity["subject"], project["name"]) == ("Nytt navn", "Nytt navn")
    assert activity["endsAt"] == before["activities"]["endsAt"]
    assert project["startDate"] == before["project"]["startDate"]
    new = meeting.linked("tidsbanken_prosjekt__custompms_project")["90001"]
    assert meeting.get("custompms", "project", new)["startDate"] is None
    meeting.sync()
    assert meeting.writes() == {}
    assert meeting.ask(
        "select count(*) from inspection.findings where kind = 'held_ends_before_start'"
    ) == [(8,)]

    for key in ("20002", "90001"):
        meeting.edit(
            "tidsbanken", "prosjekt", key, FerdigDato="2031-05-03T16:00:00+02:00"
        )
    meeting.sync()

    project = meeting.get("custompms", "project", links["project"]["20002"])
    assert (project["startDate"], project["endDate"]) == ("2031-05-02", "2031-05-03")
    new_project = meeting.get("custompms", "project", new)
    assert new_project["endDate"] == "2031-05-03"


def test_a_customer_whose_phone_is_no_number_is_created_without_it(
    meeting: Meeting,
) -> None:
    meeting.clock.advance(3600)
    meeting.systems["tidsbanken"].insert(
        "kunde", {"Id": "K9", "Navn": "Uten telefon AS", "Telefon": "ukjent"}
    )

    meeting.sync()

    for system in ("customwebshop", "custompms"):
        flow = f"tidsbanken_kunde__{system}_customer"
        customer = meeting.get(system, "customer", meeting.linked(flow)["K9"])
        assert (customer["name"], customer["phone"]) == ("Uten telefon AS", None)
    meeting.sync()
    assert meeting.writes() == {}
    assert meeting.ask(
        "select count(*) from inspection.findings "
        "where kind = 'held_not_accepted' and message like '%(ukjent, from %K9)%'"
    ) == [(2,)]


def test_a_new_project_with_a_new_employee_arrives_with_its_owner(
    meeting: Meeting,
) -> None:
    meeting.clock.advance(3600)
    tidsbanken = meeting.systems["tidsbanken"]
    tidsbanken.insert("ansatt", {"Id": 900, "Fornavn": "Ny", "Etternavn": "Ansatt"})
    tidsbanken.insert("prosjekt", {"Id": "90000", "Navn": "Nytt", "AnsvarligId": 900})

    meeting.sync()

    activity = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["90000"]
    contact = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")["900"]
    assert meeting.get("crmoffice", "activities", activity)["ownerId"] == contact
    meeting.sync()
    assert meeting.writes() == {}


def _employee(meeting: Meeting, key: str) -> dict[str, Any]:
    return next(
        dict(record)
        for record in meeting.systems["powerofficego"].records("employees")
        if str(record["Id"]) == key
    )
