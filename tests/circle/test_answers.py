"""What a system makes of our writes, and what people type meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
CUSTOMERS = "tidsbanken_kunde__customwebshop_customer"


@contextmanager
def answering(
    meeting: Meeting,
    system: str,
    after: Callable[[Request, Response], Response] | None = None,
    before: Callable[[Request], Response | None] | None = None,
) -> Iterator[None]:
    """Let a system answer otherwise for a while."""
    simulator = meeting.systems[system]
    if after:
        simulator.after.append(after)
    if before:
        simulator.before.append(before)
    yield
    if after:
        simulator.after.remove(after)
    if before:
        simulator.before.remove(before)


def kept(meeting: Meeting, system: str, entity: str, key: str, **values: Any) -> None:
    """Let a system store something else, as nobody's edit: its stamp stays."""
    record = meeting.get(system, entity, key)
    meeting.systems[system].database[entity].put(key, {**record, **values})


def unexplained(meeting: Meeting, key: str) -> list[str]:
    """Give what the findings say of answers that nobody can explain."""
    return [
        message
        for (message,) in meeting.ask(
            "select message from inspection.findings "
            f"where kind = 'held_unexplained_answer' and record_key = '{key}'"
        )
    ]


def test_a_cut_that_could_not_be_read_back_is_held_until_a_person_edits(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["411"]
    blind: list[str] = []

    def cut(request: Request, response: Response) -> Response:
        if request.method == "PATCH" and contact in request.path:
            kept(meeting, "crmoffice", "contacts", contact, familyName="Langt")
            blind.append(request.path)
        elif blind and request.method == "GET" and contact in request.path:
            return Response("refused", status=403)
        return response

    meeting.edit("tidsbanken", "ansatt", "411", Etternavn="Langtnavn")
    with answering(meeting, "crmoffice", cut):
        meeting.sync()
    meeting.sync()

    assert blind
    assert meeting.get("tidsbanken", "ansatt", "411")["Etternavn"] == "Langtnavn"
    assert unexplained(meeting, f"crmoffice:contacts:{contact}") == [
        "Not passed on: the system holds something else than we wrote "
        "(we wrote Langtnavn, it holds Langt)."
    ]
    meeting.sync()
    assert meeting.writes() == {}

    meeting.edit("crmoffice", "contacts", contact, familyName="Kortnavn")
    meeting.sync()

    assert meeting.get("tidsbanken", "ansatt", "411")["Etternavn"] == "Kortnavn"
    assert unexplained(meeting, f"crmoffice:contacts:{contact}") == []


def test_a_cut_after_the_echo_is_no_edit(meeting: Meeting) -> None:
    shop = meeting.linked(CUSTOMERS)["K1"]
    meeting.edit("tidsbanken", "kunde", "K1", Navn="Nordlys Byggservice")
    meeting.sync()
    kept(meeting, "customwebshop", "customer", shop, name="Nordlys")

    meeting.sync(full=True)

    assert meeting.get("tidsbanken", "kunde", "K1")["Navn"] == "Nordlys Byggservice"
    assert unexplained(meeting, f"customwebshop:customer:{shop}")


def test_a_held_answer_is_kept_when_another_edit_overwrites_it(
    meeting: Meeting,
) -> None:
    shop = meeting.linked(CUSTOMERS)["K3"]
    key = f"customwebshop:customer:{shop}"
    meeting.edit("tidsbanken", "kunde", "K3", Navn="Fra oss AS")
    meeting.sync()
    kept(meeting, "customwebshop", "customer", shop, name="Fra et menneske AS")
    meeting.sync(full=True)
    assert unexplained(meeting, key)

    meeting.edit("tidsbanken", "kunde", "K3", Navn="Et nytt navn AS")
    meeting.sync()

    assert meeting.get("customwebshop", "customer", shop)["name"] == "Et nytt navn AS"
    assert meeting.ask(
        "select losing_value, rule, status from inspection.conflicts "
        f"where losing_key = '{key}' and property = 'Navn'"
    ) == [("Fra et menneske AS", "unexplained_answer", "open")]


def test_an_edit_between_our_write_and_the_next_listing_spreads(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["412"]

    def unreadable(request: Request, response: Response) -> Response:
        wrote = "PATCH" in [
            call.method for call in meeting.systems["crmoffice"].requests
        ]
        if wrote and request.method == "GET" and contact in request.path:
            return Response("refused", status=403)
        return response

    meeting.edit("tidsbanken", "ansatt", "412", Etternavn="Fra oss")
    with answering(meeting, "crmoffice", unreadable):
        meeting.sync()
    meeting.edit("crmoffice", "contacts", contact, familyName="Fra et menneske")

    meeting.sync()

    assert meeting.get("tidsbanken", "ansatt", "412")["Etternavn"] == "Fra et menneske"
    assert unexplained(meeting, f"crmoffice:contacts:{contact}") == []


def test_an_answer_that_lied_is_found_and_brings_no_old_value_back(
    meeting: Meeting,
) -> None:
    shop = meeting.linked(CUSTOMERS)["K2"]
    before = meeting.get("customwebshop", "customer", shop)

    def lying(request: Request, response: Response) -> Response:
        if request.method == "PATCH":
            meeting.systems["customwebshop"].database["customer"].put(shop, before)
        return response

    meeting.edit("tidsbanken", "kunde", "K2", Navn="Nytt navn AS")
    with answering(meeting, "customwebshop", lying):
        meeting.sync()
    meeting.sync(full=True)

    assert meeting.get("tidsbanken", "kunde", "K2")["Navn"] == "Nytt navn AS"
    assert unexplained(meeting, f"customwebshop:customer:{shop}")
    meeting.sync()
    assert meeting.writes() == {}


def test_a_write_that_is_accepted_and_ignored_is_found_and_not_repeated(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["415"]

    def ignoring(request: Request) -> Response | None:
        return Response(status=204) if request.method == "PATCH" else None

    meeting.clock.advance(30 * 86400)  # the models wait by the clock on the wall
    meeting.edit("tidsbanken", "ansatt", "415", Etternavn="Ingen hører")
    with answering(meeting, "crmoffice", before=ignoring):
        report = meeting.sync()
        meeting.sync()

        assert report.writes["crmoffice"]["refused"] == 1
        assert meeting.writes() == {}
    assert meeting.get("tidsbanken", "ansatt", "415")["Etternavn"] == "Ingen hører"
    assert "nothing of it was stored" in str(
        meeting.ask(
            "select message from inspection.findings where kind = 'held_refused' "
            f"and record_key = 'crmoffice:contacts:{contact}'"
        )
    )
    meeting.edit("tidsbanken", "ansatt", "415", Etternavn="Nå høres det")
    meeting.sync()
    assert meeting.get("crmoffice", "contacts", contact)["familyName"] == "Nå høres det"
