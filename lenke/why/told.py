"""What is told of a star: facts, each with its sentence; and how they are spelt."""

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lenke.showing.layout import visible
from lenke.showing.local_time import shown

# What looks like a record key in a text; whether it is one, the records say.
KEY = re.compile(r"\b[a-z]+:[a-z]+:[^\s,;'\"`]*[^\s,;'\"`.:)]")


@dataclass(frozen=True)
class Fact:
    """Something that happened, or that holds: when, in words, and what to do now.

    `is_new`: it is not the past, but what a person may wait for. `row` is what it was
    read from.
    """

    sentence: str
    at: datetime | None = None
    property: str | None = None
    is_new: bool = False
    next_steps: tuple[str, ...] = ()
    row: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give it as one object: the sentence, and the columns that it is made of."""
        return {
            "at": self.at,
            "property": self.property,
            "sentence": self.sentence,
            "next_steps": list(self.next_steps),
            **{name: each for name, each in self.row.items() if name != "property"},
        }


@dataclass(frozen=True)
class Names:
    """What people call records."""

    by_key: Mapping[str, str | None]

    def of(self, key: str | None) -> str:
        """Give a record's key with its name beside it."""
        if key is None:
            return "a record"
        name = self.by_key.get(key)
        return f"{visible(key)} ({visible(name)})" if name else visible(key)

    def value(self, value: str | None) -> str:
        """Give a value as people read it; one that names a record, with its name."""
        if value is None:
            return "nothing"
        if value in self.by_key:
            return self.of(value)
        return f"“{visible(value)}”"


def keys_in(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give what looks like a record key anywhere in rows."""
    return {
        key
        for row in rows
        for value in row.values()
        if isinstance(value, str)
        for key in (value, *KEY.findall(value))
        if key.count(":") >= 2
    }


def when(moment: datetime | None) -> str:
    """Give a moment of the tables as the clock in Norway shows it."""
    return "" if moment is None else shown(moment)


def command(*words: str) -> str:
    """Give a whole command, as a shell reads it."""
    return shlex.join(["lenke", *words])
