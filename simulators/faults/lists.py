"""Faults of lists: stale, incomplete, with rows twice, without an end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from simulators.faults.answers import ELSEWHERE
from simulators.faults.fault import Hit, Kind, Late
from simulators.kit.exact_json import Record, dumps, loads
from simulators.kit.target import KEYS, row_key

_ROWS = ("data", "items", "value", "result")
_LINKS = ("nextCursor", "nextPageUrl")
_HEADER, _HEADER_LINK = "X-Pagination", "nextPageLink"


@dataclass
class Page:
    """A page of a list: its rows, and where the next page is."""

    response: Response
    body: Any

    @property
    def rows(self) -> list[Record]:
        """The rows themselves, to be changed in place."""
        if isinstance(self.body, list):
            return self.body
        return next(self.body[name] for name in _ROWS if name in self.body)

    @property
    def link(self) -> str | None:
        """The next page's cursor or address."""
        if isinstance(self.body, dict):
            found = [self.body[name] for name in _LINKS if self.body.get(name)]
        else:
            paging = loads(self.response.headers.get(_HEADER, "{}"))
            found = [paging[_HEADER_LINK]] if paging.get(_HEADER_LINK) else []
        return found[0] if found else None

    @property
    def has_links(self) -> bool:
        """Say whether the system tells where the next page is."""
        if isinstance(self.body, list):
            return _HEADER in self.response.headers
        return any(name in self.body for name in _LINKS)

    def lead_to(self, link: str | None) -> None:
        """Put another link in the place of the present one."""
        if isinstance(self.body, list):
            paging = loads(self.response.headers.get(_HEADER, "{}"))
            self.response.headers[_HEADER] = dumps({**paging, _HEADER_LINK: link or ""})
            return
        for name in _LINKS:
            if name in self.body:
                self.body[name] = link

    def answer(self) -> Response:
        """Give the page as it is now."""
        self.response.set_data(dumps(self.body))
        return self.response


def page_of(response: Response) -> Page | None:
    """Give the page that an answer is; None when it is none."""
    if response.status_code != 200:
        return None
    try:
        body = loads(response.get_data())
    except ValueError:
        return None
    has_rows = isinstance(body, list) or (
        isinstance(body, dict) and any(name in body for name in _ROWS)
    )
    return Page(response, body) if has_rows else None


def _of_list(change: Callable[[Hit, Page], bool]) -> Late:
    """Make an effect of a function that changes a page and says whether it did."""

    def late(hit: Hit, response: Response) -> Response | None:
        page = page_of(response) if hit.target.operation == "list" else None
        return page.answer() if page is not None and change(hit, page) else None

    return late


def _of_rows(change: Callable[[Hit, Page], bool]) -> Late:
    """Do the same where a list answers for a single record, too."""

    def late(hit: Hit, response: Response) -> Response | None:
        page = page_of(response) if hit.target.is_of_list else None
        return page.answer() if page is not None and change(hit, page) else None

    return late


def _key(hit: Hit, row: Record) -> str | None:
    return row_key(hit.simulator.database[hit.target.entity], row)


def _concerns(hit: Hit, row: Record) -> bool:
    return hit.fault.record_id in (None, _key(hit, row))


def _stale(hit: Hit, page: Page) -> bool:
    """Show each record as it was when a list showed it first."""
    seen = hit.memory.setdefault("seen", {})
    before = dumps(page.rows)
    page.rows[:] = [
        seen.setdefault((hit.target.entity, _key(hit, row)), row)
        if _concerns(hit, row)
        else row
        for row in page.rows
    ]
    return dumps(page.rows) != before


def _twice(hit: Hit, page: Page) -> bool:
    """Show a record once more, at the end of its page."""
    again = [row for row in page.rows if _concerns(hit, row)]
    page.rows.extend(again)
    return bool(again)


def _missing(hit: Hit, page: Page) -> bool:
    """Leave a record out."""
    kept = [row for row in page.rows if not _concerns(hit, row)]
    changed = len(kept) < len(page.rows)
    page.rows[:] = kept
    return changed


def _empty(hit: Hit, page: Page) -> bool:
    """Show nothing, and say that there is no more."""
    if not page.rows:
        return False
    page.rows.clear()
    page.lead_to(None)
    return True


def _half(hit: Hit, page: Page) -> bool:
    """Show the first half of the records only, on whichever page they are."""
    entity = hit.target.entity
    if entity not in hit.memory:
        rows = hit.simulator.records(entity)
        keys = sorted(key for row in rows if (key := _key(hit, row)) is not None)
        hit.memory[entity] = set(keys[: len(keys) // 2])
    shown = hit.memory[entity]
    kept = [row for row in page.rows if _key(hit, row) in shown]
    changed = len(kept) < len(page.rows)
    page.rows[:] = kept
    return changed


def _loop(hit: Hit, page: Page) -> bool:
    """Lead from the second page to the second; without links, always give the first."""
    first = hit.memory.setdefault("first", Page(page.response, page.body))
    if not first.has_links:
        page.body = first.body
        return page.response is not first.response
    if page.response is first.response:
        return False
    page.lead_to(first.link)
    return True


def _cycle(hit: Hit, page: Page) -> bool:
    """Lead from the third page back to the second; without links, 1, 2, 1, 2, ..."""
    visited = hit.memory.setdefault("visited", [])
    visited.append(Page(page.response, page.body))
    if len(visited) < 3:
        return False
    if visited[0].has_links:
        page.lead_to(visited[(len(visited) - 1) % 2].link)
    else:
        page.body = visited[(len(visited) - 1) % 2].body
    return True


def _endless(hit: Hit, response: Response) -> Response | None:
    """Give the first page again and again, each time with another link.

    Without links, its rows get a new key each time.
    """
    if hit.target.operation != "list":
        return None
    memory = hit.memory
    if "first" not in memory:
        page = page_of(response)
        if page is None or not page.rows:
            return None
        memory["first"], memory["pages"] = dumps(page.body), 0
        memory["headers"], memory["has_links"] = page.response.headers, page.has_links
        memory["link"] = page.link
    memory["pages"] += 1
    page = Page(Response(headers=memory["headers"].copy()), loads(memory["first"]))
    if memory["has_links"]:
        link = memory["link"] or hit.request.url
        page.lead_to(f"{link}&again={memory['pages']}")
    else:
        for row in page.rows:
            name = next(names[-1] for names in KEYS if names[-1] in row)
            row[name] = f"{row[name]}{memory['pages']:06}"
    return page.answer()


def _link_elsewhere(hit: Hit, page: Page) -> bool:
    """Lead to another origin; a cursor is no address and cannot."""
    link = page.link
    if link is None or "://" not in link:
        return False
    page.lead_to(ELSEWHERE + "/" + link.split("://")[1].partition("/")[2])
    return True


LISTS: Mapping[str, Kind] = {
    "list_stale": Kind(late=_of_rows(_stale)),
    "list_row_twice": Kind(late=_of_list(_twice)),
    "list_row_missing": Kind(late=_of_rows(_missing)),
    "list_empty": Kind(late=_of_rows(_empty)),
    "list_half": Kind(late=_of_list(_half)),
    "page_loop": Kind(late=_of_list(_loop)),
    "page_cycle": Kind(late=_of_list(_cycle)),
    "page_endless": Kind(late=_endless),
    "link_elsewhere": Kind(late=_of_list(_link_elsewhere)),
}
