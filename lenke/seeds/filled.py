"""The seeds as they count: what an installation's lack is taken from Lenke's own.

An upgrade needs no edit of theirs: a new column has a default (`seeds/_seeds.yml`), and
a file about systems, or a row that models go by, that they do not have is Lenke's. A
file of choices (flows, rules, mappings) that is not there chooses nothing.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connections.http.errors import ConfigurationError
from lenke.home.places import DEFAULTS, SEEDS
from lenke.seeds.files import Rows, read_seeds
from lenke.seeds.rules import Seed, seeds_of


@dataclass
class Filled:
    """The rows of each seed, what is wrong with files, and what was filled in.

    `files`, `columns` and `rows` name what is Lenke's own, in words.
    """

    seeds: tuple[Seed, ...]
    tables: dict[str, Rows]
    problems: list[str]
    files: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


def filled_seeds(folder: Path = SEEDS, defaults: Path | None = DEFAULTS) -> Filled:
    """Read the seeds of a folder; `defaults` is a whole set to fill them from."""
    seeds = seeds_of(defaults or folder)
    columns = {seed.file: [column.name for column in seed.columns] for seed in seeds}
    if defaults is None:
        read = read_seeds(folder, columns)
        return Filled(seeds, read.tables, read.problems)
    read = read_seeds(
        folder,
        columns,
        {
            seed.file: {
                column.name: column.default
                for column in seed.columns
                if column.default is not None
            }
            for seed in seeds
        },
    )
    found = Filled(seeds, read.tables, read.problems)
    own = read_seeds(defaults, columns)
    for seed in seeds:
        if not (folder / seed.file).exists():
            rows = [] if seed.is_choice else list(own.tables[seed.file])
            found.tables[seed.file] = rows
            found.files.append(
                f"{seed.file} is not there: "
                + ("it counts as empty." if seed.is_choice else "Lenke's own counts.")
            )
        if seed.file not in found.tables:  # it can't be read: a problem
            continue
        _add_rows(found, seed, own.tables[seed.file])
        given = {column.name: column.default for column in seed.columns}
        found.columns += [
            f"{seed.file} has no column {name}: each row has {given[name]!r} there."
            for name in read.lacking.get(seed.file, ())
        ]
    return found


def seed_rows(name: str) -> list[Mapping[str, str]]:
    """Give the rows of one seed as they count here; ConfigurationError when none do."""
    found = filled_seeds()
    if name not in found.tables:
        raise ConfigurationError("\n".join(found.problems))
    return [row for _, row in found.tables[name]]


def write_filled(folder: Path, found: Filled) -> None:
    """Write the seeds as they count: whole files, for dbt."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in found.seeds:
        names = [column.name for column in seed.columns]
        text = io.StringIO()
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for _, row in found.tables[seed.file])
        (folder / seed.file).write_text(text.getvalue(), encoding="utf-8")


def _add_rows(found: Filled, seed: Seed, own: Rows) -> None:
    """Add Lenke's row for each value that models go by and that no row has."""
    for column in seed.columns:
        there = {row[column.name] for _, row in found.tables[seed.file]}
        for value in column.rows_for:
            if value not in there:
                row = next(each for each in own if each[1][column.name] == value)
                found.tables[seed.file].append(row)
                found.rows.append(
                    f"{seed.file} has no row {value}: Lenke's own counts "
                    f"({', '.join(filter(None, list(row[1].values())[1:-1]))})."
                )
