"""The part of a file that is written from the seeds, between two lines that say so."""

import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

import yaml

from connections.http.errors import ConfigurationError

BEGIN = "-- what follows is written by `lenke columns`, from the seeds"
END = "-- what is written by `lenke columns` ends here"
INDENT = " " * 8

_NAMED_IN_SQL = re.compile(r'as "(.+)",?$')
_NAMED_IN_YAML = re.compile(r'      - name: "?(.+?)"?$')
_READS = re.compile(r"(?:ref|raw_records)\('(\w+)'(?:, '(\w+)')?\)")
_A_TYPE = re.compile(r"        data_type: ")
_UNION = ["", "    union all", ""]


def text_of(path: Path) -> str:
    """Read a file; ConfigurationError when it has still to be written by hand."""
    if not path.is_file():
        raise ConfigurationError(
            f"{path.parent.name}/{path.name} is not there, and the seeds need it. Write"
            " it after its neighbours; `lenke columns` fills in its columns."
        )
    return path.read_text(encoding="utf-8")


def with_union(text: str, selects: Mapping[str, list[str]], path: Path) -> str:
    """Put selects into a union, each by what it reads: a model, or `system__entity`."""
    before, inside, after = _parted(text.split("\n"), path)
    there = dict(zip(_read_in(inside), _selects_in(inside), strict=True))
    union: list[str] = []
    for select in {**there, **selects}.values():
        union += [*(_UNION if union else []), *select]
    return "\n".join([*before, *union, *after])


def with_columns(text: str, columns: Mapping[str, list[str]], path: Path) -> str:
    """Put columns into a model: those it has at their place, new ones behind them.

    A column that no seed names any more stays: whoever takes a row away leaves it.
    """
    before, inside, after = _parted(text.split("\n"), path)
    found = {name: columns.get(name, item) for name, item in _items(inside).items()}
    lines = [_without_comma(item) for item in {**found, **columns}.values()]
    for each in lines[:-1]:
        each[-1] += ","
    return "\n".join([*before, *(line for each in lines for line in each), *after])


def with_descriptions(
    text: str, model: str, columns: Mapping[str, list[str]], path: Path
) -> str:
    """Put columns into what YAML says of a model; what it says of one already stays."""
    lines = text.split("\n")
    if f"  - name: {model}" not in lines:
        raise ConfigurationError(
            f"{path.parent.name}/{path.name} says nothing of {model}. Describe it "
            "there; `lenke columns` fills in its columns."
        )
    start = lines.index(f"  - name: {model}")
    before, inside, after = _parted(lines[start:], path)
    said: dict[str, list[str]] = {}
    for line in inside:
        if named := _NAMED_IN_YAML.match(line):
            said[named[1]] = []
        said[list(said)[-1]].append(line)
    typed = {
        name: _typed(item, columns[name]) if name in columns else item
        for name, item in said.items()
    }
    chunks = {**columns, **typed}
    return "\n".join(
        [
            *lines[:start],
            *before,
            *(line for name in {**typed, **columns} for line in chunks[name]),
            *after,
        ]
    )


def in_yaml(name: str) -> str:
    """Give a name as YAML reads it: quoted where it would be something else (No, 1)."""
    try:
        is_itself = yaml.safe_load(f"name: {name}") == {"name": name}
    except yaml.YAMLError:
        is_itself = False
    return name if is_itself else json.dumps(name, ensure_ascii=False)


def wrapped(words: str, indent: str, width: int) -> list[str]:
    """Give a sentence as lines of YAML."""
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent)


def _parted(lines: list[str], path: Path) -> tuple[list[str], list[str], list[str]]:
    """Give the lines up to the first of the two, those between, and the rest."""
    marks = [
        number
        for number, line in enumerate(lines)
        if line.strip().lstrip("#- ") in (BEGIN.lstrip("- "), END.lstrip("- "))
    ]
    if len(marks) < 2:
        raise ConfigurationError(
            f"{path.parent.name}/{path.name} has lost the two lines between which "
            f"`lenke columns` writes. They are:\n  {BEGIN}\n  {END}"
        )
    first, last = marks[:2]
    return lines[: first + 1], lines[first + 1 : last], lines[last:]


def _read_in(union: list[str]) -> list[str]:
    found = (_READS.search(line) for line in union)
    return ["__".join(filter(None, each.groups())) for each in found if each]


def _selects_in(union: list[str]) -> list[list[str]]:
    selects = "\n".join(union).split("\n".join(["", *_UNION, ""]))
    return [select.split("\n") for select in selects if select]


def _items(inside: list[str]) -> dict[str, list[str]]:
    """Give the columns of a model, each with its lines."""
    found: dict[str, list[str]] = {}
    item: list[str] = []
    for line in inside:
        item.append(line)
        if named := _NAMED_IN_SQL.search(line):
            found[named[1]] = item
            item = []
    return found


def _without_comma(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1].removesuffix(",")]


def _typed(said: list[str], columns: list[str]) -> list[str]:
    """Give what is said of a column, with the type that it has now."""
    kind = next(line for line in columns if _A_TYPE.match(line))
    return [kind if _A_TYPE.match(line) else line for line in said]
