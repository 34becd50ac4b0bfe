"""What the pages show to be typed in a terminal, each command of it, in their order.

The pages share one home and its six simulated systems, as `lenke simulate` serves them.
"""

import shlex
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lenke.home.places import PROJECT
from lenke.simulated.serve import run_simulators
from tests import documents
from tests.lenke.installation.told import environment

pytestmark = pytest.mark.long  # 80 commands, each a process of its own
PAGES = [
    page
    for page in sorted((PROJECT / "docs").glob("*.md"))
    if documents.blocks(page, "console")
]
_SERVES = ".venv/bin/lenke simulate"  # until Ctrl-C, in the first terminal


@dataclass(frozen=True)
class Terminal:
    """A folder in which a person works, and what they have pasted."""

    folder: Path
    pasted: Mapping[str, str]

    def type(self, commands: list[str]) -> subprocess.CompletedProcess[str]:
        """Type commands until one fails."""
        return subprocess.run(
            ["bash", "-eux", "-c", "\n".join(commands)],
            cwd=self.folder,
            env=environment(
                self.folder / "phone",
                {"LENKE_SEEDS": "tests/profile", **self.pasted},
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Serve the systems, and paste what `lenke simulate` prints."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / ".venv").symlink_to(PROJECT / ".venv")
    lines: list[str] = []
    served, stop = threading.Event(), threading.Event()

    def out(line: str) -> None:
        lines.append(line)
        if "Ctrl-C" in line:
            served.set()

    simulators = threading.Thread(
        target=run_simulators,
        args=[folder / "phone" / "simulated"],
        kwargs={"ports": {}, "out": out, "stop": stop},
    )
    simulators.start()
    try:
        assert served.wait(60)
        words = [shlex.split(line, comments=True) for line in lines]
        yield Terminal(folder, dict(each[1].split("=", 1) for each in words if each))
    finally:
        stop.set()
        simulators.join()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_works(terminal: Terminal, page: Path) -> None:
    commands = [
        command
        for block in documents.blocks(page, "console")
        for command in documents.typed(block)
    ]

    done = terminal.type([each for each in commands if each != _SERVES])

    assert commands
    assert done.returncode == 0, done.stdout[-3000:]
    assert "Traceback" not in done.stdout


def test_what_the_first_page_promises_has_come_true(terminal: Terminal) -> None:
    told = terminal.type(["lenke why 401 Mobil"]).stdout

    assert PAGES[0].name == "follow-a-phone.md"
    assert "Mobil: “+4791112233”" in told
    assert "typed “+4798765432” in tidsbanken:ansatt:401" in told
