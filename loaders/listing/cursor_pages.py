"""Reading by cursor, as our own contract has it."""

from collections.abc import Generator
from functools import partial
from typing import Any

from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import ContractChanged
from connections.http.lists import rows_in
from connections.wire.endpoint import Endpoint
from connections.wire.own_contract import (
    CHANGED_SINCE,
    DELETED,
    REFERENCE,
    ROWS,
    VERSION,
    WITH_DELETED,
)
from loaders.listing.entity import Entity, Pages
from loaders.listing.one import record_at
from loaders.listing.paging import Visited, body_of
from loaders.listing.stamps import earlier

_PAGE_SIZE = 500
_OVERLAP_SECONDS = 120  # a record may become visible after a later-stamped one
_RESTARTS = 3


def entity_by_cursor(name: str, endpoint: Endpoint) -> Entity:
    """Give an entity of our own contract, as it is read."""
    return Entity(
        name=name,
        read=partial(_pages, endpoint.path),
        read_one=partial(record_at, endpoint),
        key=endpoint.key,
        stamp=endpoint.stamp,
        version=VERSION,
        in_order_of_change=True,
        deleted_mark=DELETED,
        reference=REFERENCE,
    )


def _pages(path: str, http: Http, cursor: str | None) -> Pages:
    """Read a list to its end; tombstones are seen, because they are asked for.

    `updatedSince` is inclusive. A cursor dies after an hour (400, `cursor-expired`):
    the listing then starts over, and what comes twice is sorted out later.
    """
    params: dict[str, str | int | bool] = {"limit": _PAGE_SIZE, WITH_DELETED: True}
    if cursor is not None:
        params[CHANGED_SINCE] = earlier(cursor, seconds=_OVERLAP_SECONDS, digits=3)
    for _ in range(_RESTARTS):
        expired = yield from _pages_until_expired(path, http, params)
        if not expired:
            return
    raise ContractChanged(
        f"{http.system}: the cursor for {path} expired {_RESTARTS} times in a row. "
        "The listing takes longer than a cursor lives; look why it is so slow."
    )


def _pages_until_expired(
    path: str, http: Http, params: dict[str, str | int | bool]
) -> Generator[list[Any], None, bool]:
    visited = Visited("cursor")
    answer = http.get(path, params=params)
    while True:
        body = body_of(answer)
        rows = rows_in(answer, body, ROWS)
        yield rows
        following = body.get("nextCursor")
        if following is None:
            return False
        if not isinstance(following, str):
            raise ContractChanged(
                f"{http.system}: {answer.request} answered a nextCursor that is no "
                "text."
            )
        visited.add(answer, following, rows)
        answer = http.get(path, params={**params, "cursor": following})
        if _is_expired(answer):
            return True


def _is_expired(answer: Answer) -> bool:
    if answer.status != 400:
        return False
    problem = answer.json()
    kind = problem.get("type") if isinstance(problem, dict) else None
    return str(kind).endswith("cursor-expired")
