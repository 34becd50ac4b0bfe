"""A value that a system refuses waits by itself: what stands beside it arrives.

Every system is met with an answer that names the value, and with one that does not.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.ledger import open_ledger
from reverse_etl.push.push import push
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import Wanted, events, plan_of, setting
from tests.reverse_etl.push.refusing import (
    PLACES,
    SYSTEMS,
    Scene,
    assert_all_but_one_arrived,
    staged,
)


@pytest.fixture
def stage(
    tmp_path: Path, meet: Callable[..., Meeting]
) -> Iterator[Callable[..., Scene]]:
    with staged(tmp_path, meet) as given:
        yield given


@pytest.mark.parametrize("name", PLACES)
def test_a_value_that_the_answer_names_is_left_out_and_the_rest_arrives(
    name: str, stage: Callable[..., Scene]
) -> None:
    scene, member = stage(name, "update"), PLACES[name][3]
    scene.refuses("value_refused", "update", member)

    outcome = scene.push(scene.wanted("update"))

    assert outcome == {"update": 1, "refused": 1}
    assert_all_but_one_arrived(scene, member)
    assert scene.laid_to() == [f'["unit of {member}"]']
    assert events(scene.ledger) == [
        ("intent", None),
        ("receipt", "refused"),
        ("intent", None),
        ("receipt", "done"),
    ]
    [(writes,)] = scene.ledger.fetch(
        "select count(distinct write_id) from ledger.writes"
    )
    assert writes == 2, "the second attempt is an intent of its own"


@pytest.mark.parametrize("name", PLACES)
def test_a_value_that_no_answer_names_is_found_by_trying(
    name: str, stage: Callable[..., Scene]
) -> None:
    scene, member = stage(name, "update"), PLACES[name][3]
    scene.refuses("value_refused_unnamed", "update", member)

    outcome = scene.push(scene.wanted("update"))

    assert outcome == {"update": 1, "refused": 1}
    assert_all_but_one_arrived(scene, member)
    assert scene.laid_to() == ["[]", f'["unit of {member}"]']


@pytest.mark.parametrize("kind", ["value_refused", "value_refused_unnamed"])
@pytest.mark.parametrize("name", ["crmoffice", "custompms", "customwebshop"])
def test_a_new_record_is_made_without_what_is_refused(
    name: str, kind: str, stage: Callable[..., Scene]
) -> None:
    scene, member = stage(name, "create"), PLACES[name][3]
    scene.refuses(kind, "create", member)

    outcome = scene.push(scene.wanted("create"))

    record = scene.record()
    assert outcome == {"create": 1, "refused": 1}
    assert record[next(iter(PLACES[name][2]))] == "Ny"
    assert record[member] is None
    is_named = kind == "value_refused"
    assert scene.laid_to() == [f'["unit of {member}"]' if is_named else "[]"]
    assert scene.ledger.fetch("select count(*) from ledger.links") == [(1,)]


def test_an_own_rule_of_each_system_is_met_in_its_own_words(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("customwebshop", "update")
    wanted = scene.wanted("update")
    wanted.changes[2]["after"] = "ring meg"

    assert scene.push(wanted) == {"update": 1, "refused": 1}

    assert_all_but_one_arrived(scene, "phone")
    assert scene.laid_to() == ['["unit of phone"]']


def test_a_contact_person_gets_its_phone_beside_an_address_with_a_typo(
    meet: Callable[..., Meeting], tmp_path: Any
) -> None:
    office = meet("powerofficego")
    owner = office.simulator.insert("customers", {"Name": "Nordlys"})
    person = office.simulator.insert(
        "contactperson",
        {
            "ContactId": owner["Id"],
            "FirstName": "Ola",
            "LastName": "Nordmann",
            "EmailAddress": "ola@firma.example",
            "PhoneNumber": "90000001",
        },
    )
    key = f"{person['ContactId']}/{person['Id']}"
    wanted = Wanted(
        "powerofficego",
        "contactperson",
        "tidsbanken_ansatt__powerofficego_contactperson",
        "tidsbanken:ansatt:412",
        [
            setting("Epost", "emailAddress", "ola@firma", "ola@firma.example")
            | {"json_path": "$.EmailAddress", "unit": "e"},
            setting("Mobil", "PhoneNumber", "90000002", "90000001") | {"unit": "p"},
        ],
        record_id=key,
        operation="update",
    )
    with open_ledger(tmp_path / "ledger.duckdb", clock=office.clock) as ledger:
        ledger.start_run("sync")
        push(
            plan_of(wanted),
            ledger,
            SYSTEMS,
            {"powerofficego": office.http},
            run_id="run",
        )
        laid = ledger.fetch(
            "select refused_units from ledger.writes where status = 'refused'"
        )

    stored = office.stored("contactperson", key)
    assert (stored["EmailAddress"], stored["PhoneNumber"]) == (
        "ola@firma.example",
        "90000002",
    )
    assert laid == [('["e"]',)]


def test_refused_tests_and_a_refused_value_are_told_apart_in_one_push(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("powerofficego", "update", patch_test="refuse")
    scene.refuses("value_refused_unnamed", "update", "EmailAddress")

    assert scene.push(scene.wanted("update")) == {"update": 1, "refused": 1}

    assert_all_but_one_arrived(scene, "EmailAddress")
    assert scene.laid_to()[-1] == '["unit of EmailAddress"]'
    done = scene.ledger.fetch(
        "select distinct is_unguarded from ledger.writes where status = 'done'"
    )
    assert done == [(True,)], "doctor says so"
