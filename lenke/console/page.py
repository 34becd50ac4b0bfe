"""What a page is asked for, and what it gives to its template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lenke.showing.local_time import OSLO

_MORNING = 7  # o'clock in Norway, when people look at what happened since yesterday


@dataclass(frozen=True)
class Asked:
    """What stands behind the question mark of an address, and when it was asked.

    `now` is in UTC, without saying so: as the tables have it.
    """

    words: Mapping[str, str]
    now: datetime

    def text(self, name: str) -> str | None:
        """Give a word that was asked for; None where there is none."""
        return self.words.get(name, "").strip() or None

    def flag(self, name: str) -> bool:
        """Tell whether something is wanted."""
        return self.words.get(name) == "1"

    @property
    def offset(self) -> int:
        """Give how many rows come before those that are asked for."""
        told = self.words.get("offset", "")
        return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0

    @property
    def since(self) -> datetime:
        """Give yesterday at seven in the morning, in Norway."""
        today = self.now.replace(tzinfo=UTC).astimezone(OSLO)
        yesterday = (today - timedelta(days=1)).replace(
            hour=_MORNING, minute=0, second=0, microsecond=0
        )
        return yesterday.astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Page:
    """A page: which part shows it, what it is called, its sentence, what it needs."""

    part: str
    title: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def number(count: int, one: str, many: str) -> str:
    """Give a number with its word: "1 write", "1,200 writes"."""
    return f"{count:,} {one if count == 1 else many}"


def nothing(what: str, name: str | None) -> Page:
    """Give the page that says that nobody knows what was asked for."""
    return Page(
        "nothing",
        "Nobody knows it",
        f"There is no {what} {name!r} in what is published.",
        status=404,
    )
