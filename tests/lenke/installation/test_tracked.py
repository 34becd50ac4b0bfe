"""What git must not have is named, and nothing else; without git it is said."""

import subprocess
from pathlib import Path

import pytest

from lenke.installation.made import make
from lenke.installation.tracked import tracked

MUST_NOT = (
    *(".dlt/secrets.toml", "hash.key", "crmoffice.refresh_token", "ledger.duckdb"),
    *("crmoffice.refresh_token.lock", ".inspection.duckdb.new", "warehouse.duckdb.wal"),
    *("ledger.id", "home.mark", "lenke.lock", "lenke.running", "logs/lenke.log"),
    "lenke.alerts",
    *("target/own/plan.json", "simulated/records", "backup.zip", "profiles.yml"),
)


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An installation with all that runs leave behind, in a repository."""
    folder = make(tmp_path / "acme", "documents")
    for name in MUST_NOT:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    git(folder, "init", "--quiet")
    return folder


def test_what_the_gitignore_leaves_is_fine(acme: Path) -> None:
    git(acme, "add", "--all")

    assert tracked(acme) == ([], None)
    kept = set(git(acme, "ls-files").split())
    assert {"seeds/flows.csv", ".dlt/config.toml", "models/README.md"} <= kept
    assert not kept & set(MUST_NOT)


@pytest.mark.parametrize("name", MUST_NOT)
def test_what_is_tracked_all_the_same_is_named(acme: Path, name: str) -> None:
    git(acme, "add", "--force", name)

    assert tracked(acme) == ([name], None)


def test_a_folder_inside_of_a_repository_is_looked_at(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    folder = make(tmp_path / "acme", "documents")
    (tmp_path / "hash.key").touch()
    git(tmp_path, "add", "--force", "acme/.dlt/secrets.toml", "hash.key")

    assert tracked(folder) == ([".dlt/secrets.toml"], None)


def test_without_git_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_repository, words = tracked(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    no_git, other_words = tracked(tmp_path)

    assert no_repository == no_git == []
    assert words is not None
    assert "not a git repository" in words
    assert other_words is not None
    assert "no git" in other_words
