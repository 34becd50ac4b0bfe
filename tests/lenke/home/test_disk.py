"""A disk that is nearly full stops a run while it can still stop cleanly."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from connections.http.errors import StopRun
from lenke.home import disk
from lenke.home.places import Home
from lenke.run import circle
from lenke.run.run import RunOptions
from lenke.run.surroundings import Surroundings, settings_of


@pytest.mark.parametrize("command", ["sync", "plan", "load", "push"])
def test_a_run_begins_nothing_on_a_disk_that_is_nearly_full(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = SimpleNamespace(free=100 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)

    with pytest.raises(StopRun, match=r"Only 0\.10 GB are free"):
        getattr(circle, command)(Home(tmp_path), RunOptions(), Surroundings())

    assert list(tmp_path.iterdir()) == []


def test_enough_room_is_enough(tmp_path: Path) -> None:
    settings = settings_of(Home(tmp_path))

    disk.check_room(Home(tmp_path), settings)
