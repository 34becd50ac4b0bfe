"""Read companies, organizations, invoices and products from Membercare.

Edits       By comparing full lists. Only companies have a change filter (`/debtors`),
            and it is blind to contacts, addresses and organisation numbers.
Deletions   None. A closed company drops out of the list but still answers a single
            read; an ended organization and a retired product stay in theirs.
One record  `GET` at its own address; a company comes with contacts and addresses
            (assumed), without being asked for them.
Paging      `nextPageUrl` is followed until null. It is known to keep `pageSize` only,
            so what else was asked for is put back: contacts that were not asked for
            come empty, which would read as emptied.
Left out    Persons: no flow uses them. Contacts and addresses of companies come along,
            because the list is asked to include them.
"""

from functools import partial

from connections.http.address import Params
from connections.http.client import Http
from connections.http.errors import ContractChanged
from connections.http.lists import rows_in
from connections.membercare import ENDPOINTS, SYSTEM
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import record_at
from loaders.listing.paging import Visited, body_of, parts_of_link

_PAGE_SIZE = 200
_PLACE = {"page", "pagesize"}  # where the next page begins is for its link to say


def _pages(
    path: str, http: Http, _cursor: str | None, *, include_info: bool = False
) -> Pages:
    params: dict[str, int | bool] = {"pageSize": _PAGE_SIZE}
    if include_info:
        # Otherwise contacts and addresses read empty, which means "not loaded".
        params["includeAddressAndContactInfo"] = True
    visited = Visited("page")
    answer = http.get(path, params=params)
    while True:
        body = body_of(answer)
        rows = rows_in(answer, body, "result")
        yield rows
        link = body.get("nextPageUrl")
        if link is None:
            return
        if not isinstance(link, str):
            raise ContractChanged(f"{answer.request}: nextPageUrl is no text.")
        visited.add(answer, link, rows)
        address, kept = parts_of_link(answer, link)
        answer = http.get(address, params=with_ours(kept, params))


def with_ours(shown: Params, asked: Params) -> Params:
    """Give all that we asked for, with the place that a next page's link shows."""
    places = {name.lower() for name in shown} & _PLACE
    ours = {name.lower() for name in asked} - places
    return {
        **{name: asked[name] for name in asked if name.lower() in ours},
        **{name: shown[name] for name in shown if name.lower() not in ours},
    }


def _entity(name: str, *, include_info: bool = False) -> Entity:
    endpoint = ENDPOINTS[name]
    return Entity(
        name=name,
        read=partial(_pages, endpoint.path, include_info=include_info),
        read_one=partial(record_at, endpoint),
        key=endpoint.key,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("companies", include_info=True),
        _entity("organizations"),
        _entity("invoices"),
        _entity("products"),
    ),
)
