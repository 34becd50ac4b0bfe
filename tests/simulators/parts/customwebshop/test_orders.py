"""Orders: their lines, totals and states."""

import httpx2
import pytest

from simulators.kit.exact_json import loads
from tests.simulators.own_contract.talk import kind, patch_at, pointers
from tests.simulators.parts.customwebshop.talk import create, line

# totals-are-computed


@pytest.mark.parametrize(
    ("quantity", "price", "vat", "total"),
    [
        ("2", "100.0", "25", "250.00"),
        ("1", "0.02", "25", "0.03"),  # 0.025: half up
        ("1", "0.1", "25", "0.13"),  # 0.125: half up
        ("-1", "0.1", "25", "-0.13"),  # a credit line
        ("3", "33.333", "0", "100.00"),
        ("0.5", "19.90", "12.5", "11.19"),
    ],
)
def test_totals_are_computed__with_vat_in_two_decimals_half_up(
    http: httpx2.Client, quantity: str, price: str, vat: str, total: str
) -> None:
    body = (
        f'{{"totalAmount": 1, "lines": [{{"description": "x", "quantity": {quantity},'
        f' "unitPrice": {price}, "vatRate": {vat}, "lineTotal": 1}}]}}'
    )

    answer = http.post("/orders", content=body)

    assert f'"lineTotal":{total}}}' in answer.text
    assert f'"totalAmount":{total},' in answer.text
    assert f'"unitPrice":{price},' in answer.text  # as it was written


def test_totals_are_computed__the_total_is_the_sum_of_the_lines(
    http: httpx2.Client,
) -> None:
    order = create(http, "/orders", lines=[line(), line(quantity=-2, unitPrice=10.1)])

    changed = loads(patch_at(http, "/orders", order, {"lines": [line()]}).content)

    assert str(order["totalAmount"]) == "99.75"
    assert str(changed["totalAmount"]) == "125.00"


# merge-patch, noop-patch-is-silent on lines


def test_merge_patch__lines_are_replaced_whole(http: httpx2.Client) -> None:
    order = create(http, "/orders", lines=[line(), line(description="Reise")])

    changed = patch_at(http, "/orders", order, {"lines": [{"quantity": 3}]})
    one = patch_at(
        http, "/orders", order, {"lines": [line(description="Kjøring")]}
    ).json()
    none = patch_at(http, "/orders", order, {"lines": None})

    assert pointers(changed) == ["/lines/0/description", "/lines/0/unitPrice"]
    assert [kept["description"] for kept in one["lines"]] == ["Kjøring"]
    assert pointers(none) == ["/lines"]


def test_noop_patch_is_silent__also_when_an_order_is_sent_back_whole(
    http: httpx2.Client,
) -> None:
    product = create(http, "/products", name="Skrue", unitPrice=80)
    item = {"productId": product["id"], "quantity": 2}
    order = create(http, "/orders", lines=[line(), item])
    patch_at(http, "/products", product, {"unitPrice": 90})

    read = http.get(f"/orders/{order['id']}")
    headers = {
        "If-Match": read.headers["ETag"],
        "Content-Type": "application/merge-patch+json",
    }
    address = f"/orders/{order['id']}"
    answer = http.patch(address, content=read.content, headers=headers)

    assert answer.content == read.content


# status-machine


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("draft", "placed", True),
        ("draft", "shipped", True),
        ("draft", "completed", True),
        ("draft", "cancelled", True),
        ("placed", "shipped", True),
        ("placed", "completed", True),
        ("placed", "cancelled", True),
        ("placed", "placed", True),
        ("shipped", "completed", True),
        ("completed", "completed", True),
        ("placed", "draft", False),
        ("shipped", "placed", False),
        ("shipped", "cancelled", False),
        ("completed", "shipped", False),
        ("completed", "cancelled", False),
        ("cancelled", "placed", False),
        ("cancelled", "completed", False),
    ],
)
def test_status_machine__an_order_only_moves_forward(
    http: httpx2.Client, before: str, after: str, allowed: bool
) -> None:
    order = create(http, "/orders", status=before)

    answer = patch_at(http, "/orders", order, {"status": after})

    assert order["status"] == before  # a new order takes any status
    if allowed:
        assert answer.json()["status"] == after
    else:
        assert pointers(answer) == ["/status"]


@pytest.mark.parametrize("status", ["shipped", "completed"])
def test_status_machine__lines_are_frozen_from_shipped_on(
    http: httpx2.Client, status: str
) -> None:
    order = create(http, "/orders", status=status, lines=[line()])

    changed = patch_at(http, "/orders", order, {"lines": [line(quantity=2)]})
    same = patch_at(
        http, "/orders", order, {"lines": [line()], "dueDate": "2025-04-01"}
    )

    assert kind(changed) == (409, "frozen")
    assert same.json()["dueDate"] == "2025-04-01"


@pytest.mark.parametrize("status", ["draft", "placed", "cancelled"])
def test_status_machine__lines_may_change_before(
    http: httpx2.Client, status: str
) -> None:
    order = create(http, "/orders", status=status, lines=[line()])

    answer = patch_at(http, "/orders", order, {"lines": [line(quantity=2)]})

    assert answer.json()["totalAmount"] == 250


def test_status_machine__an_unknown_status_is_refused(http: httpx2.Client) -> None:
    assert pointers(http.post("/orders", json={"status": "lost"})) == ["/status"]
    assert kind(http.get("/orders?status=lost")) == (400, "invalid-parameter")
