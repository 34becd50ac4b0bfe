"""What a page asks of the published tables: its statements, and how it shows them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from connections.machine.database import quoted
from lenke.home.places import Home
from lenke.showing.look import Rows, looking

PAGE = 50  # rows that are shown at once

_NAMED = re.compile(r"\$(\w+)")

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one statement gave, and that statement as anybody may ask it again.

    `offset` rows come before these; `in_all` counts them all.
    """

    rows: list[Row]
    sql: str
    offset: int = 0

    @property
    def in_all(self) -> int:
        """Count the rows, also those of other pages."""
        return int(self.rows[0]["in_all"]) if self.rows else 0

    @property
    def first(self) -> Row:
        """Give the first row; there is one."""
        return self.rows[0]


@dataclass(frozen=True)
class Look:
    """One look at what is published: all answers are of the same tables."""

    home: Home
    ask: Callable[..., Rows]

    def at(self, name: str, **given: Any) -> Answer:
        """Answer the statement of `sql/<name>.sql`; what it does not name is let be."""
        return self.of(statement(name), **given)

    def of(self, text: str, **given: Any) -> Answer:
        """Answer a statement."""
        named = {name: given[name] for name in _NAMED.findall(text)}
        found = self.ask(text, **named).as_json()
        return Answer(found, as_typed(text, given), int(given.get("offset") or 0))


@contextmanager
def one_look(home: Home) -> Iterator[Look]:
    """Open what is published for one page; ConfigurationError where nothing is."""
    with looking(home) as ask:
        yield Look(home, ask)


@cache
def statement(name: str) -> str:
    """Give the text of a statement."""
    path = Path(__file__).parent / "sql" / f"{name}.sql"
    return path.read_text(encoding="utf-8").strip()


def as_typed(text: str, given: dict[str, Any]) -> str:
    """Give a statement with its values in it, as `lenke sql` takes it."""
    return _NAMED.sub(lambda found: _literal(given[found[1]]), text)


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(' ')}'"
    if isinstance(value, list):
        return f"[{', '.join(_literal(each) for each in value)}]"
    return quoted(str(value))
