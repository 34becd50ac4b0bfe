"""Where the extra `simulators` is not installed, as in production."""

import subprocess
import sys
from pathlib import Path

import pytest

# Hides packages from a process, as if nobody had installed them.
HIDING = """
import sys
from importlib.machinery import PathFinder

class Hidden(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "faker":
            return None
        return super().find_spec(name, path, target)

sys.meta_path = [each for each in sys.meta_path if each is not PathFinder] + [Hidden]
from lenke.cli import main
sys.argv = ["lenke", *sys.argv[1:]]
main()
"""


def lenke(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIDING, *words],
        env={"LENKE_HOME": str(home), "PATH": "", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [["demo"], ["simulate"], ["simulate", "remove", "crmoffice", "contacts", "1"]],
    ids=" ".join,
)
def test_what_simulates_says_in_a_sentence_what_to_install(
    words: list[str], tmp_path: Path
) -> None:
    found = lenke(tmp_path, *words)

    assert found.returncode == 2
    assert "need faker, which is not installed" in found.stderr
    assert "lenke[simulators]" in found.stderr
    assert "Traceback" not in found.stderr


def test_every_other_command_does_without(tmp_path: Path) -> None:
    found = lenke(tmp_path, "doctor")

    assert found.returncode == 2
    assert "no system" in found.stderr.lower()
    assert "not installed" not in found.stderr
