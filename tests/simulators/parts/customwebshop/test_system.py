"""The quirks of customwebshop's orders and products.

What our own contract says is in own_contract/. A test is named after the
quirk's id in the contract; what follows `__` is the story.
"""

import httpx2
import pytest

from tests.simulators.own_contract.talk import Json, delete_at, kind, patch_at, pointers
from tests.simulators.parts.customwebshop.talk import create, line

# thin-records-are-welcome


def test_thin_records_are_welcome__a_customer_or_product_needs_only_a_name(
    http: httpx2.Client,
) -> None:
    customer = create(http, "/customers", name="Nordlys")
    product = create(http, "/products", name="Skrue")

    assert customer["kind"] == "company"
    assert customer["marketingConsent"] is False
    assert customer["email"] is customer["billingAddress"] is None
    assert (product["sku"], product["unitPrice"]) == (None, None)
    assert (product["vatRate"], product["currency"]) == (25, "NOK")
    assert product["active"] is True
    for path in ("/customers", "/products"):
        assert pointers(http.post(path, json={})) == ["/name"]


def test_thin_records_are_welcome__an_order_needs_nothing(http: httpx2.Client) -> None:
    order = create(http, "/orders")

    assert order["orderDate"] == "2025-03-03"
    assert (order["status"], order["currency"]) == ("placed", "NOK")
    assert (order["lines"], order["totalAmount"]) == ([], 0)
    assert (order["customerId"], order["dueDate"]) == (None, None)
    assert order["number"].startswith("S-")


def test_thin_records_are_welcome__order_numbers_are_given_out_and_kept(
    http: httpx2.Client,
) -> None:
    first, second = create(http, "/orders"), create(http, "/orders", number="mine")

    changed = patch_at(http, "/orders", first, {"number": "mine"}).json()

    assert first["number"] != second["number"] != "mine"
    assert changed["number"] == first["number"]


def test_thin_records_are_welcome__a_line_without_product_needs_words_and_a_price(
    http: httpx2.Client,
) -> None:
    answer = http.post("/orders", json={"lines": [line(), {"quantity": 1}]})

    assert pointers(answer) == ["/lines/1/description", "/lines/1/unitPrice"]


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        ({"quantity": 0}, "/lines/0/quantity"),
        ({"quantity": None}, "/lines/0/quantity"),
        ({"quantity": "2"}, "/lines/0/quantity"),
        ({"quantity": True}, "/lines/0/quantity"),
        ({"lineNo": 0}, "/lines/0/lineNo"),
        ({"lineNo": 1.5}, "/lines/0/lineNo"),
        ({"description": "x" * 201}, "/lines/0/description"),
        ({"productId": "prd_unknown"}, "/lines/0/productId"),
        ({"discount": 5}, "/lines/0/discount"),
        ({"quantity": 10**30}, "/lines/0/quantity"),
    ],
)
def test_thin_records_are_welcome__a_wrong_line_is_refused(
    http: httpx2.Client, bad: Json, pointer: str
) -> None:
    assert pointers(http.post("/orders", json={"lines": [line(**bad)]})) == [pointer]


def test_thin_records_are_welcome__a_line_takes_price_and_vat_from_its_product(
    http: httpx2.Client,
) -> None:
    product = create(http, "/products", name="Skrue", unitPrice=80, vatRate=15)
    unpriced = create(http, "/products", name="Mutter")

    lines = [{"productId": product["id"], "quantity": 2}]
    order = create(http, "/orders", lines=lines)
    lines = [{"productId": unpriced["id"], "quantity": 2}]
    refused = http.post("/orders", json={"lines": lines})

    taken = order["lines"][0]
    assert (taken["unitPrice"], taken["vatRate"], taken["lineNo"]) == (80, 15, 1)
    assert order["totalAmount"] == 184
    assert pointers(refused) == ["/lines/0/unitPrice"]


def test_thin_records_are_welcome__lines_are_numbered_around_the_numbers_given(
    http: httpx2.Client,
) -> None:
    order = create(http, "/orders", lines=[line(), line(lineNo=1), line()])
    twice = http.post("/orders", json={"lines": [line(lineNo=4), line(lineNo=4)]})

    assert [kept["lineNo"] for kept in order["lines"]] == [2, 1, 3]
    assert pointers(twice) == ["/lines"]


# references, hard-delete-invisible


def test_an_order_names_a_live_customer_or_none(http: httpx2.Client) -> None:
    customer = create(http, "/customers", name="Nordlys")
    order = create(http, "/orders", customerId=customer["id"])
    delete_at(http, "/customers", customer, "soft")

    unknown = http.post("/orders", json={"customerId": "cus_unknown"})
    deleted = http.post("/orders", json={"customerId": customer["id"]})
    kept = patch_at(http, "/orders", order, {"dueDate": "2025-04-01"})
    guest = patch_at(http, "/orders", order, {"customerId": None})

    assert pointers(unknown) == pointers(deleted) == ["/customerId"]
    assert kept.status_code == 200
    assert guest.json()["customerId"] is None


