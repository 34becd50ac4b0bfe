"""Read the seeds as an editor shows them: rows of text with their numbers.

What a spreadsheet or a slip does to a file is named here: another separator, another
encoding, a lost quote, a missing column. An installation's seeds may lack what has a
default: a newer Lenke knows more files and columns than they do.
"""

import csv
import io
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connections.settings.nearest import nearest

Row = Mapping[str, str]
Rows = list[tuple[int, Row]]

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}


@dataclass
class SeedFiles:
    """The rows of each file by its name, and what keeps files from being read.

    `lacking` are the columns of each file that were filled with their defaults.
    """

    tables: dict[str, Rows] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)


def read_seeds(
    folder: Path,
    columns: Mapping[str, Collection[str]],
    defaults: Mapping[str, Row] | None = None,
) -> SeedFiles:
    """Read every seed; `columns` are those that each file must have, in any order.

    With `defaults` a file may be missing, and so may the columns that they name.
    """
    found = SeedFiles()
    for name, wanted in columns.items():
        path = folder / name
        if not os.path.lexists(
            path
        ):  # a link that leads nowhere is a file all the same
            if defaults is None:
                found.problems.append(f"{name} is missing. Put it back into {folder}.")
            continue
        known = (defaults or {}).get(name, {})
        problems = [
            f"{name} {problem}" for problem in _read(path, wanted, known, found)
        ]
        found.problems.extend(problems)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name not in columns:
            like = nearest(path.name, columns)
            found.problems.append(
                f"{path.name} is no seed that is known."
                f"{f' Is {like} meant?' if like else ''} Else take it out of {folder}."
            )
    return found


def _read(
    path: Path, wanted: Collection[str], defaults: Row, found: SeedFiles
) -> Iterator[str]:
    """Add the rows of a file; give what is wrong with its form."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        yield f"row {row} is not UTF-8. Save the file as UTF-8."
        return
    except OSError as error:
        yield f"can't be read: {error.strerror}."
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    rows: Rows = []
    number = 1
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield (
                f"row {number}: its quotes don't fit ({error}). Is a closing quote "
                'lost? A quote inside of a value is written twice ("").'
            )
            return
        if cells is None:
            break
        if header is None:
            header = cells
            problems = list(_wrong_header(header, wanted, defaults))
            if problems:
                yield from problems
                return
        elif (problem := _wrong_form(cells, header)) is not None:
            yield f"row {number} {problem}"
        else:
            given = dict(zip(header, cells, strict=True))
            rows.append((number, {**defaults, **given}))
    if header is None:
        yield f"is empty. Its first row is: {','.join(wanted)}"
    found.tables[path.name] = rows
    if filled := [name for name in defaults if name not in (header or wanted)]:
        found.lacking[path.name] = filled


def _wrong_header(
    header: list[str], wanted: Collection[str], defaults: Collection[str]
) -> Iterator[str]:
    for sign, words in _OTHER_SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            yield f"row 1: values are separated by {words}. Save it with commas."
            return
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield f"row 1 has the column {name!r} twice. Take one away."
    missing = [name for name in wanted if name not in header]
    for name in header:
        if name not in wanted:
            like = nearest(name, missing)
            yield (
                f"row 1: there is no column {name!r}."
                f"{f' Is {like!r} meant?' if like else ''} Known: {', '.join(wanted)}."
            )
    for name in (each for each in missing if each not in defaults):
        yield f"row 1 lacks the column {name!r}. Known: {', '.join(wanted)}."


def _wrong_form(cells: list[str], header: list[str]) -> str | None:
    if not cells:
        return "is empty. Take it away."
    if any("\n" in cell or "\r" in cell for cell in cells):
        return "goes over several lines. Is a closing quote lost?"
    if any(cell.count('"') % 2 for cell in cells):
        return "has a quote without its partner. Is another one lost?"
    if len(cells) != len(header):
        return (
            f"has another number of columns than its header ({len(cells)}, not "
            f"{len(header)}: {', '.join(header)}). Quote values that hold a comma."
        )
    return None
