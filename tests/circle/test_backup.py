"""A backup restored into an empty home goes on as if nothing had happened."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lenke.cli import app
from lenke.home.places import Home
from tests.circle.conftest import Meeting


def test_a_restored_home_plans_nothing_and_doubles_nothing(
    meeting: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, new = str(tmp_path / "backup.zip"), tmp_path / "new"
    assert CliRunner().invoke(app, ["backup", file]).exit_code == 0
    monkeypatch.setenv("LENKE_HOME", str(new))
    assert CliRunner().invoke(app, ["restore", file]).exit_code == 0
    consent = meeting.systems["crmoffice"].settings("http://127.0.0.1:1")
    monkeypatch.setenv("SOURCES__CRMOFFICE__REFRESH_TOKEN", consent["refresh_token"])
    links = meeting.ask("select count(*) from inspection.links")
    restored = replace(meeting, home=Home(new))

    report = restored.sync()

    assert (report.exit_code, report.sent, report.links) == (0, 0, {})
    assert report.warnings == []
    assert restored.writes() == {}
    assert restored.ask("select count(*) from inspection.links") == links
