"""Another tenant behind the same ledger: it is not asked until a person accepts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from typer.testing import CliRunner

from connections.http.errors import ConfigurationError, StopRun
from lenke.cli import app
from lenke.commands import doctor
from lenke.run import circle
from lenke.run.guards import StoppedByGuard
from lenke.run.run import RunOptions
from simulators.tidsbanken import TEST_TB_KEY
from tests.circle.conftest import Meeting

pytestmark = pytest.mark.long

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"


@contextmanager
def with_settings(**settings: str) -> Iterator[None]:
    """Let Tidsbanken be configured otherwise."""
    names = {f"SOURCES__TIDSBANKEN__{k}".upper(): v for k, v in settings.items()}
    with mock.patch.dict("os.environ", names):
        yield


def asked(meeting: Meeting) -> int:
    """Say how much Tidsbanken has been asked for since the run began."""
    return len(meeting.systems["tidsbanken"].requests)


def test_another_tenant_is_neither_read_nor_written_until_a_person_accepts_it(
    meeting: Meeting,
) -> None:
    contact = meeting.linked(CONTACTS)["411"]
    meeting.sync()
    kept = meeting.get("tidsbanken", "ansatt", "411")
    with with_settings(tb_key=TEST_TB_KEY):
        meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Fremmed")

        planned = meeting.plan()
        asked_by_plan = asked(meeting)
        rested = meeting.sync(full=True, allow_mass_change=True)
        asked_by_sync = asked(meeting)
        again = meeting.sync()

    assert planned.exit_code == rested.exit_code == again.exit_code == 4
    assert asked_by_plan == asked_by_sync == asked(meeting) == 0
    assert meeting.writes() == {}
    [words] = rested.warnings
    assert "tb_key is another one" in words
    assert TEST_TB_KEY not in words
    assert "lenke doctor --accept tidsbanken" in words
    assert meeting.ask(
        "select record_key from inspection.findings where kind = 'another_tenant'"
    ) == [("tidsbanken",)]
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == kept["Fornavn"]

    meeting.edit("tidsbanken", "ansatt", "411", Fornavn="Hjemme Igjen")
    back = meeting.sync()

    assert back.exit_code == 0
    assert meeting.get("crmoffice", "contacts", contact)["givenName"] == "Hjemme Igjen"


def test_what_a_person_accepts_is_read_anew(meeting: Meeting) -> None:
    links = meeting.linked(CONTACTS)
    with with_settings(base_url="http://127.0.0.1:3"):
        assert meeting.sync().exit_code == 4
        found = {
            each.system: each for each in doctor.examine(meeting.home, meeting.around)
        }
        assert not found["tidsbanken"].works
        assert "lenke doctor --accept tidsbanken" in found["tidsbanken"].words
        doctor.accept_tenants(meeting.home, ["tidsbanken"], meeting.around)

        accepted = meeting.sync()

        assert accepted.exit_code == 0
        assert accepted.loaded["tidsbanken"]["ansatt"] == len(
            meeting.systems["tidsbanken"].records("ansatt")
        )
        assert meeting.linked(CONTACTS) == links
        assert meeting.writes() == {}
        assert meeting.sync().exit_code == 0
    assert meeting.sync().exit_code == 4  # the settings of before are another one's now
    doctor.accept_tenants(meeting.home, ["tidsbanken"], meeting.around)
    assert meeting.sync().exit_code == 0


def test_a_plan_is_not_pushed_to_another_tenant(meeting: Meeting) -> None:
    meeting.edit("tidsbanken", "ansatt", "412", Fornavn="Planlagt")
    meeting.plan()

    with (
        with_settings(base_url="http://127.0.0.1:4"),
        pytest.raises(StoppedByGuard, match="another tenant"),
    ):
        circle.push(meeting.home, RunOptions(), meeting.around)

    assert meeting.writes() == {}
    assert meeting.sync().exit_code == 0


def test_what_does_not_answer_or_is_not_there_is_not_accepted(
    meeting: Meeting,
) -> None:
    with pytest.raises(ConfigurationError, match="is not configured"):
        doctor.accept_tenants(meeting.home, ["nowhere"], meeting.around)
    with (
        with_settings(tb_key="a-key-that-nobody-gave"),
        pytest.raises(StopRun, match="tidsbanken was not accepted"),
    ):
        doctor.accept_tenants(meeting.home, ["tidsbanken"], meeting.around)

    assert meeting.sync().exit_code == 0


def test_a_home_that_is_no_copy_has_nothing_to_accept(meeting: Meeting) -> None:
    assert doctor.accept_home(meeting.home) == []
    (meeting.home.folder / "home.mark").unlink()

    planned = CliRunner().invoke(app, ["plan"])

    assert planned.exit_code == 2
    assert "lenke doctor --accept-home" in " ".join(planned.stderr.split())
    assert doctor.accept_home(meeting.home) == ["crmoffice"]
    assert meeting.sync().exit_code == 0
