"""The records of one entity as bytes, in the order in which the system lists them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """How an entity is kept: its name, key members and stamp, and how that is spelt.

    `moves`: a changed record moves to the end, because the list is in order of change.
    """

    name: str
    key: tuple[str, ...]
    stamp: str
    zone: str = "Z"
    moves: bool = False


class Table:
    """Records as they go over the wire; a page of them is one join of bytes.

    The file has one record a line, in listing order.
    """

    def __init__(self, folder: Path, kind: Kind) -> None:
        """Read the file of `kind`; an entity without one is empty."""
        self.kind = kind
        self._rows: dict[str, bytes] = {}
        self._stamps: dict[str, float] = {}
        self._order: list[bytes] | None = None
        path = folder / f"{kind.name}.ndjson"
        if path.exists():
            with path.open("rb") as file:
                for line in file:
                    self._keep(json.loads(line), line.rstrip(b"\n"))

    def __len__(self) -> int:
        """Count the records."""
        return len(self._rows)

    def keys(self) -> list[str]:
        """Give the keys, in listing order."""
        return list(self._rows)

    def page(self, first: int, size: int) -> bytes:
        """Give the rows from `first` on, joined by commas."""
        if self._order is None:
            self._order = list(self._rows.values())
        return b",".join(self._order[first : first + size])

    def since(self, stamp: str, *, inclusive: bool) -> list[bytes]:
        """Give the rows that changed since, in listing order."""
        wanted = instant(stamp)
        return [
            self._rows[key]
            for key, changed in self._stamps.items()
            if changed > wanted or (inclusive and changed == wanted)
        ]

    def having(self, fits: Callable[[Record], bool]) -> list[bytes]:
        """Give the rows that fit; each of them is looked at."""
        return [row for row in self._rows.values() if fits(json.loads(row))]

    def raw(self, key: str) -> bytes | None:
        """Give a row by its key."""
        return self._rows.get(key)

    def get(self, key: str) -> Record | None:
        """Give a record by its key."""
        row = self._rows.get(key)
        return None if row is None else json.loads(row)

    def put(self, record: Record) -> bytes:
        """Keep a new or changed record; give its row."""
        key = self.key_of(record)
        if self.kind.moves and key in self._rows:
            del self._rows[key], self._stamps[key]
        row = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        self._keep(record, row)
        self._order = None
        return row

    def key_of(self, record: Record) -> str:
        """Give a record's key, its members joined by `/`."""
        return "/".join(str(record[member]) for member in self.kind.key)

    def _keep(self, record: Record, row: bytes) -> None:
        key = self.key_of(record)
        self._rows[key] = row
        self._stamps[key] = instant(record.get(self.kind.stamp) or "1970-01-01")


def instant(stamp: str) -> float:
    """Give a stamp as seconds, so that two of one system can be compared."""
    moment = datetime.fromisoformat(stamp.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()
