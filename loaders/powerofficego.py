"""Read contact persons, employees and customers from PowerOffice Go v2.

Edits       `lastChangedDateTimeOffsetGreaterThan`, exclusive, so we ask for a second
            more. It is blind to MailAddress, which no flow maps. Own writes come back.
Deletions   A deleted record just stops appearing: only a full listing shows it.
One record  `GET` at its own address; 404 when it was deleted.
Paging      Pages are counted by `PageNumber`. The link in X-Pagination only says that
            there is more: behind a gateway it may bear the host of the backend.
Left out    Every other entity, and the contact persons' addresses' own stamps.
"""

from functools import partial
from itertools import count

from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import ContractChanged
from connections.http.exact_json import parsed
from connections.http.lists import rows_in
from connections.powerofficego import CHANGED_SINCE, ENDPOINTS, SYSTEM
from connections.wire.endpoint import Endpoint
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import record_at
from loaders.listing.paging import Visited, body_of
from loaders.listing.stamps import earlier


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    # In the order of ids an edit moves no record over a page edge. The page size is the
    # system's own (5000), because asking for more than it allows is refused.
    params: dict[str, str | int] = {"OrderBy": "Id"}
    if cursor is not None:
        params[CHANGED_SINCE] = earlier(cursor, seconds=1, digits=7)
    visited = Visited("page")
    for number in count(1):
        answer = http.get(path, params={**params, "PageNumber": number})
        if answer.status == 204:  # how an empty list is answered
            return
        rows = rows_in(answer, body_of(answer))
        yield rows
        if not _has_more(answer):
            return
        visited.add(answer, str(number + 1), rows)


def _has_more(answer: Answer) -> bool:
    """Say whether X-Pagination names a next page; its address is never requested."""
    header = answer.headers.get("X-Pagination")
    if not header:
        return False
    try:
        paging = parsed(header)
    except (ValueError, RecursionError):
        paging = None
    if not isinstance(paging, dict):
        raise ContractChanged(
            f"{SYSTEM}: {answer.request} answered an X-Pagination header that is no "
            "JSON object."
        )
    members = {str(name).lower(): value for name, value in paging.items()}
    return bool(members.get("nextpagelink"))


def _entity(name: str, endpoint: Endpoint) -> Entity:
    return Entity(
        name=name,
        read=partial(_pages, endpoint.path),
        read_one=partial(record_at, endpoint),
        key=endpoint.key,
        stamp=endpoint.stamp,
        national_ids=endpoint.national_ids,
    )


SOURCE = Source(
    system=SYSTEM,
    entities=tuple(_entity(name, endpoint) for name, endpoint in ENDPOINTS.items()),
)
