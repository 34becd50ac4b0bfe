"""Files with settings: whose they are, and who may write and read them."""

import grp
import os
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError
from connections.settings import files
from connections.settings.read import (
    lenke_settings,
    settings_warnings,
)
from tests.connections.settings.written import write


def _a_shared_group(group_id: int) -> grp.struct_group:
    return grp.struct_group(("staff", "x", group_id, []))


def _as_if_owned(monkeypatch: pytest.MonkeyPatch, path: Path, user_id: int) -> None:
    """Let a path belong to a user; only root could really give it away."""
    number = path.stat().st_ino

    def seen(status: os.stat_result) -> os.stat_result:
        if status.st_ino != number:
            return status
        return os.stat_result((*status[:4], user_id, *status[5:]))

    judged = files._written_by_others
    monkeypatch.setattr(
        files,
        "_written_by_others",
        lambda path, status: judged(path, seen(status)),
    )


def _writable(home: Path, what: str) -> Path:
    return {
        "file": home / ".dlt" / "config.toml",
        "secrets": home / ".dlt" / "secrets.toml",
        "folder": home / ".dlt",
        "home": home,
    }[what]


@pytest.fixture
def private(home: Path) -> Path:
    """A home with two settings files that are nobody else's."""
    write(home, "config.toml", "[lenke]\nsettle_seconds = 5")
    write(home, "secrets.toml", "")
    for path in (home, home / ".dlt"):
        path.chmod(0o700)
    for path in (home / ".dlt").iterdir():
        path.chmod(0o600)
    return home


@pytest.mark.parametrize("what", ["file", "secrets", "folder", "home"])
@pytest.mark.parametrize("bits", [0o002, 0o022])
def test_settings_that_others_can_write_are_not_read(
    private: Path, what: str, bits: int
) -> None:
    path = _writable(private, what)
    path.chmod(path.stat().st_mode | bits)

    with pytest.raises(ConfigurationError, match="others can change") as caught:
        lenke_settings(private)

    assert f"{path}: everybody can write to it" in str(caught.value)
    assert f"chmod go-w '{path}'" in str(caught.value)


@pytest.mark.parametrize("what", ["file", "folder", "home"])
def test_settings_of_another_user_are_not_read(
    private: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ours, theirs = _writable(private, what), 12345
    _as_if_owned(monkeypatch, ours, theirs)

    with pytest.raises(ConfigurationError, match="it belongs to 12345"):
        lenke_settings(private)


def test_a_group_may_write_when_it_is_the_users_own(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (private / ".dlt" / "config.toml").chmod(0o660)
    assert lenke_settings(private).settle_seconds == 5

    monkeypatch.setattr(grp, "getgrgid", _a_shared_group)

    with pytest.raises(ConfigurationError, match="its group can write to it"):
        lenke_settings(private)


def test_in_a_sticky_folder_nobody_replaces_what_is_not_theirs(private: Path) -> None:
    private.chmod(0o1777)

    assert lenke_settings(private).settle_seconds == 5


@pytest.mark.parametrize("mode", [0o644, 0o604])
def test_secrets_that_others_can_read_are_told(private: Path, mode: int) -> None:
    path = private / ".dlt" / "secrets.toml"
    path.chmod(mode)
    (private / ".dlt" / "config.toml").chmod(0o644)

    assert settings_warnings(private) == [
        f"{path}: everybody can read these keys: chmod 600 '{path}'"
    ]
