"""Where simulators keep their records: one SQLite database per system.

A record is the JSON object that the system would show, kept as the text that was
stored, so that a number comes back as it was written (25.0 stays 25.0).
Beside it stand the columns that the system searches and sorts by.

The SQL here is put together from names and conditions that simulators write
themselves (hence `noqa: S608`); whatever a caller sent is a parameter.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulators.kit.exact_json import Record, dumps, loads

Column = Callable[[Record], str | int | None]
Parameter = str | int | None


@dataclass(frozen=True)
class Entity:
    """What a database keeps of one record type.

    `columns` say how a searchable value is found in a record; `indexes` are SQL
    column lists over these columns and `key`, for example `"updated, key"`.
    """

    name: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    indexes: Sequence[str] = ()

    @property
    def layout(self) -> str:
        """Name the columns and indexes, to notice a file with other ones."""
        return dumps([list(self.columns), list(self.indexes)])


class Table:
    """The records of one entity. `where` and `order_by` are SQL over its columns."""

    def __init__(self, database: "Database", entity: Entity) -> None:
        """Open the table of `entity`, and lay it out anew when its columns changed."""
        self._database = database
        self._columns = tuple(entity.columns.values())
        self._name = f'"{entity.name}"'
        marks = ", ".join("?" * (len(self._columns) + 2))
        self._put = f"insert or replace into {self._name} values ({marks})"  # noqa: S608
        self._lay_out(entity)

    def get(self, key: str) -> Record | None:
        """Give the record with this key, or None."""
        return self.first("key = ?", (key,))

    def put(self, key: str, record: Record) -> None:
        """Store a record under its key, in the place of an earlier one."""
        columns = [column(record) for column in self._columns]
        self._database.execute(self._put, (key, dumps(record), *columns))

    def remove(self, key: str) -> bool:
        """Forget a record; say whether there was one."""
        return self.remove_where("key = ?", (key,)) == 1

    def remove_where(self, where: str, parameters: Sequence[Parameter]) -> int:
        """Forget the records that `where` names; say how many there were."""
        sql = f"delete from {self._name} where {where}"  # noqa: S608
        return self._database.execute(sql, parameters).rowcount

    def first(self, where: str, parameters: Sequence[Parameter]) -> Record | None:
        """Give the first record that `where` names, or None."""
        return next(iter(self.select(where, parameters, limit=1)), None)

    def select(
        self,
        where: str = "true",
        parameters: Sequence[Parameter] = (),
        *,
        order_by: str = "key",
        limit: int = -1,
        offset: int = 0,
    ) -> list[Record]:
        """Give the records that `where` names, in order."""
        texts = self.texts(
            where, parameters, order_by=order_by, limit=limit, offset=offset
        )
        return [loads(text) for text in texts]

    def texts(
        self,
        where: str = "true",
        parameters: Sequence[Parameter] = (),
        *,
        order_by: str = "key",
        limit: int = -1,
        offset: int = 0,
    ) -> list[str]:
        """Give the same as `select`, each record as its JSON text: for long lists."""
        sql = (
            f"select record from {self._name} where {where} "  # noqa: S608
            f"order by {order_by} limit ? offset ?"
        )
        rows = self._database.fetch(sql, (*parameters, limit, offset))
        return [row[0] for row in rows]

    def count(self, where: str = "true", parameters: Sequence[Parameter] = ()) -> int:
        """Count the records that `where` names."""
        sql = f"select count(*) from {self._name} where {where}"  # noqa: S608
        return int(self._database.fetch(sql, parameters)[0][0])

    def _lay_out(self, entity: Entity) -> None:
        known = self._database.fetch(
            "select layout from layouts where name = ?", (entity.name,)
        )
        if known and known[0][0] == entity.layout:
            return
        kept = []
        if known:
            old = f"select key, record from {self._name}"  # noqa: S608
            kept = self._database.fetch(old, ())
            self._database.execute(f"drop table {self._name}", ())
        columns = "".join(f', "{column}"' for column in entity.columns)
        self._database.execute(
            f"create table {self._name} "
            f"(key text primary key, record text not null{columns})",
            (),
        )
        for number, index in enumerate(entity.indexes):
            name = f'"{entity.name}_{number}"'
            self._database.execute(f"create index {name} on {self._name} ({index})", ())
        for key, record in kept:
            self.put(key, loads(record))
        self._database.execute(
            "insert or replace into layouts values (?, ?)",
            (entity.name, entity.layout),
        )


class Database:
    """The tables of one system, used by one thread at a time."""

    def __init__(self, path: Path | None, entities: Sequence[Entity]) -> None:
        """Open the file at `path`, or a database in memory when there is none."""
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        with self.transaction():
            self.execute(
                "create table if not exists layouts (name text primary key, layout)", ()
            )
            self.execute(
                "create table if not exists sequences (name text primary key, last)", ()
            )
            self._tables = {entity.name: Table(self, entity) for entity in entities}

    def __getitem__(self, entity: str) -> Table:
        """Give the table of an entity; KeyError names the ones that there are."""
        try:
            return self._tables[entity]
        except KeyError:
            known = ", ".join(self._tables)
            raise KeyError(f"no entity {entity!r} here; there are: {known}") from None

    @property
    def entities(self) -> tuple[str, ...]:
        """Name the entities that are kept here."""
        return tuple(self._tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes made inside, or none; may be nested. Others wait."""
        with self._lock:
            name = f"level_{self._depth}"
            nested = self._depth > 0
            begin = f"savepoint {name}" if nested else "begin immediate"
            self._connection.execute(begin)
            self._depth += 1
            try:
                yield
            except BaseException:
                undo = f"rollback to {name}" if nested else "rollback"
                self._connection.execute(undo)
                raise
            else:
                self._connection.execute(f"release {name}" if nested else "commit")
            finally:
                self._depth -= 1

    def next_number(self, sequence: str, start: int = 1) -> int:
        """Give the next number of a sequence; a number is never given out twice."""
        rows = self.fetch(
            "insert into sequences values (?, ?) "
            "on conflict (name) do update set last = last + 1 returning last",
            (sequence, start),
        )
        return int(rows[0][0])

    def execute(self, sql: str, parameters: Sequence[Parameter]) -> sqlite3.Cursor:
        """Run a statement without rows."""
        with self._lock:
            return self._connection.execute(sql, parameters)

    def fetch(self, sql: str, parameters: Sequence[Parameter]) -> list[Any]:
        """Run a statement and give all its rows."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def copied(self) -> bytes:
        """Give the whole database as it is, to put it `back` while nobody uses it."""
        return self._connection.serialize()

    def back(self, copied: bytes) -> None:
        """Make a database in memory what it was when it was copied."""
        self._connection.deserialize(copied)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


class Store:
    """One database per system: files in a folder that stay, or memory without one."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use `folder`, which is made when it is missing."""
        self._folder = folder
        self._databases: dict[str, Database] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def database(self, system: str, entities: Sequence[Entity]) -> Database:
        """Open the database of a system; the same one when it is open already."""
        if system not in self._databases:
            path = self._folder / f"{system}.sqlite" if self._folder else None
            self._databases[system] = Database(path, entities)
        return self._databases[system]

    def close(self) -> None:
        """Close every database."""
        for database in self._databases.values():
            database.close()
        self._databases.clear()
