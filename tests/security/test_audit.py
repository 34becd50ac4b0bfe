"""What is locked is what is installed, and `make audit` never guesses about it."""

import os
import re
import subprocess
import textwrap
import tomllib
from pathlib import Path

import pytest

from lenke.home.places import PROJECT

# pip-audit passes packages over that its service does not know, unless it is strict.
STAND_IN = """\
    #!/bin/sh
    echo "$@" > "$(dirname "$0")/asked"
    case "$*" in *--strict*) echo "could not be audited: agate"; exit {strictly};; esac
    exit 0
"""


@pytest.mark.parametrize(("strictly", "ends"), [(1, 2), (0, 0)])
def test_the_audit_is_red_when_nobody_could_be_asked(
    tmp_path: Path, strictly: int, ends: int
) -> None:
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text(textwrap.dedent(STAND_IN).format(strictly=strictly))
    stand_in.chmod(0o700)

    found = subprocess.run(
        ["make", "audit", f"BIN={tmp_path}", "-o", "setup"],
        cwd=PROJECT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == ends, found.stderr
    assert ("audit: NOT clean" in found.stderr) == bool(strictly)
    asked = (tmp_path / "asked").read_text()
    assert "--require-hashes" in asked
    assert "requirements-dev.lock" in asked


def test_what_runs_is_locked_alone_and_as_it_was_tested() -> None:
    runs, tested = (
        _locked(PROJECT / name)
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    wanted = {*extras["dev"], *extras["simulators"], *extras["telemetry"]}
    tools = {re.split(r"[=<>]", tool)[0] for tool in wanted if "[" not in tool}

    assert runs.items() < tested.items()
    assert tools <= tested.keys()
    assert not tools & runs.keys()


def _locked(file: Path) -> dict[str, str]:
    """Each package of a lock, and its version."""
    return dict(
        re.findall(r"^([a-z0-9._-]+)(?:\[\w+\])?==(\S+)", file.read_text(), re.M)
    )
