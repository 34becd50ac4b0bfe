"""A copy of the seeds, to spoil."""

import csv
from pathlib import Path

import pytest

from connections.http.errors import ConfigurationError
from lenke.seeds.check import check_seeds
from tests import INSTALLED, SHIPPED

NAMES = sorted(path.name for path in INSTALLED.glob("*.csv"))


Row = dict[str, str]


def seed(name: str, folder: Path = SHIPPED) -> list[Row]:
    """Give the rows of a seed."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edit(folder: Path, name: str, row_number: int, **values: str) -> None:
    """Change a row, by its number as an editor shows it (the header is row 1)."""
    path = folder / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        columns = list(reader.fieldnames or [])
    rows[row_number - 2].update(values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def complaint(folder: Path) -> str:
    """Give the words of the error that checking the seeds ends in."""
    with pytest.raises(ConfigurationError) as caught:
        check_seeds(folder)
    return str(caught.value)
