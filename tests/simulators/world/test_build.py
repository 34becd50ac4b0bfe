"""The invented world: the same for the same seed, with every awkward case in it."""

import re
from collections import Counter
from datetime import timedelta
from time import perf_counter

import pytest

from simulators import crmoffice
from simulators.kit.clock import VirtualClock
from simulators.kit.stage import open_simulators
from simulators.kit.store import Store
from simulators.world.build import (
    SMALL,
    Size,
    WorldSummary,
    build_world,
    expected_matches,
)
from tests.simulators.world.built import (
    CONTACT_PERSONS,
    CUSTOMERS,
    EMPLOYEES,
    Simulators,
    another_world,
    by_key,
    contents,
)


def test_the_same_seed_gives_the_same_world_byte_for_byte(
    simulators: Simulators, world: WorldSummary, clock: VirtualClock
) -> None:
    again = another_world(clock, seed=1)

    assert again == contents(simulators, world)


def test_another_seed_gives_another_world(
    simulators: Simulators, world: WorldSummary, clock: VirtualClock
) -> None:
    other = another_world(clock, seed=2)

    held = contents(simulators, world)
    assert held.keys() == other.keys()
    assert not [key for key, texts in held.items() if texts == other[key]]


def test_a_system_holds_the_same_whichever_others_there_are(
    simulators: Simulators, world: WorldSummary, clock: VirtualClock
) -> None:
    alone = {"crmoffice": crmoffice.simulate(Store(), clock=clock)}

    summary = build_world(alone, seed=1, size=SMALL, clock=clock)

    for entity in summary.counts["crmoffice"]:
        records = alone["crmoffice"].records(entity)
        assert records == simulators["crmoffice"].records(entity)
    assert summary.matches == {}


def test_every_system_holds_something(
    simulators: Simulators, world: WorldSummary
) -> None:
    assert set(world.counts) == set(simulators)
    assert all(world.counts.values())


def test_no_record_took_the_place_of_another(
    simulators: Simulators, world: WorldSummary
) -> None:
    held = {
        system: {entity: len(simulators[system].records(entity)) for entity in entities}
        for system, entities in world.counts.items()
    }

    held["membercare"]["persons"] -= 1  # the one who is impersonated
    assert held == world.counts


def test_a_world_that_is_there_is_left_as_it_is(
    simulators: Simulators, world: WorldSummary, clock: VirtualClock
) -> None:
    before = contents(simulators, world)

    again = build_world(simulators, seed=2, size=SMALL, clock=clock)

    assert contents(simulators, world) == before
    assert (again.seed, again.counts) == (1, {})
    assert again.matches == world.matches


def test_records_were_changed_at_different_times_before_now(
    simulators: Simulators, clock: VirtualClock
) -> None:
    now = clock.now

    build_world(simulators, seed=1, size=SMALL, clock=clock)

    stamps = {one["updatedAt"] for one in simulators["customwebshop"].records("order")}
    earliest, latest = now - timedelta(days=400), now - timedelta(days=1)
    assert len(stamps) > 1
    assert all(earliest.isoformat() < stamp < latest.isoformat() for stamp in stamps)
    assert clock.now == now


def test_each_rule_of_the_documents_finds_pairs(world: WorldSummary) -> None:
    found = {
        flow: Counter(pair.matched_by for pair in matching.pairs)
        for flow, matching in world.matches.items()
    }

    assert set(found) == {CONTACT_PERSONS, EMPLOYEES, CUSTOMERS}
    assert set(found[CONTACT_PERSONS]) == {
        "e-mail",
        "national id",
        "e-mail, national id",
    }
    assert set(found[EMPLOYEES]) == {"number"}
    assert set(found[CUSTOMERS]) == {"e-mail"}


def test_each_kind_of_ambiguity_is_there(world: WorldSummary) -> None:
    ansatte = {f"tidsbanken:ansatt:{number}" for number in range(401, 407)}
    kunder = {f"tidsbanken:kunde:K{number}" for number in range(1001, 1004)}

    assert world.matches[CONTACT_PERSONS].ambiguous == ansatte
    assert world.matches[CUSTOMERS].ambiguous == kunder


def test_a_record_is_in_one_pair_at_most(world: WorldSummary) -> None:
    for matching in world.matches.values():
        sources = [pair.source_key for pair in matching.pairs]
        targets = [pair.target_key for pair in matching.pairs]

        assert len(set(sources)) == len(sources)
        assert len(set(targets)) == len(targets)
        assert not matching.ambiguous & set(sources)


def test_masks_and_blanks_match_nothing(
    simulators: Simulators, world: WorldSummary
) -> None:
    ansatte = simulators["tidsbanken"].records("ansatt")
    persons = simulators["powerofficego"].records("contactperson")
    without = {
        f"tidsbanken:ansatt:{one['Id']}"
        for one in ansatte
        if not one["Epost"] and one["Personnummer"] in ("", "hidden")
    }

    matching = world.matches[CONTACT_PERSONS]

    assert "hidden" in {one["Personnummer"] for one in ansatte}
    assert "hidden" in {one["SocialSecurityNumber"] for one in persons}
    assert any(
        not one["EmailAddress"] and not one["SocialSecurityNumber"] for one in persons
    )
    assert without
    assert not without & {pair.source_key for pair in matching.pairs}
    assert not without & matching.ambiguous


