"""Signing in to CRM-Office with a refresh token that rotates."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from connections._errors import (
    ConfigurationError,
    SignInRefused,
    SystemStopped,
)
from connections._http import Http
from connections.crmoffice import TOKEN_FILE, check
from simulators import crmoffice
from simulators._clock import VirtualClock
from simulators._core import Simulator
from simulators._store import Store

Session = Callable[..., Http]


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, clock=clock)


@pytest.fixture
def first_token(crm: Simulator) -> str:
    """The refresh token that a person configured after the consent."""
    return crm.settings("http://localhost")["refresh_token"]


def sign_ins(crm: Simulator) -> int:
    return sum(call.path == "/connect/token" for call in crm.requests)


def test_the_newest_refresh_token_is_kept_and_used_next_time(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    check(session(crm, refresh_token=first_token))

    words = check(session(crm, refresh_token=first_token))

    assert "accepted" in words
    assert sign_ins(crm) == 2
    assert stat.S_IMODE((tmp_path / TOKEN_FILE).stat().st_mode) == 0o600


def test_the_token_is_on_disk_before_the_access_token_is_used(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    kept: list[bool] = []

    def look(request: Request) -> Response | None:
        if request.path == "/users":
            kept.append((tmp_path / TOKEN_FILE).exists())
        return None

    crm.before.append(look)
    check(session(crm, refresh_token=first_token))

    assert kept == [True]


def test_a_newly_configured_token_replaces_the_kept_one(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    check(session(crm, refresh_token=first_token))
    kept = tmp_path / TOKEN_FILE
    kept.write_text(kept.read_text().replace('token": "', 'token": "spent-'))
    fresh = crm.settings("http://localhost")["refresh_token"]

    words = check(session(crm, refresh_token=fresh))

    assert "accepted" in words


def test_a_spent_token_is_refused_with_what_to_do(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    check(session(crm, refresh_token=first_token))
    (tmp_path / TOKEN_FILE).unlink()

    with pytest.raises(SignInRefused, match="consent again") as caught:
        check(session(crm, refresh_token=first_token))

    assert first_token not in str(caught.value)


def test_an_access_token_is_renewed_when_its_hour_is_over(
    crm: Simulator, first_token: str, session: Session, clock: VirtualClock
) -> None:
    http = session(crm, refresh_token=first_token)
    check(http)

    clock.advance(3600)
    check(http)

    assert sign_ins(crm) == 2
    assert all(call.status == 200 for call in crm.requests)


def test_an_unreadable_token_file_is_not_taken_for_an_absent_one(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    (tmp_path / TOKEN_FILE).write_text("{")

    with pytest.raises(ConfigurationError, match=TOKEN_FILE):
        check(session(crm, refresh_token=first_token))


def test_a_sign_in_without_an_answer_is_not_tried_twice(
    crm: Simulator, first_token: str, session: Session
) -> None:
    def lost(request: Request, response: Response) -> Response:
        return Response(status=502)

    crm.after.append(lost)

    with pytest.raises(SystemStopped, match="may be spent"):
        check(session(crm, refresh_token=first_token))
    assert sign_ins(crm) == 1


def test_a_token_url_that_is_unprotected_is_refused(
    crm: Simulator, session: Session
) -> None:
    with pytest.raises(ConfigurationError, match="token_url"):
        session(crm, token_url="http://demo.crmoffice.no/connect/token")
