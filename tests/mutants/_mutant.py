"""What a mutant is: a copy of the project with one protection switched off."""

from dataclasses import dataclass
from pathlib import Path

UNIT = "unit:"


@dataclass(frozen=True)
class Mutant:
    """One protection switched off: `before` becomes `after` in `file`.

    `tests` are those that should notice; one failure is enough. A test is the id of a
    pytest function, or `unit:` and the name of a dbt unit test.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    @property
    def pytests(self) -> list[str]:
        """Give its tests that pytest runs."""
        return [test for test in self.tests if not test.startswith(UNIT)]

    @property
    def unit_tests(self) -> list[str]:
        """Give the names of its tests that dbt runs."""
        return [test.removeprefix(UNIT) for test in self.tests if test.startswith(UNIT)]

    def changed(self, project: Path) -> str:
        """Give what its file would hold; AssertionError when the file has changed."""
        text = (project / self.file).read_text(encoding="utf-8")
        assert text.count(self.before) == 1, f"{self.name}: {self.file} has changed"
        return text.replace(self.before, self.after)
