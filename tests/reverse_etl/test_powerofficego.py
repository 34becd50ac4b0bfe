"""Writing to PowerOffice Go, guarded by tests inside the patch."""

from collections.abc import Callable
from typing import Any

import pytest
import simplejson
from werkzeug.wrappers import Request, Response

from connections.http.errors import Gone, Moved, Refused, StopRun
from reverse_etl import powerofficego
from reverse_etl.wire.system import Change, Stored, System
from tests.reverse_etl.meeting import START, Meeting, change

NOW = START.replace(tzinfo=None)
STAMPS = {"LastChangedDateTimeOffset"}
SYSTEM: System = powerofficego


@pytest.fixture
def office(meet: Callable[..., Meeting]) -> Meeting:
    return meet("powerofficego")


@pytest.fixture
def employee(office: Meeting) -> dict[str, Any]:
    """Somebody who works here."""
    return office.simulator.insert(
        "employees",
        {
            "FirstName": "Kari",
            "LastName": "Eksempel",
            "EmailAddress": "kari@firma.example",
            "PhoneNumber": "+4740000001",
            "JobTitle": "Montør",
            "NationalIdNumber": "01010112345",
        },
    )


def updated(
    office: Meeting, record: dict[str, Any], *changes: Change, entity: str = "employees"
) -> Stored:
    """Update as the push does: with the record as it was read just before."""
    record_id = str(record["Id"])
    current = powerofficego.read(office.http, entity, record_id)
    return powerofficego.update(office.http, entity, record_id, None, current, changes)


def without_stamps(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in STAMPS}


def test_an_update_changes_the_named_members_and_nothing_else(
    office: Meeting, employee: dict[str, Any]
) -> None:
    office.clock.advance(60)

    stored = updated(
        office,
        employee,
        change("$.LastName", "Ås 🧰", "Eksempel"),
        change("$.PhoneNumber", None, "+4740000001"),
    )

    after = office.stored("employees", str(employee["Id"]))
    assert without_stamps(after) == without_stamps(employee) | {
        "LastName": "Ås 🧰",
        "PhoneNumber": None,
    }
    assert stored.record["LastName"] == "Ås 🧰"
    assert stored.stamp is not None
    assert stored.stamp.replace(microsecond=0) == NOW.replace(minute=15, microsecond=0)


def test_an_edit_in_the_last_moment_is_never_overwritten(
    office: Meeting, employee: dict[str, Any]
) -> None:
    def somebody_is_faster(_: Request) -> None:
        office.simulator.edit(
            "employees", str(employee["Id"]), {"LastName": "Nordmann"}
        )

    office.answer_next("PATCH", somebody_is_faster)

    with pytest.raises(Moved, match="LastName"):
        updated(office, employee, change("$.LastName", "Ås", "Eksempel"))

    assert office.stored("employees", str(employee["Id"]))["LastName"] == "Nordmann"


def test_a_refusal_is_told_apart_from_a_record_that_moved(office: Meeting) -> None:
    person = contact_person(office, EmailAddress="ola@nordlys.example")

    with pytest.raises(Refused) as refused:
        powerofficego.update(
            office.http,
            "contactperson",
            person,
            None,
            None,
            [change("$.EmailAddress", "not an e-mail", "ola@nordlys.example")],
        )

    assert refused.value.status == 400
    assert refused.value.words


@pytest.fixture
def without_tests(meet: Callable[..., Meeting]) -> Meeting:
    """An installation that refuses the operation `test`."""
    return meet("powerofficego", patch_test="refuse")


def somebody(office: Meeting) -> dict[str, Any]:
    return office.simulator.insert(
        "employees", {"FirstName": "Kari", "LastName": "Eksempel", "PhoneNumber": None}
    )


def test_an_installation_that_refuses_tests_gets_its_updates(
    without_tests: Meeting,
) -> None:
    record = somebody(without_tests)
    without_tests.simulator.requests.clear()

    first = updated(without_tests, record, change("$.LastName", "Ås", "Eksempel"))
    tried = without_tests.simulator.requests.writes
    second = updated(without_tests, record, change("$.LastName", "Ås 2", "Ås"))

    stored = without_tests.stored("employees", str(record["Id"]))
    assert stored["LastName"] == second.record["LastName"] == "Ås 2"
    assert not first.guarded
    assert not second.guarded
    assert tried == 2
    assert without_tests.simulator.requests.writes == 3, "it is remembered for the run"


def test_an_edit_is_not_overwritten_where_tests_are_refused(
    without_tests: Meeting,
) -> None:
    record = somebody(without_tests)
    key = str(record["Id"])

    def somebody_is_faster(_: Request) -> None:
        without_tests.simulator.edit("employees", key, {"LastName": "Nordmann"})

    without_tests.answer_next("PATCH", somebody_is_faster)
    with pytest.raises(Moved, match="LastName"):
        updated(without_tests, record, change("$.LastName", "Ås", "Eksempel"))
    assert without_tests.stored("employees", key)["LastName"] == "Nordmann"

    updated(without_tests, record, change("$.LastName", "Ås", "Nordmann"))
    changes = [change("$.LastName", "Eide", "Nordmann")]
    with pytest.raises(Moved, match="LastName"):
        powerofficego.update(without_tests.http, "employees", key, None, None, changes)


def test_a_refused_value_is_told_apart_from_refused_tests(
    without_tests: Meeting, office: Meeting
) -> None:
    wrong = change("$.EmailAddress", "not an e-mail", "ola@nordlys.example")
    for system in (without_tests, office):
        person = contact_person(system, EmailAddress="ola@nordlys.example")
        with pytest.raises(Refused, match="EmailAddress"):
            powerofficego.update(
                system.http, "contactperson", person, None, None, [wrong]
            )

    record = somebody(office)
    guarded = updated(office, record, change("$.LastName", "Ås", "Eksempel"))

    assert guarded.guarded, "one refused value does not take its guard from a system"


