"""What real systems do: grant some record types only, serve dates with a time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug.wrappers import Request, Response

from lenke.commands import doctor
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

KUNDE_TO_CUSTOMERS = "tidsbanken_kunde__powerofficego_customers"
_PLAIN_DATE = re.compile(r'(?<=Date":")\d{4}-\d{2}-\d{2}(?=")')
SILENT = Response(status=403)
SEEN_LIVE = Response('{"title": "Missing privilege", "status": 400}', 400)


@contextmanager
def refusing(
    meeting: Meeting, system: str, path: str, answer: Response = SILENT
) -> Iterator[None]:
    """Let a system refuse everything below a path."""

    def refuse(request: Request) -> Response | None:
        return answer if request.path.lower().startswith(path) else None

    meeting.systems[system].before.append(refuse)
    try:
        yield
    finally:
        meeting.systems[system].before.remove(refuse)


def kinds(meeting: Meeting) -> list[tuple[str, str]]:
    """Give kind and record of the findings about systems and entities."""
    return [
        (kind, key)
        for kind, key in meeting.ask("select kind, record_key from inspection.findings")
        if kind.startswith(("system_", "entity_", "absent_", "record_gone"))
    ]


@pytest.mark.parametrize(
    "answer", [SEEN_LIVE, pytest.param(SILENT, marks=pytest.mark.long)]
)
def test_an_entity_that_is_not_granted_rests_and_the_rest_of_its_system_goes_on(
    meeting: Meeting, answer: Response
) -> None:
    [kunde, *_] = meeting.linked(KUNDE_TO_CUSTOMERS)
    customer = meeting.linked(KUNDE_TO_CUSTOMERS)[kunde]
    name = f"Nytt navn {answer.status_code} AS"
    before = meeting.get("powerofficego", "customers", customer)
    links = meeting.ask("select count(*) from inspection.links where ended_at is null")
    meeting.edit("tidsbanken", "kunde", kunde, Navn=name)
    meeting.edit("tidsbanken", "ansatt", "411", Etternavn=f"Ås {answer.status_code}")

    with refusing(meeting, "powerofficego", "/v2/customers", answer):
        report = meeting.sync(full=True)
        unseen = kinds(meeting)
        shown = meeting.get("powerofficego", "customers", customer)
        meeting.edit(
            "powerofficego", "customers", customer, EmailAddress="ny@x.example"
        )
        again = meeting.sync(full=True)

    assert (report.exit_code, again.exit_code) == (3, 3)
    assert any("powerofficego customers rests" in words for words in report.warnings)
    assert unseen == [("entity_not_granted", "powerofficego:customers")]
    assert shown == before
    assert links == meeting.ask(
        "select count(*) from inspection.links where ended_at is null"
    )
    [employee] = [
        row
        for row in meeting.systems["powerofficego"].records("employees")
        if row["Number"] == 411
    ]
    assert employee["LastName"] == f"Ås {answer.status_code}"
    shop = [row["name"] for row in meeting.systems["customwebshop"].records("customer")]
    assert name in shop

    granted = meeting.sync()

    assert granted.exit_code == 0
    assert meeting.get("powerofficego", "customers", customer)["Name"] == name
    assert meeting.get("tidsbanken", "kunde", kunde)["Epost"] == "ny@x.example"
    assert kinds(meeting) == []
    assert sum(meeting.sync().writes.get("powerofficego", {}).values()) == 0


def test_a_reference_through_a_resting_flow_still_translates(meeting: Meeting) -> None:
    contacts = meeting.linked("tidsbanken_ansatt__crmoffice_contacts")
    activities = meeting.linked("tidsbanken_prosjekt__crmoffice_activities")
    [project, *_] = activities
    meeting.edit("tidsbanken", "prosjekt", project, AnsvarligId=415)

    with refusing(meeting, "crmoffice", "/contacts"):
        report = meeting.sync(full=True)

    assert report.exit_code == 3
    activity = meeting.get("crmoffice", "activities", activities[project])
    assert activity["ownerId"] == contacts["415"]


def test_a_system_that_grants_nothing_rests_as_one_that_cannot_be_read(
    meeting: Meeting,
) -> None:
    with refusing(meeting, "powerofficego", "/v2/"):
        report = meeting.sync()

    assert report.exit_code == 3
    assert kinds(meeting) == [("system_not_read", "powerofficego")]
    assert meeting.sync().exit_code == 0


def test_dates_that_are_served_with_a_time_are_no_edit(meeting: Meeting) -> None:
    def with_times(_request: Request, response: Response) -> Response:
        body = response.get_data(as_text=True)
        response.set_data(_PLAIN_DATE.sub(r"\g<0>T00:00:00", body))
        return response

    served = [meeting.systems[name] for name in ("custompms", "customwebshop")]
    for system in served:
        system.after.append(with_times)
    report = meeting.sync(full=True)
    before = meeting.writes()
    meeting.edit("tidsbanken", "prosjekt", "20001", StartDato="2025-04-01T00:00:00")
    meeting.sync()
    meeting.sync(full=True)
    after = meeting.writes()
    for system in served:
        system.after.remove(with_times)

    assert (report.exit_code, report.conflicts, before, after) == (0, 0, {}, {})
    project = meeting.linked("tidsbanken_prosjekt__custompms_project")["20001"]
    shown = meeting.get("custompms", "project", project)
    assert shown["startDate"] == "2025-04-01"


def test_doctor_names_each_entity_that_is_not_granted(meeting: Meeting) -> None:
    with (
        refusing(meeting, "tidsbanken", "/prosjekt/kunde"),
        refusing(meeting, "tidsbanken", "/ansatt/avdeling"),
    ):
        found = {
            each.system: each for each in doctor.examine(meeting.home, meeting.around)
        }

    assert not found["tidsbanken"].works
    assert "kunde can't be read" in found["tidsbanken"].words
    assert "avdeling can't be read" in found["tidsbanken"].words
    assert "prosjekt can't be read" not in found["tidsbanken"].words
    assert all(each.works for each in found.values() if each.system != "tidsbanken")
