"""In which order tests run, and what pytest says before and after them."""

import atexit
import filecmp
import os
import tempfile
from pathlib import Path

import pytest

from tests import INSTALLED, SHIPPED

# dbt makes a folder of logs where it is started, also when it logs nothing.
os.environ.setdefault(
    "DBT_LOG_PATH", str(Path(tempfile.gettempdir()) / "lenke-tests-of-dbt")
)

_SLOW = (
    *("models", "circle", "engine", "strange", "killed", "security", "lenke"),
    "planner",
)


def pytest_report_header() -> list[str]:
    """Say that this installation's seeds are not the shipped ones: no fault."""
    names = sorted(
        {path.name for each in (INSTALLED, SHIPPED) for path in each.iterdir()}
    )
    _, differ, missing = filecmp.cmpfiles(INSTALLED, SHIPPED, names, shallow=False)
    changed = ", ".join(sorted(differ + missing))
    return (
        [
            f"seeds/ differs from the profile that Lenke ships ({changed}): the tests "
            "read tests/profile. When the shipped profile changes: make profile"
        ]
        if changed
        else []
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Let slow folders begin, so that no core idles at the end."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(config.rootpath).parts[1]
        return _SLOW.index(folder) if folder in _SLOW else len(_SLOW)

    items.sort(key=place)


def pytest_unconfigure() -> None:
    """Let the result be the last line.

    The binding of duckdb 2.0 counts at the end of a process what Python has not freed
    by then, and says so in eighty lines on stderr ("nanobind: leaked ..."): a fault of
    its own in counting references, in which nothing is lost. No setting turns it off.
    """
    atexit.register(os.dup2, os.open(os.devnull, os.O_WRONLY), 2)