def contact_person(office: Meeting, **members: Any) -> str:
    """Let a customer have a contact person; give its id, ContactId/Id."""
    owner = office.simulator.insert("customers", {"Name": "Nordlys"})
    person = office.simulator.insert(
        "contactperson",
        {"ContactId": owner["Id"], "FirstName": "Ola", "LastName": "Prøvesen"}
        | members,
    )
    return f"{person['ContactId']}/{person['Id']}"


def test_a_contact_person_is_found_under_its_owner(office: Meeting) -> None:
    person = contact_person(office)

    stored = powerofficego.update(
        office.http,
        "contactperson",
        person,
        None,
        None,
        [change("$.FirstName", "Åse", "Ola")],
    )

    assert stored.record_id == person
    assert stored.record["FirstName"] == "Åse"
    assert powerofficego.read(office.http, "contactperson", person) == stored


def test_an_address_that_was_empty_is_put_there_as_a_whole(office: Meeting) -> None:
    customer = office.simulator.insert("customers", {"Name": "Nordlys"})

    stored = updated(
        office,
        customer,
        change("$.MailAddress.City", "Tromsø", None),
        change("$.MailAddress.ZipCode", "9008", None),
        entity="customers",
    )

    assert customer["MailAddress"] is None
    assert stored.record["MailAddress"]["City"] == "Tromsø"
    assert stored.record["MailAddress"]["ZipCode"] == "9008"


def test_a_member_of_an_address_is_patched_in_place(office: Meeting) -> None:
    address = {"AddressLine1": "Testgata 1", "ZipCode": "7010", "City": "Trondheim"}
    customer = office.simulator.insert(
        "customers", {"Name": "Nordlys", "MailAddress": address}
    )

    stored = updated(
        office,
        customer,
        change("$.MailAddress.City", "Tromsø", "Trondheim"),
        entity="customers",
    )

    assert stored.record["MailAddress"]["City"] == "Tromsø"
    assert stored.record["MailAddress"]["AddressLine1"] == "Testgata 1"


def test_what_the_record_does_not_have_is_added_untested(
    office: Meeting, employee: dict[str, Any]
) -> None:
    record_id = str(employee["Id"])
    shown = {name: value for name, value in employee.items() if name != "PhoneNumber"}
    patches: list[bytes] = []
    office.answer_next("PATCH", lambda request: patches.append(request.get_data()))

    powerofficego.update(
        office.http,
        "employees",
        record_id,
        None,
        Stored(record_id, shown),
        [change("$.PhoneNumber", "+4790112233")],
    )

    assert simplejson.loads(patches[0]) == [
        {"op": "add", "path": "/PhoneNumber", "value": "+4790112233"}
    ]


def test_the_patch_tests_what_the_merge_saw_and_nothing_that_it_did_not(
    office: Meeting, employee: dict[str, Any]
) -> None:
    sent: list[Request] = []
    office.answer_next("PATCH", sent.append)

    updated(
        office,
        employee,
        change("$.LastName", "Ås", "Eksempel"),
        change("$.JobTitle", "Baas"),
    )

    assert simplejson.loads(sent[0].get_data()) == [
        {"op": "test", "path": "/LastName", "value": "Eksempel"},
        {"op": "replace", "path": "/LastName", "value": "Ås"},
        {"op": "replace", "path": "/JobTitle", "value": "Baas"},
    ]


@pytest.mark.parametrize(
    "member", ["Number", "NationalIdNumber", "SocialSecurityNumber", "number"]
)
def test_identity_and_account_numbers_stop_the_run_before_anything_is_sent(
    office: Meeting, member: str
) -> None:
    with pytest.raises(StopRun, match="never written"):
        powerofficego.update(
            office.http, "employees", "1", None, None, [change(f"$.{member}", "1")]
        )

    assert office.simulator.requests.count() == 0


def test_a_record_that_was_deleted_is_gone(
    office: Meeting, employee: dict[str, Any]
) -> None:
    record_id = str(employee["Id"])
    office.simulator.remove("employees", record_id, hard=True)

    with pytest.raises(Gone, match=record_id):
        powerofficego.read(office.http, "employees", record_id)
    with pytest.raises(Gone, match=record_id):
        powerofficego.update(
            office.http, "employees", record_id, None, None, [change("$.LastName", "x")]
        )


def test_a_privilege_that_is_not_granted_refuses_the_record(
    office: Meeting, employee: dict[str, Any]
) -> None:
    office.answer_next("PATCH", lambda _: Response(status=403))

    with pytest.raises(Refused) as refused:
        updated(office, employee, change("$.LastName", "Ås", "Eksempel"))

    assert refused.value.status == 403


def test_a_delete_is_for_good_and_may_be_sent_again(
    office: Meeting, employee: dict[str, Any]
) -> None:
    record_id = str(employee["Id"])

    powerofficego.delete(office.http, "employees", record_id, None)
    powerofficego.delete(office.http, "employees", record_id, None)

    assert office.simulator.get("employees", record_id) is None


def test_an_id_that_names_no_owner_is_refused_unsent(office: Meeting) -> None:
    with pytest.raises(Refused, match="ContactId/Id"):
        powerofficego.read(office.http, "contactperson", "7700123")

    assert office.simulator.requests.count() == 0


def test_creating_stops_the_run(office: Meeting) -> None:
    with pytest.raises(StopRun, match="never creates"):
        powerofficego.create(
            office.http, "customers", [], write_id="w", source_key="tidsbanken:kunde:1"
        )
