"""A clock that is wrong, or was: nothing is doubled, passed over or lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lenke.run import circle
from lenke.run.report import RunReport
from lenke.run.run import RunOptions
from tests.circle.conftest import Meeting
from tests.circle.test_unsure_creates import CONTACTS, called, hired, losing_creates

pytestmark = pytest.mark.long


def _sync_ahead(meeting: Meeting, ahead: timedelta) -> RunReport:
    """Run with a clock of ours that is ahead of those of the systems."""
    meeting.clock.advance(60)
    around = replace(meeting.around, clock=lambda: meeting.clock() + ahead)
    return circle.sync(meeting.home, RunOptions(), around)


def test_what_a_clock_far_ahead_cannot_find_is_not_created_once_more(
    meeting: Meeting,
) -> None:
    ahead = timedelta(minutes=10)
    hired(meeting, 811, "Foran", "Klokke")
    with losing_creates(meeting, "crmoffice", "/contacts"):
        _sync_ahead(meeting, ahead)

    for _ in range(2):
        _sync_ahead(meeting, ahead)

    [contact] = called(meeting, "crmoffice", "contacts", familyName="Klokke")
    assert "811" not in meeting.linked(CONTACTS)
    assert meeting.ask(
        "select record_key from inspection.findings where kind = 'possible_double'"
    ) == [(f"crmoffice:contacts:{contact}",)]


def test_after_a_run_in_the_future_nothing_is_passed_over(meeting: Meeting) -> None:
    _sync_ahead(meeting, timedelta(hours=20))
    hired(meeting, 812, "Senere", "Ansatt")

    report = meeting.sync()

    assert "812" in meeting.linked(CONTACTS)
    assert "The clock went back" in report.warnings[0]
    meeting.sync()
    assert meeting.writes() == {}
