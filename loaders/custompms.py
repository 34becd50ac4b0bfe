"""Read customers and projects from the customer-built project management system.

Edits       `updatedSince`, inclusive, with an overlap of two minutes.
Deletions   A soft delete comes as a tombstone (`deletedAt`); a hard one just stops
            appearing, so that only a full listing shows it.
One record  `GET` at its own address; `deletedAt` in it after a soft delete, else 404.
Left out    `customerName` of a project is a copy that goes stale; no flow maps it.
"""

from connections.custompms import ENDPOINTS, SYSTEM
from loaders.listing.cursor_pages import entity_by_cursor
from loaders.listing.entity import Source

SOURCE = Source(
    system=SYSTEM,
    entities=tuple(
        entity_by_cursor(name, endpoint) for name, endpoint in ENDPOINTS.items()
    ),
)