def test_a_line_keeps_a_deleted_product_but_takes_no_new_one(
    http: httpx2.Client,
) -> None:
    product = create(http, "/products", name="Skrue", unitPrice=1)
    item = {"productId": product["id"], "quantity": 1}
    order = create(http, "/orders", lines=[item])
    delete_at(http, "/products", product, "soft")

    kept = patch_at(http, "/orders", order, {"lines": [{**item, "quantity": 2}]})
    new = http.post("/orders", json={"lines": [item]})

    assert kept.status_code == 200
    assert pointers(new) == ["/lines/0/productId"]


def test_hard_delete_invisible__what_orders_use_stays(http: httpx2.Client) -> None:
    customer = create(http, "/customers", name="Nordlys")
    product = create(http, "/products", name="Skrue", unitPrice=1)
    lines = [line(), {"productId": product["id"], "quantity": 1}]
    order = create(http, "/orders", customerId=customer["id"], lines=lines)

    used = [
        delete_at(http, "/customers", customer, "hard"),
        delete_at(http, "/products", product, "hard"),
    ]
    delete_at(http, "/orders", order, "hard")
    unused = [
        delete_at(http, "/customers", customer, "hard"),
        delete_at(http, "/products", product, "hard"),
    ]

    assert [kind(answer) for answer in used] == [(409, "in-use")] * 2
    assert [answer.status_code for answer in unused] == [204, 204]


# filters, sku, email


def test_email_not_unique__two_customers_share_one_and_case_does_not_matter(
    http: httpx2.Client,
) -> None:
    for name in ("a", "b"):
        create(http, "/customers", name=name, email="Post@Nordlys.example")
    create(http, "/customers", name="c", email="other@nordlys.example")

    found = http.get("/customers?email=POST@nordlys.EXAMPLE").json()["data"]

    assert [record["name"] for record in found] == ["a", "b"]


def test_a_sku_is_unique_when_it_is_set(http: httpx2.Client) -> None:
    holder = create(http, "/products", name="Skrue", sku="SKR-100")
    other = create(http, "/products", name="Mutter")
    create(http, "/products", name="Skive")

    posted = http.post("/products", json={"name": "x", "sku": " SKR-100 "})
    patched = patch_at(http, "/products", other, {"sku": "SKR-100"})
    found = http.get("/products?sku=SKR-100").json()["data"]

    assert kind(posted) == kind(patched) == (409, "sku-taken")
    assert posted.json()["existingId"] == holder["id"]
    assert [record["id"] for record in found] == [holder["id"]]


def test_orders_are_found_by_customer_and_status(http: httpx2.Client) -> None:
    customer = create(http, "/customers", name="Nordlys")["id"]
    wanted = create(http, "/orders", customerId=customer, status="draft")
    create(http, "/orders", customerId=customer)
    create(http, "/orders", status="draft")

    query = {"customerId": customer, "status": "draft"}
    found = http.get("/orders", params=query).json()["data"]

    assert [record["id"] for record in found] == [wanted["id"]]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/customers", "marketingConsent", "yes"),
        ("/customers", "shippingAddress", "Testgata 1"),
        ("/products", "unitPrice", -1),
        ("/products", "vatRate", 101),
        ("/products", "vatRate", None),
        ("/products", "currency", "kr"),
        ("/products", "active", 1),
        ("/products", "description", "x" * 2001),
        ("/products", "sku", "x" * 41),
        ("/orders", "orderDate", "03.03.2025"),
        ("/orders", "orderDate", "2025-02-30"),
        ("/orders", "orderDate", "20250303"),
        ("/orders", "orderDate", None),
        ("/orders", "dueDate", "2025-03-03T00:00:00Z"),
        ("/orders", "currency", "NOKK"),
        ("/orders", "lines", {}),
        ("/orders", "lines", None),
    ],
)
def test_what_is_not_valid_is_refused_with_a_pointer(
    http: httpx2.Client, path: str, name: str, value: object
) -> None:
    answer = http.post(path, json={"name": "x", name: value})
    if path == "/orders":
        answer = http.post(path, json={name: value})

    assert pointers(answer) == [f"/{name}"]


def test_an_organization_number_is_for_companies_only(http: httpx2.Client) -> None:
    person = {"name": "Ola", "kind": "person"}

    refused = http.post("/customers", json={**person, "organizationNumber": "1"})
    company = create(http, "/customers", name="x", organizationNumber="1")
    changed = patch_at(http, "/customers", company, {"kind": "person"})

    assert create(http, "/customers", **person)["kind"] == "person"
    assert pointers(refused) == pointers(changed) == ["/organizationNumber"]


def test_ids_are_short_and_name_their_entity(http: httpx2.Client) -> None:
    ids = [
        create(http, "/customers", name="x")["id"],
        create(http, "/orders")["id"],
        create(http, "/products", name="x")["id"],
    ]

    assert [key[:4] for key in ids] == ["cus_", "ord_", "prd_"]
    assert all(len(key) <= 40 for key in ids)
