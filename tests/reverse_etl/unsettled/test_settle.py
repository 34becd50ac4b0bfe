"""What became of writes without a clear answer is found out before the next ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from reverse_etl.push.journal import Intent, Journal
from reverse_etl.push.push import push
from reverse_etl.unsettled.open_writes import open_writes
from reverse_etl.unsettled.settle import settle_open_writes
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import (
    TO_CONTACTS,
    Wanted,
    plan_of,
    setting,
)
from tests.reverse_etl.unsettled.killed import (
    ANSATT,
    NEW_CONTACT,
    NEW_CUSTOMER,
    SYSTEMS,
    loses_answers,
    opened,
    pushed,
    settled,
)


def update_of(meeting: Meeting, record: dict[str, Any], family: str) -> Wanted:
    return Wanted(
        "crmoffice",
        "contacts",
        TO_CONTACTS,
        ANSATT,
        [setting("Etternavn", "familyName", family, record["familyName"])],
        record_id=record["id"],
        operation="update",
    )


def test_an_update_that_arrived_becomes_the_observation(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    loses_answers(crm, "PATCH")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, update_of(crm, record, "Prøvesen-Ås"))

        assert settled(ledger, crm) == ["done"]
        assert ledger.fetch("select observed, delivered from ledger.observations") == [
            ('"Prøvesen-Ås"', "Prøvesen-Ås")
        ]


def test_an_update_that_did_not_arrive_may_be_sent_again(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    crm.answer_next("PATCH", lambda request: Response("down", status=502))
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, update_of(crm, record, "Prøvesen-Ås"))
        at_once = settled(ledger, crm)
        crm.clock.advance(61)

        assert at_once == ["open"]  # it may still be under way
        assert settled(ledger, crm) == ["not_applied"]
        assert ledger.fetch("select * from ledger.observations") == []


def test_an_update_that_shows_what_may_have_come_of_it_awaits_its_answer(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    loses_answers(crm, "PATCH")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, update_of(crm, record, "Prøvesen-Ås"))
        crm.simulator.edit("contacts", record["id"], {"familyName": "PRØVESEN ÅS"})

        assert settled(ledger, crm) == ["done"]
        assert ledger.fetch(
            "select observed, delivered, awaits_answer from ledger.observations"
        ) == [('"Prøvesen-Ås"', "Prøvesen-Ås", True)]


def test_what_somebody_typed_over_an_update_before_we_looked_is_an_edit(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    loses_answers(crm, "PATCH")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, update_of(crm, record, "Prøvesen-Ås"))
        crm.simulator.edit("contacts", record["id"], {"familyName": "Testesen"})

        at_once = settled(ledger, crm)
        crm.clock.advance(61)

        assert at_once == ["open"]  # ours may still be under way
        assert settled(ledger, crm) == ["moved"]
        assert ledger.fetch("select * from ledger.observations") == []


def test_an_update_that_never_arrived_and_was_overtaken_is_decided_anew(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert(
        "contacts", {"familyName": "Prøvesen", "givenName": "Ola"}
    )
    crm.answer_next("PATCH", lambda request: Response("down", status=502))
    wanted = update_of(crm, record, "Prøvesen-Ås")
    both = replace(
        wanted, changes=[*wanted.changes, setting("Fornavn", "givenName", "Ole", "Ola")]
    )
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, both)
        crm.simulator.edit("contacts", record["id"], {"familyName": "Testesen"})

        # Ours may still be under way, and would look like a newer edit then.
        assert settled(ledger, crm) == ["open"]
        crm.clock.advance(61)
        assert settled(ledger, crm) == ["moved"]
        assert ledger.fetch("select * from ledger.observations") == []


def test_an_update_of_a_record_that_is_gone_is_closed(
    tmp_path: Path, crm: Meeting
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    loses_answers(crm, "PATCH")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, update_of(crm, record, "Prøvesen-Ås"))
        crm.simulator.remove("contacts", record["id"])

        assert settled(ledger, crm) == ["gone"]


@pytest.mark.parametrize(
    ("arrived", "status"), [(True, "done"), (False, "not_applied")]
)
def test_a_delete_is_settled_by_looking(
    tmp_path: Path, crm: Meeting, arrived: bool, status: str
) -> None:
    record = crm.simulator.insert("contacts", {"familyName": "Prøvesen"})
    delete = Intent(
        "w1", "run 1", "delete", TO_CONTACTS, "crmoffice", "contacts", record["id"],
        ANSATT, (), None,
    )  # fmt: skip
    if arrived:
        crm.simulator.remove("contacts", record["id"])
    with opened(tmp_path, crm) as ledger:
        Journal(ledger).intent(delete)

        assert settled(ledger, crm) == [status]
        assert open_writes(ledger) == []


def test_writes_to_a_system_that_is_down_stay_open_and_the_others_are_settled(
    tmp_path: Path, crm: Meeting, shop: Meeting
) -> None:
    loses_answers(crm, "POST")
    loses_answers(shop, "POST")
    both = {"crmoffice": crm.http, "customwebshop": shop.http}
    with opened(tmp_path, crm) as ledger:
        plan = plan_of(NEW_CUSTOMER, NEW_CONTACT)
        push(plan, ledger, SYSTEMS, both, run_id="run 1")
        crm.simulator.before.append(lambda request: Response(status=401))

        found = settle_open_writes(
            ledger, SYSTEMS, both, run_id="run 2", settle_seconds=60
        )

        statuses = {each.intent.system_name: each.status for each in found}
        assert statuses == {"customwebshop": "done", "crmoffice": "open"}
        assert [each.intent.system_name for each in open_writes(ledger)] == [
            "crmoffice"
        ]


def test_writes_to_a_system_that_is_not_configured_stay_open(
    tmp_path: Path, crm: Meeting
) -> None:
    loses_answers(crm, "POST")
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)

        found = settle_open_writes(
            ledger, SYSTEMS, {}, run_id="run 2", settle_seconds=60
        )

        assert [each.status for each in found] == ["open"]


def test_settling_nothing_changes_not_one_byte(tmp_path: Path, crm: Meeting) -> None:
    with opened(tmp_path, crm) as ledger:
        pushed(ledger, crm, NEW_CONTACT)
    before = (tmp_path / "ledger.duckdb").read_bytes()

    with opened(tmp_path, crm) as ledger:
        assert settled(ledger, crm) == []

    assert (tmp_path / "ledger.duckdb").read_bytes() == before
