"""Who takes part: rules about records, and the day from which a flow creates some."""

from datetime import timedelta

import duckdb
import pytest

from lenke.run.guards import StoppedByGuard
from tests.circle.conftest import Meeting
from tests.circle.test_resting import CONTACTS, EMPLOYEES, PMS, SHOP, coverage
from tests.compiled import seeds_changed

pytestmark = pytest.mark.long

PROJECTS = "tidsbanken_prosjekt__custompms_project"


def property_of(system: str, entity: str, name: str, kind: str) -> str:
    """Give the row of a property that no flow keeps in step."""
    return (
        "insert into seeds.entity_properties by name select * replace "
        f"('{name}' as property, '$.{name}' as json_path, '{kind}' as kind) "
        f"from seeds.entity_properties where system_name = '{system}' "
        f"and entity = '{entity}' limit 1"
    )


def rule(flow: str, side: str, name: str, operator: str, value: str = "") -> str:
    """Give a row of record_rules.csv."""
    return (
        "insert into seeds.record_rules values "
        f"('{flow}', '{side}', '{name}', '{operator}', nullif('{value}', ''), 'test')"
    )


LEFT = (
    property_of("tidsbanken", "ansatt", "Sluttet", "boolean"),
    rule(CONTACTS, "source", "Sluttet", "is_not", "true"),
)


@pytest.mark.every_day
def test_who_leaves_and_comes_back_is_merged_like_anybody_who_was_away(
    meeting: Meeting,
) -> None:
    contact, employee = (meeting.linked(each)["412"] for each in (CONTACTS, EMPLOYEES))
    for number, name in (("412", "Ola"), ("411", "Kari"), ("415", "Emoji")):
        meeting.edit("tidsbanken", "ansatt", number, Sluttet=False, Fornavn=name)
    with seeds_changed(*LEFT):
        meeting.sync()
        meeting.edit("tidsbanken", "ansatt", "412", Sluttet=True, Fornavn="Olav")
        meeting.systems["tidsbanken"].insert(
            "ansatt",
            {"Id": 490, "Fornavn": "Gammel", "Etternavn": "Ute", "Sluttet": True},
        )
        meeting.sync()

        assert set(meeting.writes()) == {"powerofficego"}
        assert meeting.get("powerofficego", "employees", employee)["FirstName"] == (
            "Olav"
        )
        assert "490" not in meeting.linked(CONTACTS)
        assert meeting.ask(
            "select rests_because from inspection.links "
            f"where flow = '{CONTACTS}' and source_id = '412'"
        ) == [("excluded",)]
        assert coverage(meeting, CONTACTS, "excluded") == 2

        meeting.edit("crmoffice", "contacts", contact, givenName="Ole", mobilePhone="")
        report = meeting.sync()
        assert meeting.writes() == {}
        assert report.exit_code == 0
        assert (
            meeting.ask(
                "select * from inspection.findings where record_key in "
                f"('crmoffice:contacts:{contact}', 'tidsbanken:ansatt:490')"
            )
            == []
        )

        meeting.edit("tidsbanken", "ansatt", "412", Sluttet=False)
        meeting.sync()

        assert meeting.get("tidsbanken", "ansatt", "412")["Fornavn"] == "Ole"
        assert meeting.get("powerofficego", "employees", employee)["FirstName"] == "Ole"
        assert not meeting.get("tidsbanken", "ansatt", "412")["Mobil"]
        assert ("Olav",) in meeting.ask(
            "select losing_value from inspection.conflicts "
            "where source_key = 'tidsbanken:ansatt:412' and property = 'Fornavn'"
        )
        meeting.sync()
        meeting.sync()
        assert meeting.writes() == {}


def test_more_who_leave_at_once_than_may_unseen_stop_the_run(meeting: Meeting) -> None:
    links = meeting.linked(SHOP)
    with seeds_changed(
        rule(SHOP, "source", "Navn", "does_not_contain", "NORDLYS"),
        "update seeds.limits set limit_value = 3 where limit_name = 'gone_all_count'",
    ):
        with pytest.raises(StoppedByGuard) as stopped:
            meeting.sync()

        assert f"{SHOP}: record_rules.csv leaves out the records of" in str(
            stopped.value
        )
        assert meeting.writes() == {}
        with duckdb.connect(str(meeting.home.ledger), read_only=True) as ledger:
            assert ledger.execute(
                "select count(*) from ledger.ledger.excluded_records where flow = ?",
                [SHOP],
            ).fetchall() == [(0,)]
        report = meeting.sync(allow_mass_change=True)
        assert report.exit_code == 0
        meeting.sync()
    assert meeting.linked(SHOP) == links
    meeting.sync()
    assert meeting.writes() == {}


def test_a_reference_to_who_is_left_out_is_no_finding(meeting: Meeting) -> None:
    with seeds_changed(rule(PMS, "source", "Navn", "does_not_start_with", "Test")):
        meeting.systems["tidsbanken"].insert(
            "kunde", {"Id": "K9", "Navn": "Testkunde AS", "Aktiv": True}
        )
        project = meeting.linked(PROJECTS)["20001"]
        meeting.edit("tidsbanken", "prosjekt", "20001", KundeId="K9", Navn="Flyttet")
        customer = meeting.get("custompms", "project", project)["customerId"]

        meeting.sync()

        held = meeting.get("custompms", "project", project)
        assert (held["name"], held["customerId"]) == ("Flyttet", customer)
        assert "K9" not in meeting.linked(PMS)
        assert (
            meeting.ask(
                "select kind, record_key from inspection.findings "
                "where record_key in "
                f"('custompms:project:{project}', 'tidsbanken:kunde:K9')"
            )
            == []
        )
    meeting.sync()
    meeting.sync()
    assert (
        meeting.get("custompms", "project", project)["customerId"]
        == (meeting.linked(PMS)["K9"])
    )
    meeting.sync()
    assert meeting.writes() == {}


def test_a_flow_creates_from_a_day_on(meeting: Meeting) -> None:
    today = meeting.clock.now.date()
    meeting.clock.advance(86_400)
    for key in range(70, 76):
        meeting.systems["tidsbanken"].insert(
            "kunde", {"Id": f"K{key}", "Navn": f"Ny {key} AS", "Aktiv": True}
        )
    few = (
        "update seeds.limits set limit_value = 3 where limit_name = 'mass_change_count'"
    )
    starts_late = (
        f"update seeds.flows set starts_at = date '{today + timedelta(days=9)}' "
        f"where flow = '{SHOP}'"
    )
    with seeds_changed(few, starts_late):
        meeting.sync(allow_mass_change=True)  # the other flows create them

        assert "K70" not in meeting.linked(SHOP)
        assert "K70" in meeting.linked(PMS)
        assert coverage(meeting, SHOP, "before_start") == 6
        assert (
            meeting.ask(
                "select * from inspection.findings "
                "where record_key = 'tidsbanken:kunde:K70'"
            )
            == []
        )
        meeting.edit("tidsbanken", "kunde", "K1", Navn="Som før AS")
        meeting.sync()
        shop = meeting.linked(SHOP)["K1"]
        assert meeting.get("customwebshop", "customer", shop)["name"] == "Som før AS"

    with (
        seeds_changed(few),
        pytest.raises(StoppedByGuard, match=f"{SHOP} would create"),
    ):
        meeting.sync()
    meeting.sync(allow_mass_change=True)
    assert "K70" in meeting.linked(SHOP)
