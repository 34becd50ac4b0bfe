"""Which Lenke is measured: the one of this project, and one of an earlier commit."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Cost, run

PROJECT = Path(__file__).resolve().parents[1]
NOW = "now"
BASE = "base"


@dataclass(frozen=True)
class Subject:
    """A Lenke: what it is called, and the tree that its code is in."""

    name: str
    tree: Path

    def lenke(
        self,
        words: Sequence[str],
        home: Path,
        environment: Mapping[str, str],
        *,
        codes: Sequence[int] = (0,),
    ) -> Cost:
        """Run the command `lenke`, as it is installed, with this code."""
        chosen = {} if self.tree == PROJECT else {"PYTHONPATH": str(self.tree)}
        command = [Path(sys.executable).parent / "lenke", *words]
        told = {**environment, **chosen, "LENKE_HOME": str(home)}
        return run(command, told, folder=home, codes=codes)


def subjects(base: str | None) -> list[Subject]:
    """Give the Lenke of this project, and with `base` that of the commit beside it.

    ValueError when there is no such commit.
    """
    here = [Subject(NOW, PROJECT)]
    return [*here, Subject(BASE, checked_out(base))] if base else here


def commit_of(name: str) -> str:
    """Give the hash of a commit; ValueError when there is none of this name."""
    found = _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if found.returncode:
        raise ValueError(f"BASE={name}: git knows no such commit.")
    return found.stdout.strip()


def checked_out(name: str) -> Path:
    """Give a folder with the files of a commit, as git has them."""
    commit = commit_of(name)
    tree = PROJECT / "target" / "bench" / "base" / commit[:12]
    if not (tree / "pyproject.toml").exists():
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir(parents=True)
        archive = tree / "files.tar"
        packed = _git("archive", f"--output={archive}", commit)
        if packed.returncode:
            raise ValueError(f"BASE={name}: {packed.stderr.strip()}")
        unpack = ["tar", "--extract", "--file", str(archive), "--directory", str(tree)]
        subprocess.run(unpack, check=True)
        archive.unlink()
    return tree


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(PROJECT), *words], capture_output=True, text=True, check=False
    )
