"""Read customers, orders and products from the customer-built web shop.

Edits       `updatedSince`, inclusive, with an overlap of some seconds.
Deletions   A soft delete comes as a tombstone (`deletedAt`); a hard one just stops
            appearing, so that only a full listing shows it.
Left out    Nothing that the contract lists.
"""

from functools import partial

from connections.customwebshop import SYSTEM
from loaders._cursor_pages import pages_by_cursor
from loaders._entity import Entity, Source


def _entity(name: str, path: str) -> Entity:
    return Entity(
        name=name,
        read=partial(pages_by_cursor, path),
        key=("id",),
        stamp="updatedAt",
        version="version",
        in_order_of_change=True,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("customer", "/customers"),
        _entity("order", "/orders"),
        _entity("product", "/products"),
    ),
)
