"""What a mutant is: a copy of the project with one protection switched off."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
UNIT = "unit:"


@dataclass(frozen=True)
class Mutant:
    """One protection switched off: `before` becomes `after` in `file`.

    `noticed_by` names the tests that should notice; one failure is enough: functions of
    pytest, wherever they stand, or `unit:` and the name of a dbt unit test.
    """

    name: str
    file: str
    before: str
    after: str
    noticed_by: tuple[str, ...]

    @property
    def tests(self) -> list[str]:
        """Give its tests as they are run: ids of pytest, `unit:` and a name for dbt.

        Raises KeyError when no test is called so.
        """
        return [
            test
            for name in self.noticed_by
            for test in ([name] if name.startswith(UNIT) else ids()[name])
        ]

    @property
    def unit_tests(self) -> list[str]:
        """Give the names of its tests that dbt runs."""
        return [test.removeprefix(UNIT) for test in self.tests if test.startswith(UNIT)]

    @property
    def is_of_one_model(self) -> bool:
        """Say whether no other model and no test of one meets it."""
        return self.file.startswith("models/") and all(
            test.startswith(UNIT) for test in self.tests
        )

    def has(self, test: str) -> bool:
        """Say whether a test, with its parameters, is one of its own."""
        return test.partition("[")[0] in self.tests

    def changed(self, project: Path) -> str:
        """Give what its file would hold; AssertionError when the file has changed."""
        text = (project / self.file).read_text(encoding="utf-8")
        assert text.count(self.before) == 1, f"{self.name}: {self.file} has changed"
        return text.replace(self.before, self.after)


@cache
def ids() -> dict[str, list[str]]:
    """Give the ids of pytest's functions by their names."""
    found: dict[str, list[str]] = {}
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^def (test_\w+)", text, flags=re.MULTILINE):
            found.setdefault(name, []).append(
                f"{path.relative_to(PROJECT).as_posix()}::{name}"
            )
    return found


def batches(mutants: Iterable[Mutant]) -> list[list[Mutant]]:
    """Give mutants in batches that can be made at once, and noticed one by one.

    A unit test of dbt runs one model and no other, so mutants of different models don't
    meet. Every other mutant is made alone.
    """
    together: list[list[Mutant]] = []
    alone: list[list[Mutant]] = []
    for mutant in mutants:
        if not mutant.is_of_one_model:
            alone.append([mutant])
            continue
        for batch in together:
            if all(other.file != mutant.file for other in batch):
                batch.append(mutant)
                break
        else:
            together.append([mutant])
    return together + alone
