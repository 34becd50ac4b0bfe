"""Creates without a clear answer: one record and one link, however they ended."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from connections.machine import crash_points
from connections.wire.stamps import utc
from reverse_etl.unsettled.open_writes import open_writes
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    Wanted,
    events,
    links,
    setting,
)
from tests.reverse_etl.unsettled.killed import (
    ANSATT,
    KUNDE,
    NEW_CONTACT,
    NEW_CUSTOMER,
    loses_answers,
    opened,
    pushed,
    settled,
)


class Killed(BaseException):
    """What a test raises where a process would have been killed."""


def killed_at(point: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def killed(reached: str) -> None:
        if reached == point:
            raise Killed

    monkeypatch.setattr(crash_points, "reached", killed)
    return monkeypatch


def push_killed(
    tmp_path: Path,
    meeting: Meeting,
    point: str,
    monkeypatch: pytest.MonkeyPatch,
    *writes: Wanted,
) -> None:
    """Push in a process that ends at this point."""
    with (
        opened(tmp_path, meeting) as ledger,
        killed_at(point, monkeypatch).context(),
        pytest.raises(Killed),
    ):
        pushed(ledger, meeting, *writes)
    monkeypatch.undo()


def test_a_crash_between_send_and_receipt_is_settled_by_reference(
    tmp_path: Path, shop: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    push_killed(tmp_path, shop, crash_points.AFTER_SEND, monkeypatch, NEW_CUSTOMER)
    shop.simulator.requests.clear()

    with opened(tmp_path, shop) as ledger:
        statuses = settled(ledger, shop)

        [record] = shop.simulator.records("customer")
        assert statuses == ["done"]
        assert shop.simulator.requests.writes == 0
        assert links(ledger) == [
            (KUNDE, f"customwebshop:customer:{record['id']}", "created")
        ]
        assert ledger.fetch("select observed from ledger.observations") == [
            ('"Nordlys"',)
        ]


def test_a_crash_between_send_and_receipt_is_settled_by_likeness(
    tmp_path: Path, crm: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm.simulator.insert("contacts", {"familyName": "Testesen"})
    push_killed(tmp_path, crm, crash_points.AFTER_SEND, monkeypatch, NEW_CONTACT)
    crm.simulator.requests.clear()

    with opened(tmp_path, crm) as ledger:
        statuses = settled(ledger, crm)

        created = crm.simulator.records("contacts")[-1]
        assert statuses == ["done"]
        assert crm.simulator.requests.writes == 0
        assert links(ledger) == [
            (ANSATT, f"crmoffice:contacts:{created['id']}", "created")
        ]


@pytest.mark.parametrize("wanted", [NEW_CUSTOMER, NEW_CONTACT], ids=["shop", "crm"])
@pytest.mark.parametrize("point", crash_points.PUSH_POINTS)
def test_a_crash_at_any_point_ends_in_one_record_and_one_link(
    tmp_path: Path,
    meet: Callable[..., Meeting],
    monkeypatch: pytest.MonkeyPatch,
    wanted: Wanted,
    point: str,
) -> None:
    meeting = meet(wanted.system_name)
    push_killed(tmp_path, meeting, point, monkeypatch, wanted)
    meeting.clock.advance(61)

    with opened(tmp_path, meeting) as ledger:
        settled(ledger, meeting)
        if not links(ledger):  # the next plan would hold it again
            pushed(ledger, meeting, wanted)

        [record] = meeting.simulator.records(wanted.entity)
        key = f"{wanted.system_name}:{wanted.entity}:{record['id']}"
        assert [link[1] for link in links(ledger)] == [key]
        assert open_writes(ledger) == []
        assert ledger.fetch("select count(*) from ledger.observations") == [
            (len(wanted.changes),)
        ]


@pytest.mark.parametrize("point", [crash_points.BEFORE_FOLD, crash_points.AFTER_FOLD])
def test_a_crash_while_settling_ends_in_one_link(
    tmp_path: Path, shop: Meeting, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    push_killed(tmp_path, shop, crash_points.AFTER_SEND, monkeypatch, NEW_CUSTOMER)
    with (
        opened(tmp_path, shop) as ledger,
        killed_at(point, monkeypatch).context(),
        pytest.raises(Killed),
    ):
        settled(ledger, shop)
    monkeypatch.undo()

    with opened(tmp_path, shop) as ledger:
        assert settled(ledger, shop) == []
        assert len(links(ledger)) == 1


def test_a_create_that_never_arrived_is_believed_only_after_a_while(
    tmp_path: Path, crm: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    push_killed(tmp_path, crm, crash_points.AFTER_INTENT, monkeypatch, NEW_CONTACT)

    with opened(tmp_path, crm) as ledger:
        crm.clock.advance(59)
        at_once = settled(ledger, crm)
        still_open = len(open_writes(ledger))
        crm.clock.advance(2)
        later = settled(ledger, crm)

        assert (at_once, still_open) == (["open"], 1)
        assert later == ["not_applied"]
        assert open_writes(ledger) == []


def test_a_while_begins_when_the_answer_was_lost(tmp_path: Path, crm: Meeting) -> None:
    def slow_failure(request: Request) -> Response:
        crm.clock.advance(45)
        return Response("gateway time-out", status=504)

    crm.answer_next("POST", slow_failure)
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)
        crm.clock.advance(30)

        assert settled(ledger, crm) == ["open"]


def test_where_a_second_create_would_be_recognised_nothing_is_waited_for(
    tmp_path: Path, shop: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    push_killed(tmp_path, shop, crash_points.AFTER_INTENT, monkeypatch, NEW_CUSTOMER)

    with opened(tmp_path, shop) as ledger:
        assert settled(ledger, shop) == ["not_applied"]


def test_several_records_that_could_be_ours_wait_for_a_person(
    tmp_path: Path, crm: Meeting
) -> None:
    loses_answers(crm, "POST")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)
        twin = crm.simulator.insert(
            "contacts", {"familyName": "Prøvesen", "mobilePhone": "4000"}
        )
        crm.clock.advance(3600)

        first = settled(ledger, crm)
        known = len(events(ledger))
        again = settled(ledger, crm)

        assert first == again == ["held"]
        assert len(events(ledger)) == known
        assert links(ledger) == []

        crm.simulator.remove("contacts", twin["id"])

        assert settled(ledger, crm) == ["done"]
        assert len(links(ledger)) == 1


def test_a_record_that_is_linked_already_is_not_ours(
    tmp_path: Path, crm: Meeting
) -> None:
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)
        crm.answer_next("POST", lambda request: Response("down", status=502))
        twin = Wanted(
            "crmoffice", "contacts", TO_CONTACTS, "tidsbanken:ansatt:413",
            NEW_CONTACT.changes,
        )  # fmt: skip
        pushed(ledger, crm, twin)
        crm.clock.advance(61)

        assert settled(ledger, crm) == ["not_applied"]
        assert [link[0] for link in links(ledger)] == [ANSATT]


def test_two_creates_never_claim_the_same_record(tmp_path: Path, crm: Meeting) -> None:
    with opened(tmp_path, crm) as ledger:
        loses_answers(crm, "POST")
        pushed(ledger, crm, NEW_CONTACT)
        crm.answer_next("POST", lambda request: Response("down", status=502))
        twin = Wanted(
            "crmoffice", "contacts", TO_CONTACTS, "tidsbanken:ansatt:413",
            NEW_CONTACT.changes,
        )  # fmt: skip
        pushed(ledger, crm, twin)
        crm.clock.advance(61)

        assert sorted(settled(ledger, crm)) == ["done", "not_applied"]
        assert len(links(ledger)) == 1


def test_a_create_whose_source_a_person_linked_is_closed(
    tmp_path: Path, crm: Meeting
) -> None:
    crm.answer_next("POST", lambda request: Response("down", status=502))
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)
        ledger.connection.execute(
            "insert into ledger.links values (?, ?, 'crmoffice:contacts:9', "
            "'decision', now(), 'r', null, null, null, null, null)",
            [TO_CONTACTS, ANSATT],
        )

        assert settled(ledger, crm) == ["not_applied"]
        assert open_writes(ledger) == []


def test_a_created_record_that_was_deleted_since_is_gone(
    tmp_path: Path, shop: Meeting
) -> None:
    loses_answers(shop, "POST")
    with opened(tmp_path, shop) as ledger:
        pushed(ledger, shop, NEW_CUSTOMER)
        [record] = shop.simulator.records("customer")
        shop.simulator.remove("customer", record["id"])

        assert settled(ledger, shop) == ["gone"]
        assert links(ledger) == []


def test_a_person_who_edits_a_new_record_before_it_is_settled_is_heard(
    tmp_path: Path, shop: Meeting
) -> None:
    loses_answers(shop, "POST")
    with opened(tmp_path, shop) as ledger:
        pushed(ledger, shop, NEW_CUSTOMER)
        shop.clock.advance(30)
        [record] = shop.simulator.records("customer")
        shop.simulator.edit("customer", record["id"], {"name": "Rettet"})

        assert settled(ledger, shop) == ["done"]
        assert ledger.fetch("select observed from ledger.observations") == [
            ('"Nordlys"',)
        ]
        [(stamp,)] = ledger.fetch("select change_stamp from ledger.record_states")
        assert stamp == utc(record["createdAt"])


PERSON = replace(
    NEW_CONTACT,
    changes=[
        *NEW_CONTACT.changes,
        setting("Fornavn", "givenName", "Kari"),
        setting("Epost", "email", "kari@firma.example"),
    ],
)


def test_a_new_record_that_somebody_has_edited_since_is_still_ours(
    tmp_path: Path, crm: Meeting
) -> None:
    loses_answers(crm, "POST")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, PERSON)
        crm.clock.advance(30)
        record = crm.simulator.records("contacts")[-1]
        crm.simulator.edit("contacts", record["id"], {"mobilePhone": "91111111"})
        crm.clock.advance(60)

        assert settled(ledger, crm) == ["done"]
        assert ('"40 00"',) in ledger.fetch("select observed from ledger.observations")


def test_a_record_that_is_only_half_like_the_new_one_waits_for_a_person(
    tmp_path: Path, crm: Meeting
) -> None:
    loses_answers(crm, "POST")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, PERSON)
        crm.clock.advance(5)
        record = crm.simulator.records("contacts")[-1]
        crm.simulator.edit(
            "contacts", record["id"], {"mobilePhone": "91111111", "givenName": "Berit"}
        )
        crm.clock.advance(3600)

        assert settled(ledger, crm) == ["held"]
        [(words,)] = ledger.fetch(
            "select error from ledger.writes where status = 'held'"
        )
        assert f"{record['id']} (but for $.mobilePhone, $.givenName)" in words
