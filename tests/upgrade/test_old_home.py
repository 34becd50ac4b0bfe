"""A home that the version before made: an upgrade rewrites nothing by accident.

`home/` is what that version remembered after a few syncs of odd values, and what the
six systems held then. How it was made stands in `_make.py`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import pytest

from tests.circle.conftest import Meeting, quickly
from tests.upgrade.home import old_home

# What the first sync with this version writes, and why; CHANGELOG.md names the kinds.
EXPECTED = {
    # Two e-mail addresses that are the same for people link now (Å in one sign or two).
    ("powerofficego", "contactperson", "åse@firma.example"),
    # ... and so do a domain in national letters and in ASCII.
    ("powerofficego", "customers", "post5@xn--blbr-roah.example"),
    # A KundeId with a blank of another kind behind it names its Kunde now.
    ("custompms", "project", "Ombygging P5"),
}


class FirstPlan(NamedTuple):
    """What the first plan with this version said, before anything was written."""

    meeting: Meeting
    writes: set[tuple[str, str, str]]
    kinds: set[str]
    agreed: dict[tuple[str, str], str | None]


@pytest.fixture(scope="module")
def first_plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstPlan]:
    """The home after its first plan with this version."""
    with quickly():
        meeting = old_home(tmp_path_factory.mktemp("home"))
        assert meeting.plan(full=True).exit_code == 0
        planned = meeting.ask("select system, entity, record_id from inspection.plan")
        kinds = meeting.ask("select distinct kind from inspection.findings")
        yield FirstPlan(
            meeting,
            {
                (system, entity, _known_by(meeting, system, entity, record_id))
                for system, entity, record_id in planned
            },
            {kind for (kind,) in kinds},
            _agreed(meeting),
        )


@pytest.fixture
def upgraded(first_plan: FirstPlan) -> Meeting:
    """The home, which the tests sync in any order."""
    return first_plan.meeting


def test_an_upgrade_plans_the_writes_that_are_named_and_no_other(
    first_plan: FirstPlan,
) -> None:
    assert first_plan.writes == EXPECTED


def test_what_is_agreed_on_is_no_finding_because_a_rule_has_changed(
    first_plan: FirstPlan,
) -> None:
    assert "held_unexplained_answer" not in first_plan.kinds
    assert "held_unlinked_reference" not in first_plan.kinds
    assert "unconfirmed_edit" not in first_plan.kinds


def test_after_the_upgrade_it_is_quiet_and_the_agreed_values_are_those_of_before(
    upgraded: Meeting,
) -> None:
    before = _agreed(upgraded)

    sent = [upgraded.sync().sent for _ in range(3)]

    assert sent[1:] == [0, 0]
    after = _agreed(upgraded)
    assert before.items() <= after.items()
    assert before["tidsbanken:ansatt:401", "Mobil"] == "+460812345678"
    assert before["tidsbanken:kunde:K1", "Organisasjonsnummer"] == "NO987654321MVA"
    assert upgraded.get("tidsbanken", "prosjekt", "P2")["AnsvarligId"] == 0
    assert upgraded.get("tidsbanken", "prosjekt", "P2")["KundeId"] == "0"


def test_the_address_goes_on_under_its_new_name(
    first_plan: FirstPlan, upgraded: Meeting
) -> None:
    # Remembered, and not met anew: an edit that waited is still an edit.
    assert first_plan.agreed["tidsbanken:kunde:K6", "Gateadresse"] == "Ny 1"
    shop = upgraded.linked("tidsbanken_kunde__customwebshop_customer")["K6"]
    upgraded.edit("tidsbanken", "kunde", "K6", Gateadresse="Nyere 2")

    upgraded.sync()

    address = upgraded.get("customwebshop", "customer", shop)["billingAddress"]
    assert address["line1"] == "Nyere 2"


def test_a_number_that_is_typed_anew_is_spelt_by_the_new_rule(
    upgraded: Meeting,
) -> None:
    contact = upgraded.linked("tidsbanken_ansatt__crmoffice_contacts")["402"]
    upgraded.edit("tidsbanken", "ansatt", "402", Mobil="+46 (0)8 999 456 78")

    upgraded.sync()

    assert upgraded.get("crmoffice", "contacts", contact)["mobilePhone"] == (
        "+46899945678"
    )


def _known_by(meeting: Meeting, system: str, entity: str, record_id: str) -> str:
    record = meeting.get(system, entity, record_id)
    return str(record.get("EmailAddress") or record["name"])


def _agreed(meeting: Meeting) -> dict[tuple[str, str], str | None]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{meeting.home.ledger}' as kept (read_only)")
        return {
            (source, name): value
            for source, name, value in connection.execute(
                "select source_key, property, agreed_value "
                "from kept.ledger.agreed_values"
            ).fetchall()
        }


def test_a_nought_that_names_nobody_stands_until_somebody_is_named(
    upgraded: Meeting,
) -> None:
    activity = upgraded.linked("tidsbanken_prosjekt__crmoffice_activities")["P2"]
    contact = upgraded.linked("tidsbanken_ansatt__crmoffice_contacts")["409"]
    upgraded.edit("crmoffice", "activities", activity, subject="Nytt navn")

    upgraded.sync()
    renamed = upgraded.get("tidsbanken", "prosjekt", "P2")
    upgraded.edit("crmoffice", "activities", activity, ownerId=contact)
    upgraded.sync()

    assert (renamed["Navn"], renamed["AnsvarligId"]) == ("Nytt navn", 0)
    named = upgraded.get("tidsbanken", "prosjekt", "P2")
    assert (named["AnsvarligId"], named["KundeId"]) == (409, "0")
