"""Sending a plan: what goes on beside a refusal, a defect, a dead system, Ctrl-C."""

import threading
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.errors import StopRun
from ledger.ledger import Ledger
from reverse_etl import customwebshop
from reverse_etl.push.push import PushResult, push
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    events,
    links,
    plan_of,
)
from tests.reverse_etl.push.sending import (
    KUNDE,
    SYSTEMS,
    counted,
    new_activity,
    new_contact,
    new_customer,
    pushed,
    renamed,
)


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
