"""A copied home is told from its original, and leaves the original's sign-in alone."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import simplejson

from connections.crmoffice import (
    TOKEN_FILE,
    Settings,
    accept_home,
    check,
    connect,
)
from connections.http.client import Http
from connections.http.errors import ConfigurationError
from connections.http.runtime import Runtime
from connections.private import home_mark
from connections.private.home_mark import MARK_FILE, is_kept_here, mark_of
from simulators import crmoffice
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store
from simulators.kit.wire import InProcess

SignedIn = Callable[[Path], Http]


@pytest.fixture
def crm(store: Store, clock: VirtualClock) -> Simulator:
    return crmoffice.simulate(store, clock=clock)


@pytest.fixture
def in_home(crm: Simulator, clock: VirtualClock) -> SignedIn:
    """Give a session of a home; all homes have the same settings."""
    values: dict[str, Any] = dict(crm.settings("http://localhost"))
    settings = Settings(**values)

    def in_home(home: Path) -> Http:
        runtime = Runtime(
            home=home,
            transport_for=lambda _: InProcess(crm.wsgi, sleep=clock.advance),
            clock=clock,
            ticks=lambda: clock().timestamp(),
            sleep=clock.advance,
        )
        return connect(settings, runtime)

    return in_home


@pytest.fixture
def original(tmp_path: Path, in_home: SignedIn) -> Path:
    """A home that has signed in: the token that is configured is spent."""
    home = tmp_path / "original"
    home.mkdir()
    check(in_home(home))
    return home


def copied(home: Path, *how: str) -> Path:
    """Copy a home as people do, on a command line."""
    copy = home.with_name(f"copy {len(list(home.parent.iterdir()))}")
    subprocess.run([*how, str(home), str(copy)], check=True)
    return copy


def sign_ins(crm: Simulator) -> int:
    return sum(call.path == "/connect/token" for call in crm.requests)


@pytest.mark.parametrize("how", [("cp", "-a"), ("cp", "-r"), ("cp", "-al")])
def test_a_copied_home_sends_nothing_and_the_original_goes_on(
    crm: Simulator, in_home: SignedIn, original: Path, how: tuple[str, ...]
) -> None:
    copy = copied(original, *how)
    asked = len(crm.requests)

    for _ in range(2):
        with pytest.raises(ConfigurationError, match="copy of another LENKE_HOME"):
            in_home(copy)

    assert len(crm.requests) == asked
    assert "accepted" in check(in_home(original))
    assert "accepted" in check(in_home(original))


def test_a_renamed_home_is_no_copy(in_home: SignedIn, original: Path) -> None:
    renamed = original.rename(original.with_name("renamed"))

    assert "accepted" in check(in_home(renamed))


def test_a_home_that_lost_its_mark_asks_a_person(
    crm: Simulator, in_home: SignedIn, original: Path
) -> None:
    (original / MARK_FILE).unlink()
    asked = len(crm.requests)

    with pytest.raises(ConfigurationError, match="--accept-home"):
        in_home(original)

    assert len(crm.requests) == asked


def test_a_person_says_that_the_original_is_gone(
    crm: Simulator, in_home: SignedIn, original: Path
) -> None:
    copy = copied(original, "cp", "-a")
    shutil.rmtree(original)

    assert accept_home(copy)
    assert "accepted" in check(in_home(copy))
    assert not accept_home(copy), "it is a home of its own now"
    assert "accepted" in check(in_home(copy))


def test_a_person_who_consents_anew_makes_a_copy_a_home_of_its_own(
    crm: Simulator, clock: VirtualClock, in_home: SignedIn, original: Path
) -> None:
    copy = copied(original, "cp", "-a")
    consented: dict[str, Any] = dict(crm.settings("http://localhost"))
    runtime = Runtime(
        home=copy,
        transport_for=lambda _: InProcess(crm.wsgi, sleep=clock.advance),
        clock=clock,
        sleep=clock.advance,
    )

    assert "accepted" in check(connect(Settings(**consented), runtime))
    assert "accepted" in check(connect(Settings(**consented), runtime))


def test_a_home_from_before_there_were_marks_gets_one_silently(
    in_home: SignedIn, original: Path
) -> None:
    kept = original / TOKEN_FILE
    record = simplejson.loads(kept.read_text())
    del record["home"]
    kept.write_text(simplejson.dumps(record))
    (original / MARK_FILE).unlink()

    assert "accepted" in check(in_home(original))
    assert (original / MARK_FILE).exists()
    with pytest.raises(ConfigurationError):
        in_home(copied(original, "cp", "-a"))


def test_runs_never_replace_the_mark(in_home: SignedIn, original: Path) -> None:
    before = (original / MARK_FILE).stat()

    check(in_home(original))

    after = (original / MARK_FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert after.st_mode & 0o777 == 0o600


def test_a_file_that_got_the_same_inode_later_is_another_one(tmp_path: Path) -> None:
    kept = mark_of(tmp_path)
    assert is_kept_here(kept.words, tmp_path)

    reused = home_mark.Mark(kept.inode, "12.000000001", kept.folder)

    if kept.born == "-":
        assert is_kept_here(reused.words, tmp_path), "the inode alone counts then"
    else:
        assert not is_kept_here(reused.words, tmp_path)


def test_where_nobody_knows_when_a_file_was_made_its_inode_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_mark, "_born", lambda _path: None)
    kept = mark_of(tmp_path)
    (tmp_path / MARK_FILE).rename(tmp_path / "kept for its inode")
    assert not is_kept_here(kept.words, tmp_path)

    other = mark_of(tmp_path)

    assert kept.born == "-"
    assert is_kept_here(other.words, tmp_path)
    assert not is_kept_here(kept.words, tmp_path)
    assert not is_kept_here("nonsense", tmp_path)
    assert os.listdir(tmp_path)
