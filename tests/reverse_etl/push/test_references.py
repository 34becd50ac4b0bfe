"""References are translated by the links, those of the same push included."""

import pytest

from connections.machine import crash_points
from ledger.ledger import Ledger
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    events,
    referring,
)
from tests.reverse_etl.push.sending import (
    ANSATT,
    counted,
    new_activity,
    new_contact,
    pushed,
)


def test_a_reference_to_a_record_of_this_push_gets_its_new_id(
    ledger: Ledger, crm: Meeting
) -> None:
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)

    pushed(ledger, {"crmoffice": crm}, new_activity(owner), new_contact())

    [contact] = crm.simulator.records("contacts")
    [activity] = crm.simulator.records("activities")
    assert activity["ownerId"] == contact["id"]
    assert ledger.fetch(
        "select delivered from ledger.observations where property = 'AnsvarligId'"
    ) == [(ANSATT,)]


def test_a_reference_to_a_record_of_an_earlier_run_gets_its_id(
    ledger: Ledger, crm: Meeting
) -> None:
    pushed(ledger, {"crmoffice": crm}, new_contact())
    [contact] = crm.simulator.records("contacts")
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)

    pushed(ledger, {"crmoffice": crm}, new_activity(owner))

    [activity] = crm.simulator.records("activities")
    assert activity["ownerId"] == contact["id"]


def test_a_reference_to_a_record_of_a_killed_push_gets_its_id(
    ledger: Ledger, crm: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(point: str) -> None:
        if point == crash_points.BEFORE_FOLD:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(crash_points, "reached", killed)
        with pytest.raises(KeyboardInterrupt):
            pushed(ledger, {"crmoffice": crm}, new_contact())
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)

    pushed(ledger, {"crmoffice": crm}, new_activity(owner))

    [activity] = crm.simulator.records("activities")
    assert activity["ownerId"] is not None


def test_a_link_that_has_ended_translates_nothing(ledger: Ledger, crm: Meeting) -> None:
    pushed(ledger, {"crmoffice": crm}, new_contact())
    ledger.connection.execute("update ledger.links set ended_at = now()")
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)

    pushed(ledger, {"crmoffice": crm}, new_activity(owner))

    [activity] = crm.simulator.records("activities")
    assert activity["ownerId"] is None


def test_a_reference_without_a_link_is_left_out_and_its_record_goes(
    ledger: Ledger, crm: Meeting
) -> None:
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)

    result = pushed(ledger, {"crmoffice": crm}, new_activity(owner))

    [activity] = crm.simulator.records("activities")
    assert counted(result, "crmoffice") == {"create": 1}
    assert activity["ownerId"] is None
    assert (
        ledger.fetch(
            "select property from ledger.observations where property = 'AnsvarligId'"
        )
        == []
    )


def test_a_refused_create_takes_along_only_the_references_to_it(
    ledger: Ledger, crm: Meeting
) -> None:
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT)
    nameless = new_contact(family=" ")

    result = pushed(ledger, {"crmoffice": crm}, nameless, new_activity(owner))

    [activity] = crm.simulator.records("activities")
    [(error,)] = ledger.fetch(
        "select error from ledger.writes where status = 'refused'"
    )
    assert counted(result, "crmoffice") == {"refused": 1, "create": 1}
    assert activity["ownerId"] is None
    assert "familyName" in error


def test_a_write_waits_for_a_reference_that_it_cannot_do_without(
    ledger: Ledger, crm: Meeting
) -> None:
    owner = referring("AnsvarligId", "ownerId", TO_CONTACTS, ANSATT, required=True)

    result = pushed(ledger, {"crmoffice": crm}, new_activity(owner))

    assert counted(result, "crmoffice") == {"held": 1}
    assert crm.simulator.records("activities") == []
    assert events(ledger) == []
