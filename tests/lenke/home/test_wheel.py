"""A wheel carries all that an installation needs: one installed Lenke serves many."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.lenke.installation.told import environment
from tests.mutants.copy import a_copy


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, unpacked as an installer does."""
    place = tmp_path_factory.mktemp("wheel")
    with a_copy() as copy:
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
                *("--no-build-isolation", "--wheel-dir", str(place), "."),
            ],
            cwd=copy.project,
            check=True,
            capture_output=True,
        )
    [wheel] = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(place / "site")
    return place / "site"


def lenke(
    installed: Path, home: Path | None, *words: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of what was unpacked."""
    return subprocess.run(
        [sys.executable, "-c", "from lenke.cli import main; main()", *words],
        cwd=installed.parent,
        env={**environment(home), "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_what_a_wheel_carries_is_enough(installed: Path) -> None:
    made = [
        lenke(installed, None, "init", str(installed.parent / name))
        for name in ("acme", "other")
    ]
    checked = [
        lenke(installed, installed.parent / name, "check") for name in ("acme", "other")
    ]
    where = subprocess.run(
        [sys.executable, "-c", "from lenke.home.places import PROJECT; print(PROJECT)"],
        cwd=installed.parent,
        env={**environment(None), "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert where.stdout.strip() == str(installed / "lenke" / "project")
    assert [each.returncode for each in made] == [0, 0], made[0].stderr
    assert [each.returncode for each in checked] == [0, 0], checked[0].stderr
    assert (installed.parent / "other/target/packages/lenke/models").is_dir()
