"""What happens to a record, whoever changes it.

The rules here know nothing of HTTP: callers and people go through the same ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from simulators.kit.exact_json import Record
from simulators.kit.http import Clock
from simulators.kit.store import Column, Database, Entity, Table
from simulators.own_contract.member_kinds import read_only, text
from simulators.own_contract.members import Invalid, Member, merged, stored
from simulators.own_contract.paging import Filter, stamp
from simulators.own_contract.problems import Refuse


@dataclass(frozen=True)
class Change:
    """A record about to be stored; `settle` of its resource may fill it in."""

    database: Database
    record: Record
    old: Record | None
    today: date

    def changes(self, member: str) -> bool:
        """Say whether the member gets another value; in a new record it does."""
        return self.old is None or self.old[member] != self.record[member]


@dataclass(frozen=True)
class Unique:
    """A member that no two records share; `kind` is the problem when one is taken."""

    member: str
    column: str
    kind: str


@dataclass(frozen=True)
class Resource:
    """One entity: where it is served, what it holds, and the rules of its own.

    `settle` computes and checks what goes beyond single members (it raises Invalid or
    Refused), `in_use` says what keeps a record from being removed for good, `ripple`
    follows a change into other records.
    """

    entity: str
    path: str
    members: Mapping[str, Member]
    columns: Mapping[str, Column]
    filters: Mapping[str, Filter]
    new_id: Callable[[int, datetime], str]
    settle: Callable[[Change], None]
    unique: tuple[Unique, ...] = ()
    in_use: Callable[[Database, str], str | None] = lambda database, key: None
    ripple: Callable[[Database, Record], None] = lambda database, record: None

    @property
    def table(self) -> Entity:
        """Give the table that the records are kept in."""
        columns: dict[str, Column] = {
            "updated": lambda record: str(record["updatedAt"]),
            "deleted": lambda record: int(record["deletedAt"] is not None),
            "external_reference": member("externalReference"),
            **self.columns,
        }
        return Entity(self.entity, columns, ("updated, key", *list(columns)[2:]))

    @property
    def every_member(self) -> dict[str, Member]:
        """Give the members that all records have, then those of this entity."""
        return {**RECORD, **self.members}

    @property
    def every_filter(self) -> dict[str, Filter]:
        """Give the filters that all lists have, then those of this entity."""
        return {"externalReference": Filter("external_reference"), **self.filters}

    @property
    def every_unique(self) -> tuple[Unique, ...]:
        """Give the members that must be unique."""
        return (REFERENCE, *self.unique)


def member(name: str) -> Column:
    """Give the column that holds a text member as it is."""
    return lambda record: record[name]


def _only_null(value: object) -> object:
    raise Invalid(("", "can only be set to null, to bring the record back"))


RECORD = {
    "id": read_only(),
    "externalReference": text(100),
    "version": read_only(),
    "createdAt": read_only(),
    "updatedAt": read_only(),
    "deletedAt": Member(_only_null),
}
REFERENCE = Unique(
    "externalReference", "external_reference", "external-reference-taken"
)


class Records:
    """The records of one system, changed by its rules."""

    def __init__(
        self,
        database: Database,
        resources: Mapping[str, Resource],
        clock: Clock,
        skew: timedelta,
        refuse: Refuse,
    ) -> None:
        """Stamp by `clock`; every second change appears `skew` after its stamp."""
        self._database = database
        self._resources = resources
        self._clock = clock
        self._delays = cycle((timedelta(0), skew))
        self._refuse = refuse

    def insert(self, entity: str, record: Record) -> Record:
        """Store a new record and give it as stored."""
        resource = self._resources[entity]
        new = self._settled(resource, record, None)
        now = self._clock()
        appeared = stamp(now - next(self._delays))
        number = self._database.next_number(f"{entity} id")
        new["id"] = resource.new_id(number, now)
        new["version"] = 1
        new["createdAt"] = new["updatedAt"] = appeared
        return self._keep(resource, new)

    def edit(self, entity: str, key: str, changes: Record) -> Record:
        """Change a record by a merge patch and give it as stored."""
        resource = self._resources[entity]
        old = self.existing(entity, key)
        if old["deletedAt"] is None:
            new = self._settled(resource, merged(old, changes), old)
            return old if new == old else self._moved_on(resource, new)
        if changes != {"deletedAt": None}:
            raise self._refuse(
                "deleted", f'{key} is deleted; {{"deletedAt": null}} brings it back.'
            )
        return self._moved_on(resource, {**old, "deletedAt": None})

    def remove(self, entity: str, key: str, *, hard: bool) -> None:
        """Mark a record as deleted, or remove it for good when nothing uses it."""
        resource = self._resources[entity]
        old = self.existing(entity, key)
        if hard:
            user = resource.in_use(self._database, key)
            if user is not None:
                raise self._refuse("in-use", f"{key} is used by {user}.")
            self._database[entity].remove(key)
        elif old["deletedAt"] is None:
            self._moved_on(resource, old, gone=True)

    def existing(self, entity: str, key: str) -> Record:
        """Give a record, deleted or not; refuses a key that is not there."""
        found = self._database[entity].get(key)
        if found is None:
            raise self._refuse("not-found", f"There is no {entity} {key}.")
        return found

    def _settled(self, resource: Resource, given: object, old: Record | None) -> Record:
        """Give the record that `given` makes, checked, without a new stamp."""
        members = resource.every_member
        try:
            record = stored(members, given)
            for name, kind in members.items():
                if kind.read_only:
                    record[name] = old[name] if old else None
            today = self._clock().date()
            resource.settle(Change(self._database, record, old, today))
        except Invalid as invalid:
            errors = [
                {"pointer": pointer, "detail": detail}
                for pointer, detail in invalid.errors
            ]
            raise self._refuse("validation", str(invalid), errors=errors) from invalid
        for unique in resource.every_unique:
            self._refuse_taken(self._database[resource.entity], unique, record)
        return record

    def _refuse_taken(self, table: Table, unique: Unique, record: Record) -> None:
        value: Any = record[unique.member]
        if value is None:
            return
        own = record["id"] or ""
        holder = table.first(f"{unique.column} = ? and key <> ?", (value, own))
        if holder is not None:
            raise self._refuse(
                unique.kind,
                f"{unique.member} {value} belongs to {holder['id']}.",
                existingId=holder["id"],
            )

    def _moved_on(
        self, resource: Resource, record: Record, *, gone: bool = False
    ) -> Record:
        """Store a changed record as its next version."""
        appeared = stamp(self._clock() - next(self._delays))
        record["version"] += 1
        record["updatedAt"] = max(record["updatedAt"], appeared)
        if gone:
            record["deletedAt"] = record["updatedAt"]
        return self._keep(resource, record)

    def _keep(self, resource: Resource, record: Record) -> Record:
        self._database[resource.entity].put(record["id"], record)
        resource.ripple(self._database, record)
        return record
