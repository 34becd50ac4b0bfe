"""Writes that meet a fault, with the real push: what is written down, found out, sent
again. docs/faults.md has the table.

A write is sent again exactly when it was not applied, and ends in one record.
"""

from collections.abc import Callable

import pytest
from werkzeug.wrappers import Response

from tests.reverse_etl.planning import (
    events,
    links,
)
from tests.reverse_etl.push.scene import (
    CREATES,
    MADE_TWICE_WHEN_SENT_TWICE,
    PLACES,
    SYSTEMS,
    TURNED_AWAY_FOR_A_WHILE,
    UNCLEAR,
    WITH_AN_ANSWER_TO_READ,
    WRITES,
    Scene,
)


@pytest.mark.parametrize(("name", "operation"), WRITES)
def test_an_unclear_write_is_looked_for_and_sent_again_only_if_it_is_not_there(
    name: str, operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, operation)
    before = len(scene.records())
    unclear: tuple[str, ...] = UNCLEAR
    if (name, operation) in MADE_TWICE_WHEN_SENT_TWICE:
        unclear += ("unavailable_seconds",)
    for number, kind in enumerate(unclear):
        scene.befalls(kind, operation)
        after = f"Nordlys {kind}"

        outcome = scene.push(scene.wanted(operation, after, number))
        applied = after in scene.names()
        found = scene.settle()

        assert outcome == {"unknown": 1}, kind
        assert found == ["done" if applied else "not_applied"], kind
        if not applied:
            again = scene.wanted(operation, after, number)
            assert scene.push(again) == {operation: 1}, kind
        assert scene.names().count(after) == 1, kind
    created = len(unclear) if operation == "create" else 0
    assert len(scene.records()) == before + created


