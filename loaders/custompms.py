"""Read customers and projects from the customer-built project management system.

Edits       `updatedSince`, inclusive, with an overlap of two minutes.
Deletions   A soft delete comes as a tombstone (`deletedAt`); a hard one just stops
            appearing, so that only a full listing shows it.
One record  `GET` at its own address; `deletedAt` in it after a soft delete, else 404.
Left out    `customerName` of a project is a copy that goes stale; no flow maps it.
"""

from functools import partial

from connections.custompms import SYSTEM
from loaders.listing.cursor_pages import pages_by_cursor
from loaders.listing.entity import Entity, Source
from loaders.listing.one import record_below


def _entity(name: str, path: str) -> Entity:
    return Entity(
        name=name,
        read=partial(pages_by_cursor, path),
        read_one=partial(record_below, path),
        key=("id",),
        stamp="updatedAt",
        version="version",
        in_order_of_change=True,
        deleted_mark="deletedAt",
        reference="externalReference",
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("customer", "/customers"),
        _entity("project", "/projects"),
    ),
)
