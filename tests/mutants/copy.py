"""A copy of the project, in which one mutant after the other is made and tried."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lenke.home.places import PROJECT
from tests.mutants.mutant import UNIT, Mutant

_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    "target",
    "logs",
    "demo",
    "*.duckdb",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
)
_SECONDS = 300
_PYTEST = ["-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]


class Copy:
    """A copy of the project with the tests in it; one thread at a time uses it."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self._home = folder / "home"
        shutil.copytree(PROJECT, self.project, ignore=_LEFT_OUT)
        self._home.mkdir()
        self._is_built = False

    def noticed(self, mutants: Sequence[Mutant]) -> list[str | None]:
        """Make mutants; give for each the first test of its own that fails, or None."""
        if any(mutant.unit_tests for mutant in mutants):
            self._build()
        with ExitStack() as made:
            for mutant in mutants:
                made.enter_context(self._made(mutant))
            failed = self._failing_with(mutants)
        return [
            next((test for test in failed if mutant.has(test)), None)
            for mutant in mutants
        ]

    @contextmanager
    def _made(self, mutant: Mutant) -> Iterator[None]:
        file = self.project / mutant.file
        whole = file.read_text(encoding="utf-8")
        file.write_text(mutant.changed(self.project), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(whole, encoding="utf-8")

    def _failing_with(self, mutants: Sequence[Mutant]) -> list[str]:
        tests = [test for mutant in mutants for test in mutant.tests]
        try:
            return self.failing(tests, stop=True)
        except subprocess.TimeoutExpired:
            return tests  # one that never ends is noticed, too

    def failing(self, tests: Sequence[str], *, stop: bool = False) -> list[str]:
        """Run tests and give those that fail; `stop` at the first that pytest finds.

        Raises AssertionError when they can't run at all, which would prove nothing.
        """
        pytests = [test for test in tests if not test.startswith(UNIT)]
        unit_tests = [test for test in tests if test.startswith(UNIT)]
        failed = self._pytest(pytests, stop) if pytests else []
        if unit_tests and not (failed and stop):
            self._build()
            failed += self._dbt_test(unit_tests)
        return failed

    def _pytest(self, tests: Sequence[str], stop: bool) -> list[str]:
        found = self._run(
            [*_PYTEST, *(["-x"] if stop else []), *tests], _SECONDS if stop else None
        )
        assert found.returncode in (0, 1), found.stdout + found.stderr
        failed = [
            line.split(" - ")[0].split(" ", 1)[1]
            for line in found.stdout.splitlines()
            if line.startswith(("FAILED ", "ERROR "))
        ]
        assert bool(failed) == bool(found.returncode), found.stdout
        return failed

    def _dbt_test(self, names: Sequence[str]) -> list[str]:
        results = self._home / "target" / "run_results.json"
        results.unlink(missing_ok=True)
        found = self._dbt("test", "--select", *(n.removeprefix(UNIT) for n in names))
        assert results.exists(), found.stdout + found.stderr
        outcomes = {
            UNIT + result["unique_id"].rsplit(".", 1)[1]: result["status"]
            for result in json.loads(results.read_text(encoding="utf-8"))["results"]
        }
        assert outcomes.keys() == set(names), found.stdout
        return [name for name, outcome in outcomes.items() if outcome != "pass"]

    def _build(self) -> None:
        """Make the tables that unit tests take their columns from, once."""
        if self._is_built:
            return
        made = self._dbt("build", "--exclude-resource-type", "unit_test", "test")
        assert made.returncode == 0, made.stdout
        self._is_built = True

    def _dbt(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run(["-m", "dbt.cli.main", "--quiet", *words], _SECONDS)

    def _run(
        self, words: Sequence[str], seconds: float | None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.project,
            env={
                **os.environ,
                "PYTHONPATH": str(self.project),
                "PYTHONDONTWRITEBYTECODE": "1",
                "LENKE_HOME": str(self._home),
                "DBT_TARGET_PATH": str(self._home / "target"),
                "DBT_LOG_PATH": str(self._home / "logs"),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )


@contextmanager
def a_copy() -> Iterator[Copy]:
    """Give a copy that goes away."""
    with tempfile.TemporaryDirectory(prefix="lenke-mutant-") as folder:
        yield Copy(Path(folder))
