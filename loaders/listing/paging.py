"""Reading a list page by page, without missing or repeating rows for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from connections.http.address import Params
from connections.http.answer import Answer
from connections.http.errors import ContractChanged
from connections.http.lists import check_list
from loaders.listing.entity import Pages

# So many pages in a row without a new row are no coincidence: one may come from moving
# back, another from rows that entered the list in front.
_STUCK_PAGES = 4
# A page may be empty because everything on it is hidden from us, but not so many.
_EMPTY_PAGES = 100
# With 200 rows on each these are four million records, more than any of these systems
# is made for: a list that is still not over is made up as we go.
_MOST_PAGES = 20_000


def body_of(answer: Answer) -> Any:
    """Give the parsed body of a page; an error unless it was answered 200.

    A number in it may be a `NoNumber`, which costs its record only. EntityRefused when
    we are not granted to read this list.
    """
    check_list(answer)
    return answer.page()


def parts_of_link(answer: Answer, link: str) -> tuple[str, Params]:
    """Give the address of a link, and its parameters; ContractChanged if it is none."""
    try:
        parts = urlsplit(link)
        params = dict(parse_qsl(parts.query, keep_blank_values=True))
        return urlunsplit(parts._replace(query="", fragment="")), params
    except ValueError:
        raise ContractChanged(
            f"{answer.system}: {answer.request} leads to a next page that is no "
            "address. Nothing was sent there."
        ) from None


class Visited:
    """The links or cursors of one listing; those of one without an end are noticed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._places: set[str] = set()
        self._pages: set[int] = set()
        self._stuck = self._empty = 0

    def add(self, answer: Answer, place: str, rows: list[Any]) -> None:
        """Note the next place, and the rows on the way to it.

        ContractChanged when the listing was there before, or would never end.
        """
        if place in self._places:
            raise _endless(answer, f"leads to the same {self._what} twice")
        self._places.add(place)
        # The first and the last row tell pages apart, and cost little.
        shown = hash((len(rows), repr(rows[0]), repr(rows[-1]))) if rows else None
        self._empty = 0 if rows else self._empty + 1
        self._stuck = self._stuck + 1 if shown in self._pages else 0
        if shown is not None:
            self._pages.add(shown)
        if self._stuck == _STUCK_PAGES or self._empty == _EMPTY_PAGES:
            raise _endless(answer, f"leads on and on to a new {self._what}, to no row")
        if len(self._places) == _MOST_PAGES:
            raise _endless(answer, f"has more than {_MOST_PAGES} pages")


def _endless(answer: Answer, words: str) -> ContractChanged:
    return ContractChanged(
        f"{answer.system}: {answer.request} {words}, so the listing would never end."
    )


@dataclass(frozen=True)
class Window:
    """Rows `first` (counted from 0) to `first + size` of a list."""

    first: int
    size: int


def overlapping_pages(
    read: Callable[[Window], list[Any]],
    *,
    what: str,
    key: str,
    size: int,
    window_at: Callable[[int, int, int], Window],
) -> Pages:
    """Read a list by row numbers, although rows leave it meanwhile.

    A row that leaves pulls the following ones over the page edge. So each window begins
    at a row that was read already; when that row is not found there, the window moves
    back until one is. `window_at(end, back, size)` gives the window that begins `back`
    rows or more before row `end` and reaches furthest; one that cannot overlap begins
    at `end`. A page that is shorter than asked for is only the last one if nothing
    stands behind it: a server may cut our size in silence, or hide rows from us.
    """
    known: set[str] = set()
    seen: set[int] = set()
    end, back, stuck, proven = 0, 1, 0, False
    fresh = stale = 0
    window = Window(0, size)
    for _ in range(_MOST_PAGES):
        rows = read(window)
        ids = {repr(row.get(key)) if isinstance(row, dict) else "" for row in rows}
        if 0 < window.first < end and known.isdisjoint(ids):
            back *= 4
            window = window_at(end, back, size)
            continue
        stuck = stuck + 1 if rows and ids <= known else 0
        # Moving back shows pages again, but never more of them than there are.
        marks = {hash(each) for each in ids}
        stale = stale + 1 if rows and marks <= seen else 0
        fresh += not stale
        seen |= marks
        if stuck == _STUCK_PAGES or stale > _STUCK_PAGES + 2 * fresh:
            raise ContractChanged(
                f"{what}: the same rows come again and again, so the listing would "
                "never end."
            )
        yield rows
        count = min(len(ids), window.size)  # a row may come twice on one page
        if count < window.size:
            covered = window.size if proven else count
            behind = Window(window.first + covered, covered)
            if not rows or not read(behind):
                return
            if proven:  # a gap; where the next page begins, nothing was read yet
                known, end, back, window = ids, behind.first, 1, behind
                continue
            size = count
        proven = True
        known, end, back = ids, window.first + count, 1
        window = window_at(end, back, size)
    raise ContractChanged(
        f"{what}: there are more than {_MOST_PAGES} pages, so the listing would never "
        "end."
    )
