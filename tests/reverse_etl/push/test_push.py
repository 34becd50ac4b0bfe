"""Sending a plan: what is written down first, what is left alone, what goes on."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.errors import StopRun
from connections.http.exact_json import parsed, written
from connections.machine import crash_points
from ledger.ledger import Ledger, open_ledger
from reverse_etl import crmoffice, customwebshop, tidsbanken
from reverse_etl.push.push import PushResult, push
from reverse_etl.push.stops import PLAN_HASH, check_plan
from reverse_etl.wire.system import System
from tests.reverse_etl.meeting import START, Meeting
from tests.reverse_etl.planning import (
    TO_ACTIVITIES,
    TO_CONTACTS,
    TO_SHOP,
    Wanted,
    events,
    links,
    plan_of,
    referring,
    setting,
    warehouse_with,
)

SYSTEMS: dict[str, System] = {
    "crmoffice": crmoffice,
    "customwebshop": customwebshop,
    "tidsbanken": tidsbanken,
}
KUNDE = "tidsbanken:kunde:7"
ANSATT = "tidsbanken:ansatt:412"
PROSJEKT = "tidsbanken:prosjekt:P1"


@pytest.fixture
def shop(meet: Callable[..., Meeting]) -> Meeting:
    return meet("customwebshop")


@pytest.fixture
def crm(meet: Callable[..., Meeting]) -> Meeting:
    meeting = meet("crmoffice")
    meeting.http.get("/contacts")  # signed in, so that a POST is a create
    meeting.simulator.requests.clear()
    return meeting


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.duckdb") as opened:
        opened.start_run("sync")
        yield opened


def pushed(ledger: Ledger, meetings: dict[str, Meeting], *writes: Wanted) -> PushResult:
    connections = {name: meeting.http for name, meeting in meetings.items()}
    return push(plan_of(*writes), ledger, SYSTEMS, connections, run_id="run 1")


def counted(result: PushResult, system_name: str) -> dict[str, int]:
    """Give the outcomes that occurred."""
    return {kind: n for kind, n in result.writes[system_name].items() if n}


def new_customer(number: int = 7, name: str = "Nordlys Prøvebygg") -> Wanted:
    return Wanted(
        "customwebshop",
        "customer",
        TO_SHOP,
        f"tidsbanken:kunde:{number}",
        [
            setting("Navn", "name", name),
            setting("Epost", "email", "Post@nordlys.example"),
        ],
    )


def renamed(meeting: Meeting, entity: str, name: str, after: Any) -> Wanted:
    """Give an update of the only record there, from what stands there now."""
    [record] = meeting.simulator.records(entity)
    flow = TO_SHOP if entity == "customer" else TO_CONTACTS
    return Wanted(
        meeting.http.system,
        entity,
        flow,
        KUNDE if entity == "customer" else ANSATT,
        [setting("Navn", name, after, record[name])],
        record_id=str(record["id"]),
        operation="update",
        version=str(record.get("version", "")) or None,
    )


def new_contact(number: int = 412, family: str = "Prøvesen") -> Wanted:
    return Wanted(
        "crmoffice",
        "contacts",
        TO_CONTACTS,
        f"tidsbanken:ansatt:{number}",
        [setting("Etternavn", "familyName", family)],
    )


def new_activity(*changes: dict[str, Any], level: int = 2) -> Wanted:
    return Wanted(
        "crmoffice",
        "activities",
        TO_ACTIVITIES,
        PROSJEKT,
        [setting("Navn", "subject", "Taklekkasje"), *changes],
        level=level,
    )


def test_a_created_record_is_linked_and_observed_as_it_was_stored(
    ledger: Ledger, shop: Meeting
) -> None:
    result = pushed(ledger, {"customwebshop": shop}, new_customer())

    [record] = shop.simulator.records("customer")
    assert counted(result, "customwebshop") == {"create": 1}
    assert result.stopped == {}
    assert record["email"] == "post@nordlys.example"
    assert record["externalReference"].startswith(f"{KUNDE}~")
    assert links(ledger) == [
        (KUNDE, f"customwebshop:customer:{record['id']}", "created")
    ]
    assert ledger.fetch(
        "select observed, delivered from ledger.observations where property = 'Epost'"
    ) == [('"post@nordlys.example"', "Post@nordlys.example")]


def test_an_intent_is_on_disk_before_its_request_leaves(
    ledger: Ledger, shop: Meeting
) -> None:
    seen: list[list[tuple[str, str | None]]] = []

    def look(request: Request) -> None:
        # Another connection sees only what is committed.
        other = ledger.connection.cursor()
        other.execute("select event, status from remembered.ledger.writes")
        seen.append(other.fetchall())

    shop.answer_next("POST", look)

    pushed(ledger, {"customwebshop": shop}, new_customer())

    assert seen == [[("intent", None)]]
    assert events(ledger) == [("intent", None), ("receipt", "done")]


def test_an_update_sends_the_changed_member_alone(
    ledger: Ledger, shop: Meeting
) -> None:
    shop.simulator.insert("customer", {"name": "Nordlys", "phone": "+4740000002"})

    result = pushed(
        ledger, {"customwebshop": shop}, renamed(shop, "customer", "name", "Sydlys")
    )

    [record] = shop.simulator.records("customer")
    assert counted(result, "customwebshop") == {"update": 1}
    assert (record["name"], record["phone"]) == ("Sydlys", "+4740000002")


def test_a_record_with_another_version_is_left_for_the_next_run(
    ledger: Ledger, shop: Meeting
) -> None:
    record = shop.simulator.insert("customer", {"name": "Nordlys"})
    update = renamed(shop, "customer", "name", "Sydlys")
    shop.simulator.edit("customer", record["id"], {"name": "Vestlys"})

    result = pushed(ledger, {"customwebshop": shop}, update)

    assert counted(result, "customwebshop") == {"moved": 1}
    assert shop.stored("customer", record["id"])["name"] == "Vestlys"
    assert events(ledger) == [("intent", None), ("receipt", "moved")]


def test_a_record_that_changed_is_seen_on_rereading_and_nothing_is_sent(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.edit("contacts", record["id"], {"familyName": "Testesen"})

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {"moved": 1}
    assert crm.stored("contacts", record["id"])["familyName"] == "Testesen"
    assert events(ledger) == []


def test_a_change_of_a_member_that_is_not_mapped_stops_no_write(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.edit("contacts", record["id"], {"email": "ny@lenke.example"})

    result = pushed(ledger, {"crmoffice": crm}, update)

    stored = crm.stored("contacts", record["id"])
    assert counted(result, "crmoffice") == {"update": 1}
    assert stored["familyName"] == "Prøvesen-Ås"
    assert stored["email"] == "ny@lenke.example"


@pytest.mark.parametrize(
    ("hidden", "outcome"),
    [("mobilePhone", "update"), ("familyName", "moved")],
    ids=["a_member_that_is_only_compared", "a_member_that_would_be_written"],
)
def test_a_member_that_the_answer_lacks_says_nothing_but_is_never_written(
    ledger: Ledger, crm: Meeting, hidden: str, outcome: str
) -> None:
    crm.simulator.insert("contacts", {"familyName": "Prøvesen", "mobilePhone": "4000"})
    update = replace(
        renamed(crm, "contacts", "familyName", "Prøvesen-Ås"),
        seen={"$.familyName": "Prøvesen", "$.mobilePhone": "4000"},
    )

    def without(request: Request, response: Response) -> Response:
        if request.method == "GET":
            record = parsed(response.get_data(as_text=True))
            del record[hidden]
            response.set_data(written(record))
        return response

    crm.simulator.after.append(without)

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {outcome: 1}


@pytest.mark.parametrize(
    ("phone", "outcome"), [(None, "update"), ("+4790112233", "moved")]
)
def test_a_member_that_was_taken_for_empty_is_looked_at_before_it_is_written(
    ledger: Ledger, shop: Meeting, phone: str | None, outcome: str
) -> None:
    shop.simulator.insert("customer", {"name": "Nordlys", "phone": phone})
    update = replace(
        renamed(shop, "customer", "phone", "+4791223344"),
        changes=[setting("Telefon", "phone", "+4791223344")],
        seen={"$.phone": None},
    )

    result = pushed(ledger, {"customwebshop": shop}, update)

    assert counted(result, "customwebshop") == {outcome: 1}


@pytest.mark.parametrize(("seconds", "outcome"), [(0, "update"), (1, "moved")])
def test_an_old_page_is_not_put_back(
    ledger: Ledger, meet: Callable[..., Meeting], seconds: int, outcome: str
) -> None:
    bank = meet("tidsbanken")
    bank.simulator.insert("ansatt", {"Id": 412, "Fornavn": "Kari", "Etternavn": "Ås"})
    known = START.replace(tzinfo=None) + timedelta(seconds=seconds)
    update = Wanted(
        "tidsbanken",
        "ansatt",
        TO_CONTACTS,
        ANSATT,
        [setting("Fornavn", "Fornavn", "Karin", "Kari")],
        record_id="412",
        operation="update",
        stamp=known,
    )

    result = pushed(ledger, {"tidsbanken": bank}, update)

    assert counted(result, "tidsbanken") == {outcome: 1}


def test_a_record_that_is_gone_leaves_a_receipt_and_nothing_is_sent(
    ledger: Ledger, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    update = renamed(crm, "contacts", "familyName", "Prøvesen-Ås")
    crm.simulator.remove("contacts", record["id"])

    result = pushed(ledger, {"crmoffice": crm}, update)

    assert counted(result, "crmoffice") == {"gone": 1}
    assert events(ledger) == [("receipt", "gone")]
    assert crm.simulator.requests.writes == 0


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


def test_a_refused_record_delays_only_itself(ledger: Ledger, shop: Meeting) -> None:
    writes = [new_customer(number) for number in range(30)]
    poisoned = new_customer(30, name="")

    result = pushed(ledger, {"customwebshop": shop}, poisoned, *writes)

    assert counted(result, "customwebshop") == {"create": 30, "refused": 1}
    assert len(links(ledger)) == 30


@pytest.mark.parametrize(
    ("status", "body", "most"),
    [
        (400, '{"title": "MISSING PRIVILEGE"}', 8),
        (403, '{"Title": "Missing privilege"}', 8),
        (403, "", 12),
    ],
)
def test_a_record_type_that_we_may_not_write_is_tried_a_few_times_only(
    ledger: Ledger, shop: Meeting, crm: Meeting, status: int, body: str, most: int
) -> None:
    def refuse(request: Request) -> Response | None:
        is_contact = request.path == "/contacts" and request.method == "POST"
        return Response(body, status) if is_contact else None

    crm.simulator.before.append(refuse)
    contacts = [new_contact(number) for number in range(100)]

    result = pushed(
        ledger,
        {"customwebshop": shop, "crmoffice": crm},
        *contacts,
        new_activity(level=0),
        new_customer(),
    )

    outcomes = counted(result, "crmoffice")
    assert 1 <= outcomes["refused"] <= most
    assert outcomes["refused"] + outcomes["skipped"] == 100
    assert outcomes["create"] == 1
    assert counted(result, "customwebshop") == {"create": 1}
    assert result.stopped == {}
    [words] = result.not_granted
    assert words.startswith("crmoffice does not grant us to write contacts")


def test_a_403_on_single_records_stops_no_record_type(
    ledger: Ledger, crm: Meeting
) -> None:
    forbidden = [f"Sperret {number}" for number in range(4)]

    def refuse(request: Request) -> Response | None:
        is_theirs = any(name in request.get_data(as_text=True) for name in forbidden)
        return Response("Not yours", 403) if is_theirs else None

    crm.simulator.before.append(refuse)
    writes = [new_contact(number, name) for number, name in enumerate(forbidden)]
    writes += [new_contact(number) for number in range(10, 60)]

    result = pushed(ledger, {"crmoffice": crm}, *writes)

    assert counted(result, "crmoffice") == {"create": 50, "refused": 4}
    assert result.not_granted == ()


def test_a_system_that_is_down_stops_only_itself(
    ledger: Ledger, shop: Meeting, crm: Meeting
) -> None:
    def down(request: Request) -> Response:
        return Response("Service unavailable", status=401)

    crm.simulator.before.append(down)
    contacts = [new_contact(number) for number in range(20)]

    result = pushed(
        ledger, {"customwebshop": shop, "crmoffice": crm}, *contacts, new_customer()
    )

    assert counted(result, "customwebshop") == {"create": 1}
    assert counted(result, "crmoffice")["skipped"] >= 12
    assert sum(result.writes["crmoffice"].values()) == 20
    assert list(result.stopped) == ["crmoffice"]
    assert crm.simulator.records("contacts") == []


def test_an_update_of_which_nothing_is_stored_counts_as_refused(
    ledger: Ledger, crm: Meeting
) -> None:
    crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    crm.answer_next("PATCH", lambda request: Response(status=204))

    result = pushed(
        ledger, {"crmoffice": crm}, renamed(crm, "contacts", "familyName", "Ny")
    )

    assert counted(result, "crmoffice") == {"refused": 1}
    assert ledger.fetch("select * from ledger.observations") == []


def test_an_answer_that_is_lost_is_written_down_as_unknown(
    ledger: Ledger, shop: Meeting
) -> None:
    shop.answer_next("POST", lambda request: Response("gateway", status=502))

    result = pushed(ledger, {"customwebshop": shop}, new_customer())

    assert counted(result, "customwebshop") == {"unknown": 1}
    assert events(ledger) == [("intent", None), ("receipt", "unknown")]
    assert links(ledger) == []


def test_a_system_without_clear_answers_is_asked_a_few_times_only(
    ledger: Ledger, shop: Meeting
) -> None:
    shop.simulator.before.append(lambda request: Response("oops", status=500))
    writes = [new_customer(number) for number in range(100)]

    result = pushed(ledger, {"customwebshop": shop}, *writes)

    outcomes = counted(result, "customwebshop")
    assert 5 <= outcomes["unknown"] <= 12
    assert outcomes["unknown"] + outcomes["skipped"] == 100
    assert "no clear answer" in result.stopped["customwebshop"]


def test_a_defect_of_a_connector_delays_only_its_record(
    ledger: Ledger, shop: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = customwebshop.create

    def fragile(*args: Any, source_key: str, **named: Any) -> Any:
        if source_key == KUNDE:
            raise TypeError("a defect")
        return create(*args, source_key=source_key, **named)

    monkeypatch.setattr(customwebshop, "create", fragile)

    result = pushed(ledger, {"customwebshop": shop}, new_customer(), new_customer(8))

    assert counted(result, "customwebshop") == {"create": 1, "unknown": 1}


def test_a_system_that_is_not_configured_keeps_its_writes(
    ledger: Ledger, shop: Meeting
) -> None:
    result = pushed(ledger, {"customwebshop": shop}, new_customer(), new_contact())

    assert counted(result, "customwebshop") == {"create": 1}
    assert counted(result, "crmoffice") == {"skipped": 1}
    assert "not configured" in result.stopped["crmoffice"]


def test_no_intent_no_request(
    ledger: Ledger, shop: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> Any:
        raise StopRun("the disk is full")

    monkeypatch.setattr(ledger, "transaction", full)

    with pytest.raises(StopRun, match="disk is full"):
        pushed(ledger, {"customwebshop": shop}, new_customer())

    assert shop.simulator.requests.writes == 0


def test_ctrl_c_lets_the_writes_in_flight_end_and_begins_no_other(
    ledger: Ledger, shop: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, interrupted = threading.Event(), threading.Event()

    def answered(request: Request) -> None:
        if request.method == "POST":
            begun.set()
            interrupted.wait(10)

    def ctrl_c(running: Any) -> None:
        monkeypatch.undo()
        begun.wait(10)
        threading.Timer(0.2, interrupted.set).start()
        raise KeyboardInterrupt

    shop.simulator.before.append(answered)
    monkeypatch.setattr("reverse_etl.push.push.wait", ctrl_c)
    writes = [new_customer(number) for number in range(100)]

    with pytest.raises(KeyboardInterrupt):
        pushed(ledger, {"customwebshop": shop}, *writes)

    created = len(shop.simulator.records("customer"))
    assert 1 <= created <= 8
    assert len(links(ledger)) == created
    assert events(ledger).count(("receipt", "done")) == created
    assert len(events(ledger)) == 2 * created


def test_progress_tells_of_every_write(ledger: Ledger, shop: Meeting) -> None:
    told: list[tuple[str, str]] = []

    push(
        plan_of(new_customer(1), new_customer(2)),
        ledger,
        SYSTEMS,
        {"customwebshop": shop.http},
        run_id="run 1",
        on_progress=lambda name, outcome: told.append((name, outcome)),
    )

    assert told == [("customwebshop", "create")] * 2


def test_an_empty_plan_sends_nothing(ledger: Ledger, shop: Meeting) -> None:
    result = pushed(ledger, {"customwebshop": shop})

    assert result == PushResult(writes={}, stopped={})
    assert shop.simulator.requests.count() == 0


def stamped(ledger: Ledger, *writes: Wanted) -> Any:
    """Give a warehouse with a plan and its stamp, after one listing."""
    warehouse = warehouse_with(*writes)
    warehouse.execute("create schema raw")
    warehouse.execute("create table raw.listings as select '0007' as listing_id")
    [(plan_hash,)] = warehouse.execute(PLAN_HASH).fetchall()
    identity = ledger.identity
    warehouse.execute(
        "create table outbound.plan_stamp as select ? as ledger_id, ? as run_counter, "
        "? as plan_hash, '0007' as newest_listing",
        [identity.ledger_id, identity.run_counter, plan_hash],
    )
    return warehouse


@pytest.mark.parametrize("writes", [[], [new_customer(), new_contact()]])
def test_a_fresh_plan_may_be_sent(ledger: Ledger, writes: list[Wanted]) -> None:
    check_plan(stamped(ledger, *writes), ledger)


@pytest.mark.parametrize(
    ("alteration", "reason"),
    [
        ("update outbound.outbound_requests set record_id = '8'", "altered"),
        ("update outbound.outbound_requests set changes = '[]'", "altered"),
        ("delete from outbound.outbound_requests", "altered"),
        ("insert into raw.listings values ('0008')", "loaded since"),
        ("update outbound.plan_stamp set run_counter = 0", "is old"),
        ("update outbound.plan_stamp set ledger_id = 'x'", "made from ledger x"),
        ("delete from outbound.plan_stamp", "no plan"),
        ("drop table outbound.outbound_requests", "no plan"),
        ("drop table outbound.plan_stamp", "no plan"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(
    ledger: Ledger, alteration: str, reason: str
) -> None:
    warehouse = stamped(ledger, new_customer())
    warehouse.execute(alteration)

    with pytest.raises(StopRun, match=f"(?s){reason}.*lenke plan"):
        check_plan(warehouse, ledger)
