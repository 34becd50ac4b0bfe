"""What a policy does about a record that is gone, and what stops too much of it."""

import pytest
from werkzeug.wrappers import Request, Response

from ledger.ledger import open_ledger
from lenke.run.guards import StoppedByGuard
from simulators.kit.exact_json import dumps, loads
from tests.circle.conftest import Meeting
from tests.circle.test_gone import TO_CONTACTS, TO_PMS, TO_SHOP, findings
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

TO_PROJECTS = "tidsbanken_prosjekt__custompms_project"
TO_EMPLOYEES = "tidsbanken_ansatt__powerofficego_employees"


def policy(flow: str, column: str, value: str) -> str:
    """Give the change of the seed that sets a policy."""
    return f"update seeds.flows set {column} = '{value}' where flow = '{flow}'"


@pytest.mark.every_day
def test_what_was_deleted_is_deleted_unless_it_was_edited(meeting: Meeting) -> None:
    first, second = (meeting.linked(TO_SHOP)[key] for key in ("K1", "K2"))
    pms = meeting.linked(TO_PMS)["K1"]
    for key in ("K1", "K2"):
        meeting.systems["tidsbanken"].remove("kunde", key)
    meeting.edit("customwebshop", "customer", second, marketingConsent=True)

    with seeds_changed(policy(TO_SHOP, "on_source_gone", "delete")):
        report = meeting.sync(full=True)

        assert report.writes["customwebshop"]["delete"] == 1
        assert meeting.get("customwebshop", "customer", first)["deletedAt"]
        assert meeting.get("customwebshop", "customer", second)["deletedAt"] is None
        assert meeting.get("custompms", "customer", pms)["deletedAt"] is None
        assert f"customwebshop:customer:{second}" in findings(
            meeting, "kept_after_edit"
        )
        meeting.sync(full=True)
        assert meeting.writes() == {}


def test_a_target_is_set_inactive(meeting: Meeting) -> None:
    employee = meeting.linked(TO_EMPLOYEES)["415"]
    meeting.systems["tidsbanken"].remove("ansatt", "415")

    with seeds_changed(policy(TO_EMPLOYEES, "on_source_gone", "deactivate")):
        meeting.sync(full=True)

        assert meeting.get("powerofficego", "employees", employee)["IsArchived"]
        meeting.sync(full=True)
        assert meeting.writes() == {}


def test_a_target_that_is_gone_is_made_anew_with_the_edit(meeting: Meeting) -> None:
    old = meeting.linked(TO_CONTACTS)["411"]
    meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Ny Kari")
    meeting.systems["crmoffice"].remove("contacts", old)

    with seeds_changed(policy(TO_CONTACTS, "on_target_gone", "recreate")):
        meeting.sync(full=True)

        new = meeting.linked(TO_CONTACTS)["411"]
        assert new != old
        assert meeting.get("crmoffice", "contacts", new)["givenName"] == "Ny Kari"
        meeting.sync(full=True)
        meeting.sync(full=True)
        assert meeting.writes() == {}


def test_a_mark_of_deletion_is_taken_away(meeting: Meeting) -> None:
    project = meeting.linked(TO_PROJECTS)["20001"]
    meeting.edit("tidsbanken", "prosjekt", "20001", Navn="Endret likevel")
    meeting.systems["custompms"].remove("project", project)
    projects = len(meeting.systems["custompms"].records("project"))

    with seeds_changed(policy(TO_PROJECTS, "on_target_gone", "recreate")):
        meeting.sync()
        meeting.sync()

    assert meeting.linked(TO_PROJECTS)["20001"] == project
    assert meeting.get("custompms", "project", project)["deletedAt"] is None
    assert meeting.get("custompms", "project", project)["name"] == "Endret likevel"
    assert len(meeting.systems["custompms"].records("project")) == projects


@pytest.mark.every_day
def test_an_empty_listing_ends_and_deletes_nothing(meeting: Meeting) -> None:
    links = meeting.linked(TO_PMS)

    def empty(request: Request, answer: Response) -> Response:
        if request.method == "GET" and request.path.endswith("/Kunde"):
            return Response('{"value": []}', mimetype="application/json")
        return answer

    meeting.systems["tidsbanken"].after.append(empty)
    with seeds_changed(policy(TO_PMS, "on_source_gone", "delete")):
        report = meeting.sync(full=True)
    meeting.systems["tidsbanken"].after.remove(empty)

    assert report.exit_code == 4
    assert meeting.linked(TO_PMS) == links
    assert meeting.writes() == {}


def test_a_half_listing_ends_and_deletes_nothing(meeting: Meeting) -> None:
    links = meeting.linked(TO_CONTACTS)

    def half(request: Request, answer: Response) -> Response:
        if request.method == "GET" and request.path.endswith("/contacts"):
            items = loads(answer.get_data(as_text=True))["items"]
            rest = {"items": items[: len(items) // 2]}
            return Response(dumps(rest), mimetype="application/json")
        return answer

    meeting.systems["crmoffice"].after.append(half)
    meeting.sync(full=True)
    meeting.systems["crmoffice"].after.remove(half)

    assert meeting.linked(TO_CONTACTS) == links
    assert meeting.writes() == {}


def test_a_system_that_answers_404_to_everything_ends_nothing(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = meeting.linked(TO_CONTACTS)
    monkeypatch.setenv("LENKE__MASS_CHANGE_COUNT", "2")
    meeting.clock.advance(25 * 3600)  # what was read singly before is asked for again

    def nothing(request: Request, answer: Response) -> Response:
        if request.method == "GET" and "/contacts/" in request.path:
            return Response('{"error": "not_found"}', 404, mimetype="application/json")
        if request.method == "GET" and request.path.endswith("/contacts"):
            items = loads(answer.get_data(as_text=True))["items"]
            theirs = [one for one in items if one["id"] not in links.values()]
            return Response(dumps({"items": theirs}), mimetype="application/json")
        return answer

    meeting.systems["crmoffice"].after.append(nothing)
    with pytest.raises(StoppedByGuard, match="links are gone"):
        meeting.sync(full=True)
    meeting.systems["crmoffice"].after.remove(nothing)

    with open_ledger(meeting.home.ledger, meeting.clock) as ledger:
        assert ledger.fetch("select max(exit_code) from ledger.runs") == [(4,)]
    meeting.sync(full=True)
    assert meeting.linked(TO_CONTACTS) == links
    assert meeting.writes() == {}
