"""A home with settings of its own."""

from pathlib import Path

import pytest

from connections.settings import providers


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LENKE_HOME with an empty `.dlt`, and a working directory without one."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(providers, "_PROJECT", tmp_path / "project")
    home = tmp_path / "home"
    (home / ".dlt").mkdir(parents=True)
    return home
