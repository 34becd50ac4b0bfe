"""Reading lists page by page while rows leave them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connections.http.errors import ContractChanged
from loaders import crmoffice, tidsbanken
from loaders.listing.paging import Window, overlapping_pages

WINDOWS = [crmoffice.window_at, tidsbanken.window_at]


class List:
    """A list in id order that a server cuts into pages; rows leave it on demand."""

    def __init__(self, length: int, *, cut_to: int) -> None:
        self.rows = list(range(length))
        self.cut_to = cut_to
        self.leaving: list[list[int]] = []
        self.reads = 0

    def read(self, window: Window) -> list[Any]:
        if self.leaving and self.reads:
            for row in self.leaving.pop():
                if row in self.rows:
                    self.rows.remove(row)
        self.reads += 1
        size = min(window.size, self.cut_to)
        first = window.first // window.size * size  # as page numbers have it
        if window.first % window.size:
            first = window.first
        return [{"id": row} for row in self.rows[first : first + size]]


def read_all(source: List, window_at: Any, size: int = 200) -> list[int]:
    pages = overlapping_pages(
        source.read, what="a list", key="id", size=size, window_at=window_at
    )
    return [row["id"] for page in pages for row in page]


@pytest.mark.parametrize("window_at", WINDOWS)
@pytest.mark.parametrize("length", [0, 1, 2, 199, 200, 201, 400, 1234])
@pytest.mark.parametrize("cut_to", [1, 2, 3, 7, 50, 200, 1000])
def test_every_row_is_read_whatever_a_server_cuts_pages_to(
    window_at: Any, length: int, cut_to: int
) -> None:
    source = List(length, cut_to=cut_to)

    rows = read_all(source, window_at)

    assert sorted(set(rows)) == list(range(length))


def test_overlap_costs_few_requests() -> None:
    source = List(20_000, cut_to=200)

    read_all(source, crmoffice.window_at)

    assert source.reads < 20_000 / 200 * 1.15


@pytest.mark.parametrize("window_at", WINDOWS)
@settings(max_examples=200, deadline=None)
@given(
    length=st.integers(0, 60),
    leaving=st.lists(st.lists(st.integers(0, 60), max_size=25), max_size=8),
    size=st.sampled_from([5, 10, 12]),
)
def test_no_row_that_stays_is_missed_while_others_are_deleted(
    window_at: Any, length: int, leaving: list[list[int]], size: int
) -> None:
    source = List(length, cut_to=size)
    source.leaving = leaving

    rows = read_all(source, window_at, size=size)

    assert set(source.rows) <= set(rows)


def test_a_server_that_ignores_the_page_is_found_out() -> None:
    def always_the_first(window: Window) -> list[Any]:
        return [{"id": row} for row in range(window.size)]

    pages = overlapping_pages(
        always_the_first,
        what="crmoffice /contacts",
        key="id",
        size=200,
        window_at=crmoffice.window_at,
    )

    with pytest.raises(ContractChanged, match="never end"):
        list(pages)


def test_a_listing_of_new_rows_without_an_end_is_left_after_a_bound() -> None:
    rows = iter(range(10**9))

    def on_and_on(window: Window) -> list[Any]:
        return [{"id": next(rows)} for _ in range(window.size)]

    pages = overlapping_pages(
        on_and_on,
        what="a list",
        key="id",
        size=2,
        window_at=lambda end, *_: Window(end, 2),
    )

    with pytest.raises(ContractChanged, match="more than 20000 pages"):
        for _ in pages:
            pass
