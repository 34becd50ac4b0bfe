"""The first sync: what is linked, what is created, and that it is quiet afterwards."""

from decimal import Decimal
from pathlib import Path

from simulators.world.build import SMALL, build_world
from tests.circle.conftest import Meeting, opened, quickly

_DEMO_SEED = 7

# What the demo's world has been given on purpose: e-mails and national ids that several
# records have. Those who share nothing but one value are one finding, under the first.
_PLANTED = {
    *(
        ("ambiguous_match", f"tidsbanken:ansatt:{number}")
        for number in (401, 403, 404, 405, 406)
    ),
    *(("ambiguous_match", f"tidsbanken:kunde:K{number}") for number in (1001, 1003)),
}


def test_every_source_record_of_a_create_flow_has_one_target_record(
    meeting: Meeting,
) -> None:
    rows = meeting.ask(
        "select flow, source_records, linked, to_create, held from inspection.coverage "
        "where mode = 'create'"
    )

    assert len(rows) == 11
    for flow, records, linked, to_create, held in rows:
        assert (linked, to_create, held) == (records, 0, 0), flow


def test_match_flows_link_exactly_the_right_pairs(meeting: Meeting) -> None:
    employees = meeting.linked("tidsbanken_ansatt__powerofficego_employees")
    contact_persons = meeting.linked("tidsbanken_ansatt__powerofficego_contactperson")
    customers = meeting.linked("tidsbanken_kunde__powerofficego_customers")

    assert set(employees) == {"411", "412", "415"}
    assert set(contact_persons) == {"411", "412"}
    assert set(customers) == {"K1", "K2"}


def test_an_ambiguous_match_is_one_finding_and_links_nothing(meeting: Meeting) -> None:
    [(record, message)] = meeting.ask(
        "select record_key, message from inspection.findings "
        "where kind = 'ambiguous_match'"
    )
    contact_persons = meeting.linked("tidsbanken_ansatt__powerofficego_contactperson")

    assert record == "tidsbanken:ansatt:413"
    assert "2 records share nothing but `delt@firma.example`" in message
    assert "tidsbanken:ansatt:413, tidsbanken:ansatt:414" in message
    assert not {"413", "414"} & set(contact_persons)


def test_nothing_is_created_in_powerofficego(meeting: Meeting) -> None:
    power = meeting.systems["powerofficego"]

    assert len(power.records("employees")) == 3
    assert len(power.records("contactperson")) == 4
    assert len(power.records("customers")) == 4


def test_a_new_record_has_every_mapped_value(meeting: Meeting) -> None:
    key = meeting.linked("tidsbanken_kunde__customwebshop_customer")["K1"]

    customer = meeting.get("customwebshop", "customer", key)

    assert customer["externalReference"].startswith("tidsbanken:kunde:K1~")
    assert customer["name"] == "Nordlys Bygg 1 AS"
    assert customer["email"] == "post1@nordlys.example"
    assert customer["phone"] == "+4770000001"
    assert customer["organizationNumber"] == "999888771"
    assert customer["billingAddress"]["line1"] == "Testgata 1"
    assert customer["billingAddress"]["postalCode"] == "7010"
    assert customer["billingAddress"]["city"] == "Trondheim"


def test_references_are_translated_in_the_same_run(meeting: Meeting) -> None:
    activity = meeting.get(
        "crmoffice",
        "activities",
        meeting.linked("tidsbanken_prosjekt__crmoffice_activities")["20001"],
    )
    project = meeting.get(
        "custompms",
        "project",
        meeting.linked("tidsbanken_prosjekt__custompms_project")["20001"],
    )

    contacts = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")
    customers = meeting.linked("tidsbanken_kunde__custompms_customer")
    assert activity["ownerId"] == contacts["411"]
    assert activity["startsAt"] == "2025-03-30T00:00:00"
    assert activity["endsAt"] == "2025-10-26T00:00:00"
    assert project["customerId"] == customers["K1"]
    assert (project["number"], project["startDate"]) == ("20001", "2025-03-30")


def test_an_invoice_becomes_an_order_with_its_lines(meeting: Meeting) -> None:
    orders = meeting.linked("membercare_invoices__customwebshop_order")
    customers = meeting.linked("membercare_companies__customwebshop_customer")

    paid_by_company = meeting.get("customwebshop", "order", orders["700512"])
    paid_by_person = meeting.get("customwebshop", "order", orders["700513"])

    assert paid_by_company["customerId"] == customers["104417"]
    assert paid_by_person["customerId"] is None
    assert paid_by_company["orderDate"] == "2025-03-03"
    assert paid_by_company["dueDate"] == "2025-03-17"
    [line] = paid_by_company["lines"]
    assert line["description"] == "Årskontingent"
    assert Decimal(str(line["quantity"])) == 2
    assert Decimal(str(line["unitPrice"])) == 400
    assert Decimal(str(line["vatRate"])) == 25


def test_a_company_becomes_a_customer_with_the_contacts_in_force(
    meeting: Meeting,
) -> None:
    key = meeting.linked("membercare_companies__customwebshop_customer")["104417"]

    customer = meeting.get("customwebshop", "customer", key)

    assert customer["name"] == "Medlem AS"
    assert customer["email"] == "post@medlem.example"
    assert customer["phone"] == "+4773000001"
    assert customer["organizationNumber"] == "987654321"


def test_at_a_first_meeting_the_sources_value_counts_if_it_has_one(
    meeting: Meeting,
) -> None:
    key = meeting.linked("tidsbanken_ansatt__powerofficego_employees")["411"]

    employee = next(
        record
        for record in meeting.systems["powerofficego"].records("employees")
        if str(record["Id"]) == key
    )

    assert (employee["FirstName"], employee["LastName"]) == ("Kari", "Ås")
    assert employee["JobTitle"] == "Urørt"
    noted = meeting.ask(
        "select losing_value from inspection.conflicts where rule = 'first_meeting' "
        "and source_key = 'tidsbanken:ansatt:411' and property = 'Etternavn'"
    )
    assert ("Regnskap",) in noted


def test_the_second_sync_sends_nothing(meeting: Meeting) -> None:
    second = meeting.sync()

    assert second.exit_code == 0, second.warnings
    assert meeting.writes() == {}


def test_a_sync_after_deleting_the_warehouse_sends_nothing(meeting: Meeting) -> None:
    meeting.home.warehouse.unlink()

    rebuilt = meeting.sync()

    assert rebuilt.exit_code == 0, rebuilt.warnings
    assert meeting.writes() == {}
    assert rebuilt.loaded["tidsbanken"]["ansatt"] == 5


def test_a_plan_leaves_the_ledger_byte_equal(meeting: Meeting) -> None:
    before = meeting.home.ledger.read_bytes()

    meeting.plan(full=True)

    assert meeting.home.ledger.read_bytes() == before
    assert meeting.writes() == {}


def test_the_first_sync_of_the_demos_world_finds_what_was_planted_and_no_more(
    tmp_path: Path,
) -> None:
    with quickly():
        demo = opened(tmp_path)
        build_world(demo.systems, seed=_DEMO_SEED, size=SMALL, clock=demo.clock)

        first = demo.sync()

        assert first.exit_code == 0, first.warnings
        findings = demo.ask("select kind, record_key from inspection.findings")
        assert len(findings) == len(_PLANTED)
        assert set(findings) == _PLANTED
        created = sum(counts["create"] for counts in first.writes.values())
        assert created == 360
