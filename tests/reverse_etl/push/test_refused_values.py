"""A value that a system refuses waits by itself: what stands beside it arrives.

Every system is met with an answer that names the value, and with one that does not.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from connections.machine import crash_points
from ledger.ledger import Ledger, open_ledger
from reverse_etl import (
    crmoffice,
    custompms,
    customwebshop,
    membercare,
    powerofficego,
    tidsbanken,
)
from reverse_etl.push.push import push
from reverse_etl.wire.system import System
from simulators.faults.plan import Fault, Faults
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import TO_SHOP, Wanted, events, plan_of, setting

SYSTEMS: dict[str, System] = {
    "crmoffice": crmoffice,
    "custompms": custompms,
    "customwebshop": customwebshop,
    "membercare": membercare,
    "powerofficego": powerofficego,
    "tidsbanken": tidsbanken,
}

# Per system: entity, what a record holds, what is written, the member that is refused.
# The first member stands for what may not be left out.
PLACES: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "crmoffice": (
        "contacts",
        {"familyName": "Gammel", "givenName": "Kari", "mobilePhone": "+4790000001"},
        {"familyName": "Ny", "givenName": "Karin", "mobilePhone": "+4790000002"},
        "mobilePhone",
    ),
    "custompms": (
        "customer",
        {"name": "Gammel", "email": "a@b.no", "phone": "+4790000001"},
        {"name": "Ny", "email": "ny@b.no", "phone": "+4790000002"},
        "email",
    ),
    "customwebshop": (
        "customer",
        {"name": "Gammel", "email": "a@b.no", "phone": "+4790000001"},
        {"name": "Ny", "email": "ny@b.no", "phone": "+4790000002"},
        "phone",
    ),
    "powerofficego": (
        "employees",
        {"FirstName": "Gammel", "EmailAddress": "a@b.no", "PhoneNumber": "90000001"},
        {"FirstName": "Ny", "EmailAddress": "ny@b.no", "PhoneNumber": "90000002"},
        "EmailAddress",
    ),
    "tidsbanken": (
        "kunde",
        {"Id": "K7", "Navn": "Gammel", "Epost": "a@b.no", "Telefon": "90000001"},
        {"Navn": "Ny", "Epost": "ny@b.no", "Telefon": "90000002"},
        "Epost",
    ),
}
_MORE = {"powerofficego": {"LastName": "Eksempel"}}


@dataclass(frozen=True)
class Scene:
    """A system with one record, a ledger, and what befalls the next writes."""

    system: Meeting
    ledger: Ledger
    faults: Faults

    @property
    def name(self) -> str:
        """The system's name."""
        return self.system.http.system

    def refuses(self, kind: str, operation: str, member: str) -> None:
        """Let it take no new value of a member from now on."""
        entity = PLACES[self.name][0]
        self.faults.add(
            Fault(kind, self.name, operation, entity, member=member, count=None)
        )

    def record(self) -> dict[str, Any]:
        """Give the only record as it stands."""
        [record] = self.system.simulator.records(PLACES[self.name][0])
        return record

    def wanted(self, operation: str, *, only: tuple[str, ...] = ()) -> Wanted:
        """Want a new value of every member; all but the first may be left out."""
        entity, _, after, _ = PLACES[self.name]
        record = self.record() if operation == "update" else {}
        first = next(iter(after))
        changes = [
            setting(name, name, value, *([record[name]] if record else []))
            | {"unit": None if name == first else f"unit of {name}"}
            for name, value in after.items()
            if not only or name in only
        ]
        return Wanted(
            self.name,
            entity,
            TO_SHOP,
            "tidsbanken:kunde:K7",
            changes,
            operation=operation,
            record_id=str(record.get("id") or record["Id"]) if record else None,
            version=str(record.get("version", "")) or None,
        )

    def push(self, wanted: Wanted) -> dict[str, int]:
        """Send a write; give the outcomes that occurred."""
        connections = {self.name: self.system.http}
        result = push(plan_of(wanted), self.ledger, SYSTEMS, connections, run_id="run")
        return {kind: n for kind, n in result.writes[self.name].items() if n}

    def laid_to(self) -> list[Any]:
        """Give what each refusal is laid to, in the order in which they came."""
        return [
            units
            for (units,) in self.ledger.fetch(
                "select refused_units from ledger.writes "
                "where status = 'refused' order by rowid"
            )
        ]


