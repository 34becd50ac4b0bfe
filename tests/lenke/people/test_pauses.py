"""What rests because a person has said so, and until when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError
from ledger.ledger import Ledger, open_ledger
from lenke.home.places import Home
from lenke.people.pauses import Resting, meant, pause, pauses, resume
from lenke.people.until import moment
from tests.lenke.published import publish

FLOW = "tidsbanken_ansatt__crmoffice_contacts"
NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)
ANNE = Resting("record", "tidsbanken:ansatt:1")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger at noon, in a home with three records."""
    publish(
        tmp_path,
        records=[
            {
                "record_key": key,
                "system": key.split(":")[0],
                "entity": key.split(":")[1],
                "record_id": key.split(":")[2],
                "is_there": True,
            }
            for key in (
                "tidsbanken:ansatt:1",
                "tidsbanken:kunde:1",
                "crmoffice:contacts:7",
            )
        ],
    )
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: NOON) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2h", datetime(2026, 7, 2, 14, tzinfo=UTC)),
        ("1.5d", datetime(2026, 7, 4, 0, tzinfo=UTC)),
        (" 90m ", datetime(2026, 7, 2, 13, 30, tzinfo=UTC)),
        ("2026-07-03", datetime(2026, 7, 2, 22, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 11, 30, 23, tzinfo=UTC)),
        ("2026-07-02T14:30", datetime(2026, 7, 2, 12, 30, tzinfo=UTC)),
        ("2026-07-02T14:30+00:00", datetime(2026, 7, 2, 14, 30, tzinfo=UTC)),
        ("2026-07-02T14:30Z", datetime(2026, 7, 2, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_while_a_day_or_a_time_in_norway(
    typed: str, utc: datetime
) -> None:
    assert moment(typed, NOON) == utc


@pytest.mark.parametrize("typed", ["soon", "", "2", "2026-13-01", "9" * 30 + "d"])
def test_what_is_no_moment_is_refused_with_what_is_accepted(typed: str) -> None:
    with pytest.raises(ConfigurationError, match="2h, 3d"):
        moment(typed, NOON)


@pytest.mark.parametrize("typed", ["2026-07-02", "2026-07-02T14:00", "0h"])
def test_what_is_past_pauses_nothing(typed: str) -> None:
    with pytest.raises(ConfigurationError, match="is past: it is 2026-07-02 14:00 now"):
        moment(typed, NOON)


def test_a_record_a_flow_or_a_system_can_be_meant(ledger: Ledger) -> None:
    home = Home(ledger.path.parent)

    assert meant(home, "crmoffice") == Resting("system", "crmoffice")
    assert meant(home, FLOW) == Resting("flow", FLOW)
    assert meant(home, "7") == Resting("record", "crmoffice:contacts:7")
    assert meant(home, "tidsbanken:ansatt:1") == ANNE
    with pytest.raises(ConfigurationError, match=r"names \d records"):
        meant(home, "1")
    with pytest.raises(ConfigurationError, match=r"Did you mean crmoffice\?"):
        meant(home, "crmofice")
    with pytest.raises(ConfigurationError, match=f"Did you mean {FLOW}"):
        meant(home, FLOW.replace("contacts", "kontakts"))
    with pytest.raises(ConfigurationError, match="Nobody knows a record"):
        meant(home, "tidsbanken:ansatt:99")


def test_what_is_paused_is_resumed_once(ledger: Ledger) -> None:
    words = pause(ledger, ANNE, None, "on leave")

    assert "lenke resume tidsbanken:ansatt:1" in words
    assert pauses(ledger) == {ANNE.name: None}
    resume(ledger, ANNE, None)
    assert pauses(ledger) == {}
    with pytest.raises(ConfigurationError, match=r"is not paused\. Paused: nothing"):
        resume(ledger, ANNE, None)


def test_a_pause_is_over_by_the_clock_and_the_newest_word_counts(
    tmp_path: Path,
) -> None:
    now = NOON
    with open_ledger(tmp_path / "ledger.duckdb", clock=lambda: now) as ledger:
        pause(ledger, ANNE, "2h", None)
        pause(ledger, Resting("flow", FLOW), None, None)
        pause(ledger, Resting("record", "crmoffice:contacts:7"), None, None)
        pause(ledger, Resting("system", "crmoffice"), "1d", None)
        pause(ledger, Resting("system", "crmoffice"), "3h", None)

        assert pauses(ledger) == {
            ANNE.name: datetime(2026, 7, 2, 14),
            FLOW: None,
            "crmoffice:contacts:7": None,
            "crmoffice": datetime(2026, 7, 2, 15),
        }
        now += timedelta(hours=2)
        assert set(pauses(ledger)) == {FLOW, "crmoffice:contacts:7", "crmoffice"}
        now += timedelta(hours=1)
        assert set(pauses(ledger)) == {FLOW, "crmoffice:contacts:7"}


def test_a_record_stands_on_the_side_that_its_links_have_it_on(ledger: Ledger) -> None:
    pause(ledger, ANNE, None, None)
    pause(ledger, Resting("record", "crmoffice:contacts:7"), None, None)

    assert ledger.fetch(
        "select source_key, target_key from ledger.decisions order by all"
    ) == [(ANNE.name, None), (None, "crmoffice:contacts:7")]
