"""A copy of the seeds, to spoil."""

import shutil
from pathlib import Path

import pytest

from tests import SHIPPED


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The seeds in a folder of their own, to be broken."""
    folder = tmp_path / "seeds"
    shutil.copytree(SHIPPED, folder)
    return folder