@pytest.fixture
def stage(
    tmp_path: Any, meet: Callable[..., Meeting]
) -> Iterator[Callable[..., Scene]]:
    """Give `stage(system, operation)`; for an update there is a record."""

    def stage(name: str, operation: str, **knobs: Any) -> Scene:
        meeting = meet(name, **knobs)
        entity, before, _, _ = PLACES[name]
        if operation == "update":
            meeting.simulator.insert(entity, before | _MORE.get(name, {}))
        ledger = opened.enter_context(
            open_ledger(tmp_path / "ledger.duckdb", clock=meeting.clock)
        )
        clock = meeting.clock
        faults = Faults({name: meeting.simulator}, clock=clock, sleep=clock.advance)
        ledger.start_run("sync")
        return Scene(meeting, ledger, faults)

    with ExitStack() as opened:
        yield stage


def assert_all_but_one_arrived(scene: Scene, refused: str) -> None:
    _, before, after, _ = PLACES[scene.name]
    record = scene.record()
    for name, value in after.items():
        expected = before.get(name) if name == refused else value
        assert record[name] == expected, name


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


def test_values_of_a_group_are_left_out_together(stage: Callable[..., Scene]) -> None:
    scene = stage("customwebshop", "update")
    wanted = scene.wanted("update")
    for change in wanted.changes[1:]:
        change["unit"] = "both"
    scene.refuses("value_refused", "update", "phone")

    assert scene.push(wanted) == {"update": 1, "refused": 1}

    record = scene.record()
    assert (record["name"], record["email"], record["phone"]) == (
        "Ny",
        "a@b.no",
        "+4790000001",
    )
    assert scene.laid_to() == ['["both"]']


def test_what_may_not_be_left_out_refuses_the_whole_write(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("customwebshop", "update")
    scene.refuses("value_refused", "update", "name")
    wanted = scene.wanted("update", only=("name",))

    assert scene.push(wanted) == {"refused": 1}
    assert scene.laid_to() == [None]


def test_a_refusal_that_is_no_word_about_a_value_is_not_tried_around(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("customwebshop", "update")
    scene.faults.add(Fault("forbidden", "customwebshop", "update", count=None))

    assert scene.push(scene.wanted("update")) == {"refused": 1}
    assert scene.laid_to() == [None]
    assert len(events(scene.ledger)) == 2


def test_a_system_that_refuses_everything_is_asked_once_for_each_value(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("customwebshop", "update")
    entity = PLACES["customwebshop"][0]
    scene.faults.add(Fault("refused", "customwebshop", "update", entity, count=None))

    assert scene.push(scene.wanted("update")) == {"refused": 1}

    assert scene.laid_to() == ["[]", None, '["unit of email"]', '["unit of phone"]']
    assert scene.record()["name"] == "Gammel"


def test_what_the_record_has_had_before_is_not_suspected(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("tidsbanken", "update")
    wanted = scene.wanted("update")
    wanted.changes[2]["was_accepted"] = True
    scene.refuses("value_refused_unnamed", "update", "Epost")

    assert scene.push(wanted) == {"update": 1, "refused": 1}

    assert_all_but_one_arrived(scene, "Epost")
    assert scene.system.simulator.requests.writes == 3


def test_a_person_who_edits_between_two_attempts_is_not_overwritten(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("tidsbanken", "update")
    wanted = scene.wanted("update")
    scene.refuses("value_refused", "update", "Epost")
    scene.faults.add(
        Fault(
            "person_edits",
            "tidsbanken",
            "read",
            skip=1,
            action=lambda: scene.system.simulator.edit("kunde", "K7", {"Navn": "Hun"}),
        )
    )

    assert scene.push(wanted) == {"moved": 1, "refused": 1}

    record = scene.record()
    assert (record["Navn"], record["Telefon"]) == ("Hun", "90000001")


def test_a_run_that_is_killed_between_two_attempts_leaves_nothing_open(
    stage: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, seen = stage("customwebshop", "update"), []
    scene.refuses("value_refused", "update", "phone")

    def dies(point: str) -> None:
        if point == crash_points.BEFORE_INTENT:
            seen.append(point)
            if len(seen) == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(crash_points, "reached", dies)
    with pytest.raises(KeyboardInterrupt):
        scene.push(scene.wanted("update"))
    monkeypatch.undo()

    assert events(scene.ledger) == [("intent", None), ("receipt", "refused")]
    assert scene.laid_to() == ['["unit of phone"]'], "the next build leaves it out"
    rest = scene.wanted("update", only=("name", "email"))
    assert scene.push(rest) == {"update": 1}
    assert_all_but_one_arrived(scene, "phone")
