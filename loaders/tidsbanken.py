"""Read employees, departments, customers and projects from Tidsbanken.

Edits       `$filter=SistEndretDato ge ...`, with the stamp as served: those of Kunde
            and Prosjekt read an hour early and are compared so. Own writes come back.
Deletions   A removed record just stops appearing: only a full listing shows it.
One record  By key for Kunde; the others by a filter on Id, which finds none when it is
            gone. It is the list that answers, so one without it is asked twice.
Left out    Every other entity of the API: no flow uses them.
"""

from functools import partial
from typing import Any

from connections.http.client import Http
from connections.http.errors import Gone
from connections.http.lists import rows_in
from connections.tidsbanken import ENDPOINTS, ROWS, STAMP, SYSTEM, lookups
from connections.wire.endpoint import Endpoint
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import body_of_one
from loaders.listing.paging import Window, body_of, overlapping_pages

_PAGE_SIZE = 1000


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    # Without an order a record that changes while we page may be missed; with this one
    # it moves to the end and comes again.
    params: dict[str, str | int] = {"$orderby": f"{STAMP},Id"}
    if cursor is not None:
        params["$filter"] = f"{STAMP} ge {cursor}"

    def read(window: Window) -> list[Any]:
        place = {"$top": window.size, "$skip": window.first}
        answer = http.get(path, params={**params, **place})
        return rows_in(answer, body_of(answer), ROWS)

    return overlapping_pages(
        read,
        what=f"{SYSTEM} {path}",
        key="Id",
        size=_PAGE_SIZE,
        window_at=window_at,
    )


def window_at(end: int, back: int, size: int) -> Window:
    return Window(max(end - back, 0) if size > 1 else end, size)


def _one(entity: str, http: Http, record_id: str) -> Any:
    for address, params in lookups(entity, record_id):
        answer = http.get(address, params=params)
        if rows := rows_in(answer, body_of_one(answer), ROWS):
            return rows[0]
    raise Gone(f"{answer.request} for Id {record_id} gave no record.")


def _entity(name: str, endpoint: Endpoint) -> Entity:
    return Entity(
        name=name,
        read=partial(_pages, endpoint.path),
        read_one=partial(_one, name),
        key=endpoint.key,
        stamp=endpoint.stamp,
        national_ids=endpoint.national_ids,
        in_order_of_change=True,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=tuple(_entity(name, endpoint) for name, endpoint in ENDPOINTS.items()),
)
