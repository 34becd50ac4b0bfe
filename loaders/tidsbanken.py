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

from connections.http.address import Params, segment
from connections.http.client import Http
from connections.http.errors import Gone
from connections.tidsbanken import NATIONAL_IDS, SYSTEM
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import body_of_one
from loaders.listing.paging import Window, body_of, overlapping_pages, rows_in

_PAGE_SIZE = 1000


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    # Without an order a record that changes while we page may be missed; with this one
    # it moves to the end and comes again.
    params: dict[str, str | int] = {"$orderby": "SistEndretDato,Id"}
    if cursor is not None:
        params["$filter"] = f"SistEndretDato ge {cursor}"

    def read(window: Window) -> list[Any]:
        place = {"$top": window.size, "$skip": window.first}
        answer = http.get(path, params={**params, **place})
        return rows_in(answer, body_of(answer), "value")

    return overlapping_pages(
        read,
        what=f"{SYSTEM} {path}",
        key="Id",
        size=_PAGE_SIZE,
        window_at=window_at,
    )


def window_at(end: int, back: int, size: int) -> Window:
    return Window(max(end - back, 0) if size > 1 else end, size)


def _one(path: str, http: Http, record_id: str, *, lookup: str) -> Any:
    doubled = record_id.replace("'", "''")
    asked: list[tuple[str, Params | None]] = [(f"{path}('{segment(doubled)}')", None)]
    if lookup != "key":
        literal = record_id if lookup == "number" else f"'{doubled}'"
        only = f"Id eq {literal}"
        # A page with a gap looks the same as none: it is asked for in two ways.
        asked = [(path, {"$filter": only, "$top": most}) for most in (1, 2)]
    for address, params in asked:
        answer = http.get(address, params=params)
        if rows := rows_in(answer, body_of_one(answer), "value"):
            return rows[0]
    raise Gone(f"{answer.request} for Id {record_id} gave no record.")


def _entity(name: str, path: str, *, lookup: str = "text") -> Entity:
    return Entity(
        name=name,
        read=partial(_pages, path),
        read_one=partial(_one, path, lookup=lookup),
        key=("Id",),
        stamp="SistEndretDato",
        national_ids=NATIONAL_IDS.get(name, ()),
        in_order_of_change=True,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("ansatt", "/ansatt/ansatt", lookup="number"),
        _entity("avdeling", "/ansatt/Avdeling"),
        _entity("kunde", "/prosjekt/Kunde", lookup="key"),
        _entity("prosjekt", "/prosjekt/Prosjekt"),
    ),
)
