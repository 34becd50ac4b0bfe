"""`make audit` says what is known about the locked packages, and never guesses."""

import os
import subprocess
import textwrap
from pathlib import Path

import pytest

from lenke._home import PROJECT

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
    assert "requirements.lock" in asked
