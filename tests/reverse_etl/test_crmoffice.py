"""Writing to CRM-Office, which tells nothing back and guards nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.errors import Gone, Refused, Unsure
from reverse_etl import crmoffice
from reverse_etl.parts.crmoffice.spelling import as_stored
from reverse_etl.wire.system import Change, Stored, System
from tests.reverse_etl.meeting import START, Meeting, change

KEY = "tidsbanken:ansatt:412"
NOW = START.replace(tzinfo=None)
SYSTEM: System = crmoffice


@pytest.fixture
def crm(meet: Callable[..., Meeting]) -> Meeting:
    return meet("crmoffice")


def created(crm: Meeting, *changes: Change, entity: str = "contacts") -> Stored:
    return crmoffice.create(crm.http, entity, changes, write_id="w1", source_key=KEY)


def found(
    crm: Meeting,
    *changes: Change,
    entity: str = "contacts",
    sent_after: datetime = NOW,
) -> list[str]:
    """Give the ids of the records that are all that was sent."""
    candidates = crmoffice.created_by(
        crm.http,
        entity,
        write_id="w1",
        source_key=KEY,
        changes=changes,
        sent_after=sent_after,
    )
    return [each.record_id for each in candidates if not each.differs]


def test_a_create_reads_back_what_was_stored_in_its_own_spelling(crm: Meeting) -> None:
    stored = created(
        crm,
        change("$.familyName", " Prøvesen-Ås 🧰 "),
        change("$.givenName", "Åse"),
        change("$.mobilePhone", "0047 40 00 00 02"),
        change("$.email", None),
    )

    assert stored.record["familyName"] == "Prøvesen-Ås 🧰"
    assert stored.record["mobilePhone"] == "+4740000002"
    assert stored.record == crm.stored("contacts", stored.record_id)
    assert stored.stamp == NOW.replace(microsecond=0)
    assert stored.version is None


def test_an_update_changes_the_named_members_and_nothing_else(crm: Meeting) -> None:
    before = crm.simulator.insert(
        "contacts",
        {
            "familyName": "Prøvesen",
            "givenName": "Ola",
            "mobilePhone": "+4740000002",
            "email": "ola@nordlys.example",
            "companyId": "5120",
        },
    )
    crm.clock.advance(2)

    stored = crmoffice.update(
        crm.http,
        "contacts",
        before["id"],
        None,
        None,
        [change("$.familyName", "Ås"), change("$.mobilePhone", None, "+4740000002")],
    )

    assert stored.record == before | {
        "familyName": "Ås",
        "mobilePhone": None,
        "modifiedAt": "2025-03-03T08:14:07Z",
    }
    assert crm.stored("contacts", before["id"]) == stored.record
    assert stored.stamp == datetime(2025, 3, 3, 8, 14, 7)


def test_a_required_member_cannot_be_emptied_and_the_words_say_so(
    crm: Meeting,
) -> None:
    before = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})

    with pytest.raises(Refused) as refused:
        crmoffice.update(
            crm.http,
            "contacts",
            before["id"],
            None,
            None,
            [change("$.familyName", None)],
        )

    assert refused.value.status == 400
    assert "familyName: must have a value" in refused.value.words
    assert f"crmoffice:contacts:{before['id']}" in str(refused.value)


def test_an_owner_that_is_no_contact_is_refused(crm: Meeting) -> None:
    with pytest.raises(Refused) as refused:
        created(
            crm,
            change("$.subject", "Befaring"),
            change("$.ownerId", "1"),
            entity="activities",
        )

    assert "ownerId: no such contact" in refused.value.words


def test_a_record_that_was_deleted_is_gone(crm: Meeting) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    crm.simulator.remove("contacts", record["id"])

    with pytest.raises(Gone, match=record["id"]):
        crmoffice.read(crm.http, "contacts", record["id"])
    with pytest.raises(Gone, match=record["id"]):
        crmoffice.update(
            crm.http, "contacts", record["id"], None, None, [change("$.givenName", "x")]
        )


def test_a_delete_is_for_good_and_may_be_sent_again(crm: Meeting) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})

    crmoffice.delete(crm.http, "contacts", record["id"], None)
    crmoffice.delete(crm.http, "contacts", record["id"], None)

    assert crm.simulator.get("contacts", record["id"]) is None


def test_a_create_that_cannot_be_read_back_still_gives_its_id(crm: Meeting) -> None:
    crm.answer_next("GET", lambda _: Response(b"<html>Maintenance</html>"))

    stored = created(crm, change("$.familyName", "Prøvesen"))

    assert crm.simulator.get("contacts", stored.record_id) is not None
    assert not stored.read_back
    assert stored.record == {}


def test_a_create_whose_answer_is_lost_is_found_by_what_was_sent(crm: Meeting) -> None:
    sent = [
        change("$.familyName", "Prøvesen " * 10),
        change("$.givenName", " Ola "),
        change("$.mobilePhone", "0047 40 00 00 02"),
    ]
    crm.simulator.after.append(_lose)
    with pytest.raises(Unsure):
        created(crm, *sent)
    crm.simulator.after.clear()

    made = found(crm, *sent)

    assert made == [record["id"] for record in crm.simulator.records("contacts")]
    assert len(made) == 1


def _lose(request: Request, response: Response) -> Response:
    posted = request.method == "POST" and request.path == "/contacts"
    return Response(status=502) if posted else response


def test_records_that_differ_or_are_older_are_not_taken_for_ours(crm: Meeting) -> None:
    names = {"familyName": "Prøvesen", "givenName": "Ola"}
    crm.simulator.insert("contacts", names)
    crm.clock.advance(3600)
    crm.simulator.insert("contacts", names | {"givenName": "Kari"})
    crm.simulator.insert("contacts", names | {"mobilePhone": "+4740000002"})
    ours = crm.simulator.insert("contacts", names)

    made = found(
        crm,
        change("$.familyName", "Prøvesen"),
        change("$.givenName", "Ola"),
        change("$.mobilePhone", None),
        sent_after=NOW + timedelta(hours=1),
    )

    assert made == [ours["id"]]


def test_an_older_record_that_was_edited_into_likeness_is_not_ours(
    crm: Meeting,
) -> None:
    older = crm.simulator.insert("contacts", {"familyName": "Eksempel"})
    crm.clock.advance(3600)
    crm.simulator.edit("contacts", older["id"], {"familyName": "Prøvesen"})

    made = found(
        crm,
        change("$.familyName", "Prøvesen"),
        sent_after=NOW + timedelta(hours=1),
    )

    assert made == []


def test_a_clock_that_is_some_minutes_behind_hides_nothing(crm: Meeting) -> None:
    ours = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})

    made = found(
        crm,
        change("$.familyName", "Prøvesen"),
        sent_after=NOW + timedelta(minutes=4),
    )

    assert made == [ours["id"]]


def test_two_records_alike_are_both_given(crm: Meeting) -> None:
    twins = [
        crm.simulator.insert("contacts", {"familyName": "Prøvesen"})["id"]
        for _ in range(2)
    ]

    assert found(crm, change("$.familyName", "Prøvesen")) == twins


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"$.startsAt": None, "$.endsAt": None},
        {"$.startsAt": "2025-03-03T09:00:00"},
        {"$.startsAt": "2025-03-03T08:00:00Z", "$.endsAt": "2025-03-03T11:00:00+01:00"},
    ],
)
def test_an_activity_is_found_whatever_it_was_sent_with(
    crm: Meeting, times: dict[str, Any]
) -> None:
    owner = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    sent = [
        change("$.subject", "Befaring lager"),
        change("$.ownerId", owner["id"]),
        *(change(path, time) for path, time in times.items()),
    ]
    crm.simulator.insert("activities", {"subject": "Befaring", "ownerId": owner["id"]})
    ours = created(crm, *sent, entity="activities")

    assert found(crm, *sent, entity="activities") == [ours.record_id]


def test_a_search_reads_every_page(meet: Callable[..., Meeting]) -> None:
    crm = meet("crmoffice", max_page_size=2)
    records = [
        crm.simulator.insert("contacts", {"familyName": f"Prøvesen {number}"})
        for number in range(7)
    ]

    assert found(crm, change("$.familyName", "Prøvesen 6")) == [records[6]["id"]]
    assert found(crm, change("$.familyName", "Prøvesen 0")) == [records[0]["id"]]


def test_a_search_survives_a_delete_between_two_pages(
    meet: Callable[..., Meeting],
) -> None:
    crm = meet("crmoffice", max_page_size=2)
    records = [
        crm.simulator.insert("contacts", {"familyName": f"Prøvesen {number}"})
        for number in range(5)
    ]

    def delete_the_first(request: Request) -> None:
        if request.args.get("page") == "2":
            crm.simulator.remove("contacts", records[0]["id"])
        else:
            crm.answer_next("GET", delete_the_first)

    crm.answer_next("GET", delete_the_first)

    assert found(crm, change("$.familyName", "Prøvesen 2")) == [records[2]["id"]]
    assert crm.simulator.get("contacts", records[0]["id"]) is None


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("familyName", " " + "Ås " * 40),
        ("mobilePhone", "0047 40.00-00 02"),
        ("mobilePhone", "1" * 30),
        ("subject", ""),
        ("startsAt", "2025-07-03T08:00:00Z"),
        ("endsAt", "2025-03-03T09:00:00.75"),
        ("endsAt", "soon"),
        ("ownerId", None),
    ],
)
def test_spelling_twice_is_spelling_once(member: str, value: str | None) -> None:
    once = as_stored(member, value)

    assert as_stored(member, once) == once
