"""Signing in to CRM-Office with a refresh token that rotates."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import simplejson
from filelock import FileLock
from werkzeug.wrappers import Request, Response

from connections.crmoffice import TOKEN_FILE, accept_home, check
from connections.http.client import Http
from connections.http.errors import (
    ConfigurationError,
    SignInRefused,
    SystemStopped,
)
from connections.private import token_lock
from simulators import crmoffice
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

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
    kept: list[str] = []

    def look(request: Request) -> Response | None:
        if request.path == "/users":
            kept.append((tmp_path / TOKEN_FILE).read_text())
        return None

    crm.before.append(look)
    check(session(crm, refresh_token=first_token))

    newest = crm.settings("http://localhost")["refresh_token"]
    assert newest != first_token
    assert [newest in text for text in kept] == [True]


def test_a_token_is_written_down_before_it_is_spent(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    kept: list[str] = []

    def look(request: Request) -> Response | None:
        if request.path == "/connect/token":
            kept.append((tmp_path / TOKEN_FILE).read_text())
        return None

    crm.before.append(look)
    check(session(crm, refresh_token=first_token))

    assert first_token in kept[0]


def test_a_disk_that_keeps_nothing_is_found_out_while_the_token_is_still_good(
    crm: Simulator,
    first_token: str,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SystemStopped, match="No space left"):
            check(session(crm, refresh_token=first_token))

    assert sign_ins(crm) == 0
    assert "accepted" in check(session(crm, refresh_token=first_token))


class Killed(BaseException):
    """The process ends here; nothing after it happens."""


@pytest.mark.parametrize("old_token", ["stays good for a while", "is dead at once"])
def test_a_kill_between_receiving_and_storing_a_token(
    crm: Simulator,
    first_token: str,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old_token: str,
) -> None:
    check(session(crm, refresh_token=first_token))
    before = (tmp_path / TOKEN_FILE).read_text()
    spent = simplejson.loads(before)["refresh_token"]
    replaced, replace = [], os.replace

    def killed_at_the_second(source: str, target: Path) -> None:
        replaced.append(target)
        if len(replaced) == 2:  # the first writes down the token that is spent
            raise Killed
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed_at_the_second)
        with pytest.raises(Killed):
            check(session(crm, refresh_token=first_token))

    assert (tmp_path / TOKEN_FILE).read_text() == before  # whole, never half
    if old_token == "is dead at once":
        with pytest.raises(SignInRefused, match="consent again") as caught:
            check(session(crm, refresh_token=first_token))
        assert spent not in str(caught.value)
        fresh = crm.settings("http://localhost")["refresh_token"]
        assert "accepted" in check(session(crm, refresh_token=fresh))
    else:
        crm.database["refresh_tokens"].put(spent, {"token": spent, "number": 0})
        assert "accepted" in check(session(crm, refresh_token=first_token))


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, '{"access_token": "new-access-token", "refresh_token": "new-refresh'),
        (400, '{"access_token": "new-access-token", "refresh_token": "new-refresh'),
        (200, "<p>new-access-token new-refresh-token</p>"),
        (400, "<p>new-access-token new-refresh-token</p>"),
        (200, '"new-access-token new-refresh-token"'),
        (200, '{"token": "new-access-token"}'),
    ],
)
def test_a_sign_in_that_answers_otherwise_is_not_quoted(
    crm: Simulator, first_token: str, session: Session, status: int, answer: str
) -> None:
    crm.before.append(
        lambda request: Response(answer, status) if request.method == "POST" else None
    )

    with pytest.raises(SystemStopped) as caught:
        check(session(crm, refresh_token=first_token))

    assert "new-" not in str(caught.value)


def test_a_refusal_that_repeats_a_kept_token_is_quoted_without_it(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    check(session(crm, refresh_token=first_token))
    kept = simplejson.loads((tmp_path / TOKEN_FILE).read_text())["refresh_token"]
    crm.before.append(
        lambda request: Response(
            simplejson.dumps({"error": f"bad {request.get_data(as_text=True)}"}), 400
        )
    )

    with pytest.raises(SignInRefused, match="bad grant_type") as caught:
        check(session(crm, refresh_token=first_token))

    assert kept not in str(caught.value)


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


@pytest.mark.parametrize("left", ["a folder", "a link"])
def test_a_lock_file_that_can_not_be_had_stops_this_system_alone(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path, left: str
) -> None:
    lock = tmp_path / f"{TOKEN_FILE}.lock"
    if left == "a folder":
        lock.mkdir()
    else:
        lock.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SystemStopped, match=f"{lock} can't be locked") as caught:
        check(session(crm, refresh_token=first_token))

    assert "remove it, and run again" in str(caught.value)
    assert sign_ins(crm) == 0
    (tmp_path / TOKEN_FILE).write_text("{}")
    with pytest.raises(SystemStopped, match="can't be locked"):
        accept_home(tmp_path)


def test_a_lock_file_of_another_user_stops_this_system_alone(
    crm: Simulator,
    first_token: str,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def theirs(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", theirs)  # root may open it

    with pytest.raises(SystemStopped, match=r"Permission denied.*another user's"):
        check(session(crm, refresh_token=first_token))

    assert sign_ins(crm) == 0


def test_a_lock_that_another_process_holds_is_waited_for_no_longer_than_its_limit(
    crm: Simulator,
    first_token: str,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert 1 <= token_lock._SECONDS <= 120
    monkeypatch.setattr(token_lock, "_SECONDS", 0.1)
    with FileLock(tmp_path / f"{TOKEN_FILE}.lock"):
        with pytest.raises(SystemStopped, match="another process has had"):
            check(session(crm, refresh_token=first_token))

        assert sign_ins(crm) == 0

    assert "accepted" in check(session(crm, refresh_token=first_token))


def test_a_kept_token_that_can_not_be_read_stops_this_system_alone(
    crm: Simulator, first_token: str, session: Session, tmp_path: Path
) -> None:
    (tmp_path / TOKEN_FILE).mkdir()

    with pytest.raises(SystemStopped, match="can't be read"):
        session(crm, refresh_token=first_token)


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


def test_whoever_may_not_see_the_users_is_signed_in_all_the_same(
    crm: Simulator, first_token: str, session: Session
) -> None:
    crm.before.append(
        lambda request: Response(status=403) if request.path == "/users" else None
    )

    assert check(session(crm, refresh_token=first_token)) == "the tokens are accepted"
