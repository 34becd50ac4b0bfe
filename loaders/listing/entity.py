"""What a loader says about a system: its entities, and how each is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from connections.http.client import Http
from connections.settings.read import module_of

Pages = Iterator[list[Any]]


@dataclass(frozen=True)
class Entity:
    """One record type of a system.

    `read(http, cursor)` gives its pages: everything when the cursor is None, else at
    least what changed since. `read_one(http, record_id)` gives one record as its own
    address shows it, or raises Gone. `key` names the members that make up the id
    (joined by `/`). `stamp` is the member that the change filter looks at; None means
    that there is no trustworthy filter, so that every listing is full. `version` tells
    which of two copies is newer (default: the stamp). `in_order_of_change` says that a
    record which changes while we page comes again later in the same listing.
    `deleted_mark` is the member that is set in a record which has been deleted,
    `reference` the one that bears the key of the record which it was created for.
    """

    name: str
    read: Callable[[Http, str | None], Pages]
    read_one: Callable[[Http, str], Any]
    key: tuple[str, ...]
    stamp: str | None = None
    version: str | None = None
    national_ids: tuple[str, ...] = ()
    in_order_of_change: bool = False
    deleted_mark: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Source:
    """A system as dlt reads it: one dlt source with one resource per entity."""

    system: str
    entities: tuple[Entity, ...]


def source_of(system: str) -> Source:
    """Give what a system's loader says: its entities and how each is read."""
    source: Source = module_of("loaders", system).SOURCE
    return source
