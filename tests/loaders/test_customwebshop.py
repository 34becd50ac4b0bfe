"""Reading the web shop: cursors, tombstones, overlap. Tests carry the quirk's id."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from connections.http.client import Http
from loaders.run.load import LoadResult
from simulators import customwebshop
from simulators.customwebshop import Knobs
from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.store import Store

Query = Callable[[str], list[tuple[Any, ...]]]
Load = Callable[..., LoadResult]
Connect = Callable[[Simulator], Http]


@pytest.fixture
def shop(store: Store, clock: VirtualClock) -> Simulator:
    return customwebshop.simulate(store, clock=clock)


def products(shop: Simulator, count: int) -> list[str]:
    return [
        str(shop.insert("product", {"name": f"Skrue {number}"})["id"])
        for number in range(count)
    ]


def ids(query: Query) -> set[str]:
    return {row[0] for row in query("select record_id from raw_customwebshop.product")}


@pytest.mark.parametrize("count", [0, 1, 500, 501, 1100])
def test_cursor_paging__every_product_is_read(
    shop: Simulator, connect: Connect, load_now: Load, query: Query, count: int
) -> None:
    expected = products(shop, count)

    load_now(connect(shop))

    assert ids(query) == set(expected)


def test_cursor_paging__a_listing_whose_cursor_died_starts_over(
    shop: Simulator,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    expected = products(shop, 1100)
    pauses = iter([3601])

    def linger(request: Request, response: Response) -> Response:
        if request.path.endswith("/products"):
            clock.advance(next(pauses, 0))
        return response

    shop.after.append(linger)
    result = load_now(connect(shop))

    assert ids(query) == set(expected)
    assert result.records["customwebshop"]["product"] == 1100


def test_cursor_paging__a_cursor_that_leads_back_stops_the_system(
    shop: Simulator, connect: Connect, load_now: Load
) -> None:
    products(shop, 3)

    def same_again(request: Request, response: Response) -> Response:
        if request.path.endswith("/products"):
            response.status_code = 200
            response.set_data('{"data": [], "nextCursor": "round and round"}')
        return response

    shop.after.append(same_again)
    result = load_now(connect(shop))

    assert "same cursor twice" in result.failures["customwebshop"]


def test_soft_delete_tombstone__a_deleted_product_comes_with_its_mark(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    (gone,) = products(shop, 1)
    http = connect(shop)
    load_now(http)

    shop.remove("product", gone)
    load_now(http)

    ((deleted_at,),) = query(
        "select json_extract_string(record, '$.deletedAt') "
        "from raw_customwebshop.product"
    )
    assert deleted_at.startswith("2025-03-03T08:16")


def test_order_and_watermark__only_what_changed_is_asked_for(
    shop: Simulator, clock: VirtualClock, connect: Connect, load_now: Load
) -> None:
    edited, *_ = products(shop, 20)
    http = connect(shop)
    clock.advance(600)
    shop.edit("product", edited, {"name": "Bolt"})
    load_now(http)

    result = load_now(http)

    assert result.records["customwebshop"]["product"] == 1


@pytest.mark.parametrize("seconds", [3, 100])
def test_commit_skew__a_product_that_shows_late_is_read_all_the_same(
    seconds: int,
    store: Store,
    clock: VirtualClock,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    shop = customwebshop.simulate(store, Knobs(commit_skew_ms=seconds * 1000), clock)
    http = connect(shop)
    expected = products(shop, 1)
    for _ in range(6):
        clock.advance(1)
        expected += products(shop, 1)
        load_now(http)

    clock.advance(seconds + 57)
    load_now(http)

    assert ids(query) == set(expected)


def test_totals_are_computed__amounts_stay_as_the_shop_wrote_them(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    shop.insert("product", {"name": "Skrue", "unitPrice": 100.0})

    load_now(connect(shop))

    ((record,),) = query("select record from raw_customwebshop.product")
    assert '"unitPrice":100.0' in record
