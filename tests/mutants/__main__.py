"""Switch off one protection at a time: the tests must notice (`make mutants`).

Each mutant is made in a copy of the project, and the tests that should catch it run
there. One that they let through is a protection that nobody holds.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lenke._home import PROJECT
from tests.mutants._mutants import MUTANTS, Mutant

_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    "logs",
    "demo",
    "*.duckdb",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
)


def main() -> int:
    """Make every mutant (or the named ones); end with 1 when one survives."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="mutants to make; all without any")
    chosen = parser.parse_args().names
    survivors = []
    for mutant in MUTANTS:
        if chosen and mutant.name not in chosen:
            continue
        started = time.monotonic()
        caught, told = is_caught(mutant)
        seconds = time.monotonic() - started
        verdict = f"caught by {told}" if caught else "SURVIVES"
        print(f"{mutant.name:44} {seconds:5.0f} s  {verdict}", flush=True)
        if not caught:
            survivors.append(mutant.name)
            print(told)
    print(f"{len(survivors)} survive of {len(chosen) or len(MUTANTS)}")
    return 1 if survivors else 0


def is_caught(mutant: Mutant) -> tuple[bool, str]:
    """Make a mutant and run its tests: whether one failed, and which.

    Raises AssertionError when its tests can't run at all, which would prove nothing.
    """
    with tempfile.TemporaryDirectory(prefix="lenke-mutant-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(PROJECT, copy, ignore=_LEFT_OUT)
        mutant.apply(copy)
        found = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-p",
                "no:xdist",
                "-p",
                "no:cacheprovider",
                *mutant.tests,
            ],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    failed = [
        line.split(" - ")[0].removeprefix("FAILED ")
        for line in found.stdout.splitlines()
        if line.startswith("FAILED ")
    ]
    ran = found.returncode in (0, 1)
    assert ran, f"{mutant.name}: pytest ended with {found.returncode}\n{found.stdout}"
    return bool(failed), failed[0] if failed else found.stdout[-800:]


if __name__ == "__main__":
    sys.exit(main())
