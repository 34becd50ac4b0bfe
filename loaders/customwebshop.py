"""Read customers, orders and products from the customer-built web shop.

Edits       `updatedSince`, inclusive, with an overlap of two minutes.
Deletions   A soft delete comes as a tombstone (`deletedAt`); a hard one just stops
            appearing, so that only a full listing shows it.
One record  `GET` at its own address; `deletedAt` in it after a soft delete, else 404.
Left out    Nothing that the contract lists.
"""

from connections.customwebshop import ENDPOINTS, SYSTEM
from loaders.listing.cursor_pages import entity_by_cursor
from loaders.listing.entity import Source

SOURCE = Source(
    system=SYSTEM,
    entities=tuple(
        entity_by_cursor(name, endpoint) for name, endpoint in ENDPOINTS.items()
    ),
)
