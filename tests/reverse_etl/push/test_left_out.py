"""What goes together is left out together, and what may not be left out refuses all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connections.machine import crash_points
from simulators.faults.plan import Fault
from tests.reverse_etl.meeting import Meeting
from tests.reverse_etl.planning import events
from tests.reverse_etl.push.refusing import (
    PLACES,
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
