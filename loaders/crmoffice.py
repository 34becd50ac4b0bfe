"""Read contacts and activities from CRM-Office.

Edits       Contacts: `modifiedSince`, inclusive, whole seconds. Activities have no
            change filter, so they are read in full every time. Own writes come back.
Deletions   A deleted record just stops appearing: only a full listing shows it.
One record  `GET` at its own address; 404 when it was deleted.
Left out    Companies and users: no flow uses them.
"""

from functools import partial
from typing import Any

from connections.crmoffice import (
    CHANGED_SINCE,
    ENDPOINTS,
    PAGE_SIZE,
    ROWS,
    SYSTEM,
    page_at,
)
from connections.http.client import Http
from connections.http.lists import rows_in
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import record_at
from loaders.listing.paging import Window, body_of, overlapping_pages
from loaders.listing.stamps import earlier


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    params: dict[str, str | int] = {}
    if cursor is not None:
        params[CHANGED_SINCE] = earlier(cursor, seconds=0, digits=0)

    def read(window: Window) -> list[Any]:
        place = page_at(window.first // window.size + 1, window.size)
        answer = http.get(path, params={**params, **place})
        return rows_in(answer, body_of(answer), ROWS)

    return overlapping_pages(
        read,
        what=f"{SYSTEM} {path}",
        key="id",
        size=PAGE_SIZE,
        window_at=window_at,
    )


def window_at(end: int, back: int, size: int) -> Window:
    """Give the page that overlaps what was read and reaches furthest.

    A page begins at a multiple of its size, so pages of equal size never overlap. Sizes
    a little smaller do, at the cost of a few rows that are read twice.
    """
    wanted = max(end - back, 0)
    windows = (
        Window(wanted // smaller * smaller, smaller) for smaller in range(size, 1, -1)
    )
    reach = max(windows, key=lambda window: window.first + window.size, default=None)
    if back > 1 and reach is not None:
        return reach
    if reach is not None and reach.first + reach.size > end:
        return reach
    return Window(end, size)  # every size divides `end`: this page follows exactly


def _entity(name: str, *, stamp: str | None = None) -> Entity:
    endpoint = ENDPOINTS[name]
    return Entity(
        name=name,
        read=partial(_pages, endpoint.path),
        read_one=partial(record_at, endpoint),
        key=endpoint.key,
        stamp=stamp,
        version=endpoint.stamp,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("contacts", stamp=ENDPOINTS["contacts"].stamp),
        _entity("activities"),
    ),
)
