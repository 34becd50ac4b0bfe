"""The report: one file that asks for nothing, and says what the console says."""

import os
import stat
from pathlib import Path

from typer.testing import CliRunner

from lenke.cli import app
from tests.lenke.console.reading import read


def report(home: Path, file: Path) -> str:
    """Write the report of a home, and read it."""
    done = CliRunner().invoke(
        app, ["report", str(file)], env={**os.environ, "LENKE_HOME": str(home)}
    )
    assert done.exit_code == 0, done.output
    return file.read_text(encoding="utf-8")


def test_it_says_what_the_console_says_and_is_its_owners_alone(
    home: Path, tmp_path: Path
) -> None:
    found = read(report(home, tmp_path / "report.html"))

    for words in ("Now", "Findings", "Plan", "Conflicts", "Runs", "5 findings open"):
        assert words in found.text
    assert "As of 2026-01-03 12:00" in found.text
    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o600


def test_it_leads_nowhere_asks_for_nothing_and_has_no_form(
    hostile_home: Path, tmp_path: Path
) -> None:
    found = read(report(hostile_home, tmp_path / "report.html"))

    assert found.links() == []
    names = {name for name, _ in found.elements}
    assert not names & {"form", "input", "script", "img", "link", "iframe", "b"}
    [policy] = [each for each in found.all("meta") if each.get("http-equiv")]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in found.page
    assert "<script>alert(1)</script>" in found.text


def test_without_tables_it_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app,
        ["report", str(tmp_path / "report.html")],
        env={**os.environ, "LENKE_HOME": str(tmp_path)},
    )

    assert done.exit_code == 2
    assert not (tmp_path / "report.html").exists()