@pytest.mark.parametrize("operation", ["create", "update"])
def test_a_write_whose_answer_cannot_be_read_is_found_out_about(
    operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage("customwebshop", operation)
    for number, kind in enumerate(WITH_AN_ANSWER_TO_READ):
        scene.befalls(kind, operation)

        outcome = scene.push(scene.wanted(operation, f"Nordlys {kind}", number))

        assert outcome == {"unknown": 1}, kind
        assert scene.settle() == ["done"], kind
        assert scene.names().count(f"Nordlys {kind}") == 1, kind


@pytest.mark.parametrize(
    ("name", "operation"),
    [(name, "create") for name in CREATES] + [("customwebshop", "update")],
)
def test_a_write_that_is_answered_with_another_record_is_looked_for(
    name: str, operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, operation)
    wanted = scene.wanted(operation, "Nordlys")
    entity, _, member, _ = PLACES[name]
    other = scene.system.simulator.insert(entity, {member: "En annen"})
    scene.befalls("other_record", operation)

    assert scene.push(wanted) == {"unknown": 1}
    assert scene.settle() == ["done"]
    assert sorted(scene.names()) == ["En annen", "Nordlys"]
    key = f"{name}:{entity}:{other['id']}"
    assert not scene.ledger.fetch(
        "select 1 from ledger.observations where record_key = ? "
        "union all select 1 from ledger.links where target_key = ?",
        [key, key],
    )


def test_a_create_that_is_answered_with_a_linked_record_makes_no_second_star(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("crmoffice", "create")
    assert scene.push(scene.wanted("create", "Nordlys", 1)) == {"create": 1}
    scene.befalls("other_record", "create")

    outcome = scene.push(scene.wanted("create", "Nordlys", 2))

    assert outcome == {"unknown": 1}
    assert scene.settle() == ["done"]
    linked = {target for _, target, _ in links(scene.ledger)}
    assert linked == {f"crmoffice:contacts:{each['id']}" for each in scene.records()}
    assert len(linked) == 2


@pytest.mark.parametrize(("name", "operation"), WRITES)
def test_a_write_that_is_turned_away_for_a_while_is_sent_again_at_once(
    name: str, operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, operation)
    turned_away: tuple[str, ...] = TURNED_AWAY_FOR_A_WHILE
    if (name, operation) in MADE_TWICE_WHEN_SENT_TWICE:
        turned_away = turned_away[:-1]
    for kind in turned_away:
        scene.befalls(kind, operation)

    assert scene.push(scene.wanted(operation, "Nordlys")) == {operation: 1}
    assert scene.names() == ["Nordlys"]
    assert scene.faults.reached.total() == len(turned_away)


@pytest.mark.parametrize(("name", "operation"), WRITES)
def test_a_system_that_wants_a_year_of_patience_gets_the_write_in_another_run(
    name: str, operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, operation)
    scene.befalls("too_many_year", operation)

    assert scene.push(scene.wanted(operation, "Nordlys")) == {"unknown": 1}
    assert scene.settle() == ["not_applied"]
    assert scene.push(scene.wanted(operation, "Nordlys")) == {operation: 1}


@pytest.mark.parametrize("kind", ["refused", "forbidden"])
@pytest.mark.parametrize(("name", "operation"), WRITES)
def test_a_record_that_is_refused_is_written_down_with_the_reason(
    kind: str, name: str, operation: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, operation)
    scene.befalls(kind, operation, member="name")

    assert scene.push(scene.wanted(operation, "Nordlys")) == {"refused": 1}
    [(words,)] = scene.ledger.fetch(
        "select error from ledger.writes where status = 'refused'"
    )
    assert ("name: is not valid" if kind == "refused" else "not this record") in words
    assert scene.settle() == []


@pytest.mark.parametrize("kind", ["value_refused", "value_refused_unnamed"])
def test_a_refused_value_that_can_not_be_left_out_refuses_its_write(
    kind: str, stage: Callable[..., Scene]
) -> None:
    scene = stage("customwebshop", "update")
    scene.befalls(kind, "update", member="name")

    assert scene.push(scene.wanted("update", "Nordlys")) == {"refused": 1}
    assert scene.names() == ["Gammel"]
    assert scene.settle() == []


def test_a_refusal_to_show_a_record_is_written_down_with_what_was_to_be_sent(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("crmoffice", "update")
    scene.befalls("forbidden", "read")

    assert scene.push(scene.wanted("update", "Nordlys")) == {"refused": 1}
    # By what was to be sent the next build knows that it is too early to ask again.
    assert scene.ledger.fetch(
        "select event, payload_hash from ledger.writes where status = 'refused'"
    ) == [("receipt", "payload 0")]


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_edit_between_our_look_and_our_write_is_not_overwritten(
    name: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, "update")
    wanted = scene.wanted("update", "Nordlys")
    entity, _, member, _ = PLACES[name]

    def edit() -> None:
        scene.system.simulator.edit(entity, str(wanted.record_id), {member: "Kari"})

    scene.befalls("person_edits", "any", action=edit)

    assert scene.push(wanted) == {"moved": 1}
    assert scene.names() == ["Kari"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_key_that_is_revoked_in_mid_run_does_not_lose_a_write(
    name: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, "update")
    scene.befalls("token_revoked", "update", count=None)

    outcome = scene.push(scene.wanted("update", "Nordlys"))

    if name == "crmoffice":  # its keys can be renewed
        assert outcome == {"update": 1}
        return
    assert outcome == {"unknown": 1}
    scene.faults.clear()
    assert scene.settle() == ["not_applied"]
    assert scene.names() == ["Gammel"]


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        ("stored_truncated", "Nordlys Bygg", "Nordl"),
        ("stored_trimmed", " Nordlys Bygg", "Nordlys Bygg"),
        ("stored_lower_case", "Nordlys Bygg", "nordlys bygg"),
        ("stored_phone", "+47 40 00 00 01", "40000001"),
    ],
)
@pytest.mark.parametrize("name", ["crmoffice", "tidsbanken"])
def test_what_was_stored_is_read_back_and_noted_beside_what_was_sent(
    kind: str, sent: str, stored: str, name: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, "update")
    scene.befalls(kind, "update", member=PLACES[name][2])

    assert scene.push(scene.wanted("update", sent)) == {"update": 1}
    assert scene.names() == [stored]
    assert scene.ledger.fetch(
        "select json_extract_string(observed, '$'), delivered from ledger.observations"
    ) == [(stored, sent)]


@pytest.mark.parametrize("name", ["crmoffice", "tidsbanken"])
def test_a_write_of_which_nothing_was_stored_is_refused(
    name: str, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, "update")
    scene.befalls("write_ignored", "update")

    assert scene.push(scene.wanted("update", "Nordlys Bygg")) == {"refused": 1}
    assert scene.names() == ["Gammel"]
    [(words,)] = scene.ledger.fetch(
        "select error from ledger.writes where status = 'refused'"
    )
    assert "nothing of it was stored" in words
    assert scene.ledger.fetch("select * from ledger.observations") == []
    assert scene.settle() == []


def test_a_write_that_is_ignored_but_echoed_is_believed_until_it_is_listed(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("customwebshop", "update")
    scene.befalls("write_ignored", "update")

    assert scene.push(scene.wanted("update", "Nordlys")) == {"update": 1}
    assert scene.names() == ["Gammel"]
    assert events(scene.ledger)[-1] == ("receipt", "done")


@pytest.mark.parametrize("kind", ["page_loop", "list_row_missing"])
def test_a_create_is_not_doubled_because_a_listing_is_not_whole(
    kind: str, stage: Callable[..., Scene]
) -> None:
    """Four hundred contacts are on two pages, and ours is behind them."""
    scene = stage("crmoffice", "create")
    for number in range(400):
        scene.system.simulator.insert("contacts", {"familyName": f"Nr {number}"})
    gap = scene.records()[200]["id"]
    scene.befalls("timeout_after", "create")
    scene.befalls(
        kind, "list", count=None, **({} if "loop" in kind else {"record_id": gap})
    )
    assert scene.push(scene.wanted("create", "Nordlys")) == {"unknown": 1}

    found = scene.settle()

    assert found == (["open"] if kind == "page_loop" else ["done"])


@pytest.mark.parametrize("status", [403, 404, 410])
@pytest.mark.parametrize("name", CREATES)
def test_a_list_that_cannot_be_had_does_not_say_that_a_record_is_gone(
    name: str, status: int, stage: Callable[..., Scene]
) -> None:
    scene = stage(name, "create")
    scene.befalls("timeout_after", "create")
    scene.push(scene.wanted("create", "Nordlys"))
    scene.system.answer_next("GET", lambda _: Response("no", status=status))

    assert scene.settle() == ["open"]
    assert scene.settle() == ["done"]


def test_a_member_that_is_not_shown_after_a_write_counts_as_sent_until_it_is_listed(
    stage: Callable[..., Scene],
) -> None:
    scene = stage("crmoffice", "update")
    scene.befalls("member_missing", "read", member="familyName", skip=1)

    assert scene.push(scene.wanted("update", "Nordlys")) == {"update": 1}
    assert scene.ledger.fetch(
        "select observed, awaits_answer from ledger.observations"
    ) == [('"Nordlys"', True)]


@pytest.mark.parametrize("kind", ["member_missing", "member_text_as_object"])
def test_a_member_that_looks_otherwise_than_it_did_is_not_overwritten(
    kind: str, stage: Callable[..., Scene]
) -> None:
    scene = stage("crmoffice", "update")
    scene.befalls(kind, "read", member="familyName")

    assert scene.push(scene.wanted("update", "Nordlys")) == {"moved": 1}
    assert scene.names() == ["Gammel"]
