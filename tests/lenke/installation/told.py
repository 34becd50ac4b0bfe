"""Installations made for tests, and the real command in them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

BIN = Path(sys.executable).parent


def environment(home: Path | None, settings: Mapping[str, str] = {}) -> dict[str, str]:
    """Give the variables of a person who works in an installation."""
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SOURCES__", "LENKE_", "GIT_"))
    }
    here = {"LENKE_HOME": str(home)} if home else {}
    author = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Kari"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "kari@example.no"),
    }
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**mine, **here, **author, **settings, "PATH": path}


def lenke(
    *words: str, home: Path, settings: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run the real command for an installation."""
    return subprocess.run(
        [str(BIN / "lenke"), *words],
        env=environment(home, settings),
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def edit(path: Path, before: str, after: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
