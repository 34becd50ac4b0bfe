"""What each column of a seed may hold, as `seeds/*.yml` says it: one place for all.

dbt tests the same rules, for whoever runs `dbt build` alone; here each value that
breaks one is named with its row.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from connections.settings.nearest import nearest
from lenke.seeds.files import Rows

# Written in C, where the machine's PyYAML has it: every run reads these files.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A day as seeds spell it.
DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TYPES = {
    "integer": (re.compile(r"-?\d{1,9}"), "a whole number"),
    "double": (re.compile(r"-?\d+(\.\d+)?"), "a number, with a point"),
    "date": (re.compile(DAY), "a day, as 2026-11-30"),
}


@dataclass(frozen=True)
class Column:
    """What one column may hold; `accepted` is empty when anything goes.

    `rows_for` are values that each need a row; `least` bounds a number; `refers_to` is
    the file and column whose values it may name; `default` is what a file says that
    lacks the column (None: it may not).
    """

    name: str
    type: str
    is_needed: bool
    is_unique: bool
    accepted: tuple[str, ...]
    rows_for: tuple[str, ...]
    least: float | None
    refers_to: tuple[str, str] | None
    default: str | None


@dataclass(frozen=True)
class Seed:
    """One seed; `unique` are columns whose values together occur once.

    `is_choice`: it says what is synced, so where it is missing nothing is chosen. The
    others say what systems and Lenke are like.
    """

    file: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...]
    is_choice: bool


@cache
def seeds_of(folder: Path) -> tuple[Seed, ...]:
    """Give the rules of every seed that a YAML file of the folder describes."""
    return tuple(
        _seed(described)
        for path in sorted(folder.glob("*.yml"))
        for described in yaml.load(path.read_text("utf-8"), _LOADER)["seeds"]  # noqa: S506 - a safe one
    )


def broken_rules(seed: Seed, tables: Mapping[str, Rows]) -> Iterator[str]:
    """Name each value of a seed that breaks a rule of its column, and each double."""
    rows = tables[seed.file]
    for column in seed.columns:
        for number, row in rows:
            words = _wrong(row[column.name], column, tables)
            if words:
                yield f"{seed.file} row {number}, {column.name}: {words}"
        there = {row[column.name] for _, row in rows}
        for value in column.rows_for:
            if value not in there:
                yield (
                    f"{seed.file} has no row with {value!r} in {column.name}. "
                    "Put it back: what goes by it would be switched off."
                )
    for names in seed.unique:
        first: dict[tuple[str, ...], int] = {}
        for number, row in rows:
            values = tuple(row[name] for name in names)
            if first.setdefault(values, number) != number:
                yield (
                    f"{seed.file} row {number}, {', '.join(names)}: row "
                    f"{first[values]} has {', '.join(map(repr, values))} already. Take "
                    "one of them away."
                )


def unknown(value: str, known: tuple[str, ...] | list[str], of: str = "") -> str:
    """Say that a value is not known, which one it is most like, and what is known."""
    like = nearest(value, known)
    return (
        f"{value!r} is not known{f' of {of}' if of else ''}."
        f"{f' Is {like!r} meant?' if like else ''} "
        f"Known: {', '.join(known) or 'nothing'}"
    )


_RUN_BY_DBT = ("{{", "{%", "{#")


def _wrong(value: str, column: Column, tables: Mapping[str, Rows]) -> str | None:
    if value != value.strip():
        return f"{value!r} has blanks around it. Take them away."
    if column.name == "why" and (
        found := next(filter(value.__contains__, _RUN_BY_DBT), "")
    ):
        return (
            f"{found!r} is not accepted: dbt would run what follows. Say it in words."
        )
    if not value:
        return "is empty, and needs a value." if column.is_needed else None
    if column.type in _TYPES:
        pattern, words = _TYPES[column.type]
        if not pattern.fullmatch(value):
            return f"{value!r} is not accepted. Accepted: {words}."
    if column.least is not None and float(value) < column.least:
        return f"{value!r} is too small. Accepted: {column.least:g} or more."
    if column.accepted and value not in column.accepted:
        return unknown(value, column.accepted)
    if column.refers_to:
        file, name = column.refers_to
        known = [row[name] for _, row in tables[file]]
        if value not in known:
            return unknown(value, known)
    return None


def _seed(described: Mapping[str, Any]) -> Seed:
    types = described["config"]["column_types"]
    columns = tuple(
        _column(column, types[column["name"]]) for column in described["columns"]
    )
    return Seed(
        file=f"{described['name']}.csv",
        columns=columns,
        unique=(
            *((column.name,) for column in columns if column.is_unique),
            *(
                tuple(each["unique_combination"]["arguments"]["combination"])
                for each in described.get("data_tests", [])
                if "unique_combination" in each
            ),
        ),
        is_choice=described["config"].get("meta", {}).get("is_choice", False),
    )


def _column(described: Mapping[str, Any], data_type: str) -> Column:
    tests: dict[str, Any] = {}
    if data_type == "boolean":
        tests["accepted_values"] = {"arguments": {"values": ("true", "false")}}
    for each in described.get("data_tests", []):
        tests |= each
    given = {name: test.get("arguments", {}) for name, test in tests.items()}
    refers = given.get("relationships")
    return Column(
        name=described["name"],
        type=data_type,
        is_needed="not_null" in tests,
        is_unique="unique" in tests,
        accepted=tuple(given.get("accepted_values", {}).get("values", ())),
        rows_for=tuple(given.get("has_rows_for", {}).get("values", ())),
        least=given.get("at_least", {}).get("least"),
        refers_to=_referred(refers["to"], refers["field"]) if refers else None,
        default=described.get("config", {})
        .get("meta", {})
        .get("default", None if "not_null" in tests else ""),
    )


def _referred(to: str, name: str) -> tuple[str, str]:
    """Give file and column of a relation, `ref('flows')`."""
    seed = to.removeprefix("ref('").removesuffix("')")
    return f"{seed}.csv", name
