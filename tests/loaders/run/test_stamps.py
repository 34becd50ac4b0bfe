"""Stamps and versions that nobody can mean, and which of two copies counts."""

import pytest
from werkzeug.wrappers import Request, Response

from simulators.kit.clock import VirtualClock
from simulators.kit.core import Simulator
from simulators.kit.exact_json import dumps, loads
from tests.loaders.run.loading import Connect, Load, Query, product


def test_of_two_copies_in_one_listing_the_newest_counts(
    shop: Simulator, connect: Connect, load_now: Load, query: Query
) -> None:
    for number in range(501):
        shop.insert("product", product(number))
    first = shop.records("product")[0]

    def edit_while_paging(request: Request, response: Response) -> Response:
        if request.path.endswith("/products") and "cursor" not in request.args:
            shop.edit("product", str(first["id"]), {"name": "Edited"})
        return response

    shop.after.append(edit_while_paging)
    result = load_now(connect(shop))

    assert result.records["customwebshop"]["product"] == 501
    assert query(
        "select json_extract_string(record, '$.name') from raw_customwebshop.product "
        f"where record_id = '{first['id']}'"
    ) == [("Edited",)]


def shows(simulator: Simulator, record_id: str, **members: object) -> None:
    """Let the lists of a system show these members of a record otherwise."""

    def otherwise(_request: Request, response: Response) -> Response:
        page = loads(response.get_data())
        rows = page.get("data") if isinstance(page, dict) else None
        for row in rows or []:
            if row["id"] == record_id:
                row.update(members)
        response.set_data(dumps(page))
        return response

    simulator.after.append(otherwise)


@pytest.mark.parametrize(
    "members",
    [
        {"updatedAt": "0001-01-01T00:00:00.000Z"},
        {"updatedAt": "9999-12-31T23:59:59.999-14:00"},
        {"version": 10**30},
        {"version": 10**30, "updatedAt": "2300-01-01T00:00:00.000Z"},
    ],
)
def test_a_stamp_or_version_that_nobody_can_mean_stops_nothing(
    members: dict[str, object],
    shop: Simulator,
    connect: Connect,
    load_now: Load,
    query: Query,
) -> None:
    odd = str(shop.insert("product", product(1))["id"])
    shop.insert("product", product(2))
    shows(shop, odd, **members)

    result = load_now(connect(shop))

    assert result.records["customwebshop"]["product"] == 2
    assert query("select count(*) from raw_customwebshop.product") == [(2,)]


def test_a_stamp_of_the_future_hides_no_edit_of_others(
    shop: Simulator, clock: VirtualClock, connect: Connect, load_now: Load, query: Query
) -> None:
    ahead = str(shop.insert("product", product(1))["id"])
    other = str(shop.insert("product", product(2))["id"])
    http = connect(shop)
    load_now(http)
    shows(shop, ahead, updatedAt="2100-01-01T00:00:00.000Z")
    clock.advance(3600)
    load_now(http, full=True)
    clock.advance(3600)

    shop.edit("product", other, {"name": "Bolt"})
    load_now(http)

    assert query(
        "select json_extract_string(record, '$.name') from raw_customwebshop.product "
        f"where record_id = '{other}'"
    ) == [("Bolt",)]
    assert query(
        "select kind from raw.listings where entity = 'product' "
        "order by started_at desc limit 1"
    ) == [("changes",)]
