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
from typing import Any

from connections.http.address import segment
from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import ContractChanged
from connections.http.exact_json import parsed
from connections.powerofficego import NATIONAL_IDS, SYSTEM
from loaders.listing.entity import Entity, Pages, Source
from loaders.listing.one import record_below
from loaders.listing.paging import Visited, body_of, rows_in
from loaders.listing.stamps import earlier

_STAMP = "LastChangedDateTimeOffset"


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    # In the order of ids an edit moves no record over a page edge. The page size is the
    # system's own (5000), because asking for more than it allows is refused.
    params: dict[str, str | int] = {"OrderBy": "Id"}
    if cursor is not None:
        since = earlier(cursor, seconds=1, digits=7)
        params["lastChangedDateTimeOffsetGreaterThan"] = since
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


def _one(path: str, http: Http, record_id: str, *, parts: int) -> Any:
    # A contact person's address goes through its owner: ContactId, then Id.
    *owner, own_id = record_id.split("/", parts - 1)
    return record_below("/".join([path, *map(segment, owner)]), http, own_id)


def _entity(name: str, path: str, *key: str) -> Entity:
    return Entity(
        name=name,
        read=partial(_pages, path),
        read_one=partial(_one, path, parts=len(key)),
        key=key,
        stamp=_STAMP,
        national_ids=NATIONAL_IDS.get(name, ()),
    )


SOURCE = Source(
    system=SYSTEM,
    entities=(
        _entity("contactperson", "/v2/ContactPersons", "ContactId", "Id"),
        _entity("employees", "/v2/Employees", "Id"),
        _entity("customers", "/v2/Customers", "Id"),
    ),
)
