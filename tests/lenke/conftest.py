"""What the tests of the command share: a home to look into, and terminals."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from lenke.showing import show
from tests.lenke.published import publish


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose tables have the published columns and a few rows."""
    home = tmp_path_factory.mktemp("home")
    publish(home)
    return home


@pytest.fixture
def in_home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The published home, as LENKE_HOME."""
    monkeypatch.setenv("LENKE_HOME", str(published))
    return published


@pytest.fixture
def terminal_of(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[int], io.StringIO]:
    """Make a terminal without colours of some width; what it shows is written there."""

    def make(width: int) -> io.StringIO:
        written = io.StringIO()
        for name in ("out", "err"):
            console = Console(
                file=written,
                force_terminal=True,
                width=width,
                color_system=None,
                highlight=False,
                soft_wrap=True,
            )
            monkeypatch.setattr(show, name, console)
        return written

    return make
