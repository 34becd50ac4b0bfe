"""The tables of PowerOffice Go, and the copy of them that reads may lag behind on."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from simulators.kit.exact_json import Record
from simulators.kit.http import Clock
from simulators.kit.store import Database, Entity, Table
from simulators.parts.powerofficego.members import MEMBERS, entity_named, key_of
from simulators.parts.powerofficego.times import stamp, ticks

_QUEUE = Entity(
    "replication",
    {"due": lambda row: int(row["due"]), "number": lambda row: int(row["number"])},
    ("due",),
)


def entities() -> Iterator[Entity]:
    """Give every table: that of each entity, its copy, and the queue between them."""
    for entity in MEMBERS:
        yield entity_named(entity, entity)
        yield entity_named(f"{entity}_replica", entity)
    yield _QUEUE
    yield Entity("ledger")


class Tables:
    """Writes go to the tables; reads go there too, or to a copy `lag` behind."""

    def __init__(self, database: Database, lag: timedelta, clock: Clock) -> None:
        """Start with a copy that is up to date."""
        self.database = database
        self._lag = lag
        self._clock = clock
        if not lag:
            return
        with database.transaction():
            database["replication"].remove_where("true", ())
            for entity in MEMBERS:
                replica = database[f"{entity}_replica"]
                replica.remove_where("true", ())
                for record in database[entity].select():
                    replica.put(key_of(entity, record), record)

    def readable(self, entity: str) -> Table:
        """Give the table that a caller reads from."""
        if not self._lag:
            return self.database[entity]
        queue, now = self.database["replication"], self._now(timedelta())
        for row in queue.select("due <= ?", (now,), order_by="number"):
            replica = self.database[f"{row['entity']}_replica"]
            if row["record"] is None:
                replica.remove(row["key"])
            else:
                replica.put(row["key"], row["record"])
        queue.remove_where("due <= ?", (now,))
        return self.database[f"{entity}_replica"]

    def get(self, entity: str, key: str) -> Record | None:
        """Give a record as it is stored."""
        return self.database[entity].get(key)

    def put(self, entity: str, record: Record) -> None:
        """Store a record."""
        key = key_of(entity, record)
        self.database[entity].put(key, record)
        self._enqueue(entity, key, record)

    def remove(self, entity: str, keys: Sequence[str]) -> None:
        """Forget records."""
        for key in keys:
            self.database[entity].remove(key)
            self._enqueue(entity, key, None)

    def _enqueue(self, entity: str, key: str, record: Record | None) -> None:
        if not self._lag:
            return
        number = self.database.next_number("replication")
        row = {
            "number": number,
            "due": self._now(self._lag),
            "entity": entity,
            "key": key,
            "record": record,
        }
        self.database["replication"].put(str(number), row)

    def _now(self, later: timedelta) -> int:
        return ticks(stamp(self._clock() + later))