def test_some_pairs_are_spelt_differently(
    simulators: Simulators, world: WorldSummary
) -> None:
    spellings = [
        (
            by_key(simulators, pair.source_key)["Epost"],
            by_key(simulators, pair.target_key)["EmailAddress"],
        )
        for pair in world.matches[CUSTOMERS].pairs
    ]

    assert any(source.strip() != source for source, _ in spellings)
    assert any(source.strip().upper() == source.strip() for source, _ in spellings)
    assert all(
        source.strip().lower() == target.strip().lower() for source, target in spellings
    )


def test_what_should_match_follows_an_edit(
    simulators: Simulators, world: WorldSummary
) -> None:
    pair = min(world.matches[CUSTOMERS].pairs)

    simulators["tidsbanken"].edit("kunde", pair.source_key.split(":")[2], {"Epost": ""})

    matching = expected_matches(simulators)[CUSTOMERS]
    assert matching.pairs == world.matches[CUSTOMERS].pairs - {pair}


def test_projects_begin_and_end_on_awkward_days(
    simulators: Simulators, world: WorldSummary
) -> None:
    prosjekter = simulators["tidsbanken"].records("prosjekt")
    starts = {prosjekt["StartDato"] for prosjekt in prosjekter}
    ends = {prosjekt["FerdigDato"] for prosjekt in prosjekter}

    assert {"2025-03-30T00:00:00+01:00", "2025-07-01T00:00:00+02:00"} < starts
    assert "2025-10-26T00:00:00+02:00" in ends
    assert "2025-10-26T02:30:00+02:00" in starts  # the hour that comes twice
    assert None in starts
    assert None in ends
    assert any(start and start[11:13] == "07" for start in starts)
    assert any(prosjekt["AnsvarligId"] is None for prosjekt in prosjekter)
    assert any(prosjekt["KundeId"] == "" for prosjekt in prosjekter)


def test_projects_refer_to_people_and_customers_that_there_are(
    simulators: Simulators, world: WorldSummary
) -> None:
    tidsbanken = simulators["tidsbanken"]

    for prosjekt in tidsbanken.records("prosjekt"):
        responsible, customer = prosjekt["AnsvarligId"], prosjekt["KundeId"]
        assert responsible is None or tidsbanken.get("ansatt", str(responsible))
        assert not customer or tidsbanken.get("kunde", customer)


def test_phones_and_e_mails_are_missing_or_messy(
    simulators: Simulators, world: WorldSummary
) -> None:
    ansatte = simulators["tidsbanken"].records("ansatt")
    mobiles = [ansatt["Mobil"] for ansatt in ansatte]
    emails = [ansatt["Epost"] for ansatt in ansatte]

    assert "" in mobiles
    assert "" in emails
    assert any("." in mobile for mobile in mobiles)
    assert any(mobile.startswith("0047") for mobile in mobiles)
    assert any(email != email.strip() for email in emails)
    assert any(email.isupper() for email in emails)


def test_membercare_has_invoices_of_every_kind(
    simulators: Simulators, world: WorldSummary
) -> None:
    invoices = simulators["membercare"].records("invoices")
    items = [item for invoice in invoices for item in invoice["invoiceItems"]]
    rates = {100 * item["totalVat"] / item["totalPrice"] for item in items}

    assert {invoice["payer"]["memberType"] for invoice in invoices} == {1, 2}
    assert any(invoice["creditedInvoiceId"] for invoice in invoices)
    assert any(item["quantity"] < 0 for item in items)
    assert any(len(invoice["invoiceItems"]) > 1 for invoice in invoices)
    assert rates == {0, 12, 15, 25}


def test_membercare_has_companies_and_products_that_are_no_more(
    simulators: Simulators, world: WorldSummary
) -> None:
    membercare = simulators["membercare"]
    companies = membercare.records("companies")
    contacts = [contact for one in companies for contact in one["contacts"]]

    assert [one["valid"] for one in membercare.records("products")].count(False) == 1
    assert any(one["closeDate"] for one in companies)
    assert {contact["type"] for contact in contacts} == {1, 2, 3, 5, 8}
    assert any(contact["end"] for contact in contacts)
    assert any(contact["start"] == "2099-01-01T00:00:00" for contact in contacts)
    assert any(not one["contacts"] for one in companies)


def test_a_world_has_room_for_its_special_cases() -> None:
    with pytest.raises(ValueError, match="employees must be 20 or more"):
        Size(employees=19, customers=20, projects=20)


@pytest.mark.parametrize("seed", range(3))
def test_the_smallest_world_can_be_built(seed: int, clock: VirtualClock) -> None:
    simulators = open_simulators(clock=clock)
    size = Size(20, 20, 20, 4, 8, 4, 4, 4)

    summary = build_world(simulators, seed=seed, size=size, clock=clock)

    assert summary.counts["tidsbanken"]["ansatt"] == 20
    assert all(matching.pairs for matching in summary.matches.values())


def test_the_small_world_is_built_in_three_seconds(clock: VirtualClock) -> None:
    began = perf_counter()

    build_world(open_simulators(clock=clock), seed=7, size=SMALL, clock=clock)

    assert perf_counter() - began < 3


@pytest.mark.parametrize("system", ["customwebshop", "custompms"])
def test_a_rule_that_adopts_by_organisation_number_would_find_customers(
    simulators: Simulators, world: WorldSummary, system: str
) -> None:
    assert world.counts[system]["customer"] > 2

    def numbers(system: str, entity: str, member: str) -> Counter[str]:
        values = [record[member] for record in simulators[system].records(entity)]
        return Counter(re.sub(r"\D", "", value) for value in values if value)

    known = numbers("tidsbanken", "kunde", "Organisasjonsnummer")
    there = numbers(system, "customer", "organizationNumber")
    assert [known[number] for number in there] == [1, 1]
    assert list(there.values()) == [1, 1]
