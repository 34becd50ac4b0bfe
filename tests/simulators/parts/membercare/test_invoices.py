"""Invoices and products: read, but for a status."""

import httpx2
import pytest

from simulators.kit.core import Simulator
from tests.simulators.parts.membercare.talk import got, invoice, result, words

# invoice-write-is-status-only


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_invoice_write_is_status_only(
    care: Simulator, http: httpx2.Client, method: str
) -> None:
    before = invoice(care)
    body = {"financeStatus": 1, "financeDate": "2030-01-01T00:00:00", "source": 6}

    answer = http.request(method, f"/invoices/{before['id']}", json=body)

    assert answer.json() == got(http, f"/invoices/{before['id']}")
    assert answer.json() == {**before, "financeStatus": 1}


@pytest.mark.parametrize("status", [-2, 4, "1", None, True])
def test_invoice_write_is_status_only__there_are_five_of_them(
    care: Simulator, http: httpx2.Client, status: object
) -> None:
    path = f"/invoices/{invoice(care)['id']}"

    assert words(http.patch(path, json={"financeStatus": status}))[0] == 400
    assert words(http.patch(path, json={}))[0] == 400


def test_invoice_write_is_status_only__rows_leave_the_filter_while_paging(
    care: Simulator, http: httpx2.Client
) -> None:
    made = [invoice(care)["id"] for _ in range(4)]

    first = got(http, "/invoices", financeStatus=0, pageSize=2)
    for row in first["result"]:
        http.patch(f"/invoices/{row['id']}", json={"financeStatus": 1})
    second = got(http, "/invoices", financeStatus=0, pageSize=2, page=2)
    first_again = result(http, "/invoices", financeStatus=0, pageSize=2)

    assert [row["id"] for row in first["result"]] == made[:2]
    assert second["result"] == []
    assert [row["id"] for row in first_again] == made[2:]


def test_invoice_write_is_status_only__payments_have_a_status_of_their_own(
    care: Simulator, http: httpx2.Client
) -> None:
    paid = invoice(care, payments=[{"financeStatus": 2}, {"financeStatus": 0}])
    invoice(care)

    found = result(http, "/invoices", paymentFinanceStatus=0)
    none = result(http, "/invoices", paymentFinanceStatus=1)
    refused = http.get("/invoices", params={"financeStatus": "9"})

    assert [row["id"] for row in found] == [paid["id"]]
    assert none == []
    assert words(refused)[0] == 400


# invoice-has-no-total


def test_invoice_has_no_total__it_is_the_sum_of_its_lines(care: Simulator) -> None:
    made = invoice(care, invoiceItems=[{"unitPrice": 400, "quantity": 2}])

    assert not {"total", "totalPrice", "totalVat", "currency"} & set(made)
    [line] = made["invoiceItems"]
    assert line["totalPrice"] == 800
    assert "productId" not in line


def test_invoice_has_no_total__a_payer_may_be_of_three_kinds(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    person = care.insert("persons", {"name": "Kari Eksempel"})["debtorAccountNumber"]
    care.insert("organizations", {"identificationNumber": "5501", "name": "Lokallag"})
    invoice(care, payer={"debtorAccountNumber": company})
    invoice(care, payer={"debtorAccountNumber": person})
    invoice(care, payer={"debtorAccountNumber": "5501", "memberType": 3})

    payers = [row["payer"] for row in result(http, "/invoices")]

    assert [(payer["memberType"], payer["name"]) for payer in payers] == [
        (2, "Nordlys Prøvebygg AS"),
        (1, "Kari Eksempel"),
        (3, "Lokallag"),
    ]


def test_invoice_has_no_total__a_payer_is_shown_as_it_stands_now(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    number = invoice(care, payer={"debtorAccountNumber": company})["id"]

    care.edit("companies", company, {"name": "Sørlys AS"})

    assert got(http, f"/invoices/{number}")["payer"]["name"] == "Sørlys AS"


def test_invoice_has_no_total__a_credit_is_an_invoice_of_its_own(
    care: Simulator, http: httpx2.Client
) -> None:
    first = invoice(care)
    credit = invoice(care, creditedInvoiceId=first["id"])

    row = got(http, f"/invoices/{credit['id']}")

    assert row["creditedInvoiceId"] == first["id"]


def test_invoice_has_no_total__those_of_one_payer_can_be_listed(
    care: Simulator, http: httpx2.Client, company: str
) -> None:
    payer = {"debtorAccountNumber": company}
    days = ("2025-01-01T00:00:00", "2025-02-01T00:00:00", "2025-03-01T00:00:00")
    one, two, three = (
        invoice(care, payer=payer, financeDate=day)["id"] for day in days
    )
    invoice(care)
    path = f"/debtors/{company}/invoices"

    whole = result(http, path, reverseOrder="true")
    later = result(http, path, financedAfter="2025-01-01T00:00:00")
    nobody = result(http, "/debtors/9/invoices")

    assert [row["id"] for row in whole] == [three, two, one]
    assert [row["id"] for row in later] == [two, three]
    assert nobody == []


# bulk-patch-mixed-result


def test_bulk_patch_mixed_result__each_invoice_has_its_own_outcome(
    care: Simulator, http: httpx2.Client
) -> None:
    one, two = invoice(care)["id"], invoice(care)["id"]

    answer = http.patch(
        "/invoices",
        json=[
            {"id": one, "financeStatus": 1},
            {"id": 1, "financeStatus": 1},
            {"id": two, "financeStatus": 9},
        ],
    )

    good, missing, bad = answer.json()
    assert answer.status_code == 200
    assert (good["httpStatusCode"], good["invoice"]["financeStatus"]) == (200, 1)
    assert (missing["httpStatusCode"], missing["invoice"]) == (404, None)
    assert missing["statusText"] == "No such invoice"
    assert (bad["httpStatusCode"], bad["invoice"]) == (400, None)
    assert got(http, f"/invoices/{one}")["financeStatus"] == 1
    assert got(http, f"/invoices/{two}")["financeStatus"] == 0


@pytest.mark.parametrize("body", [{}, [], [{"financeStatus": 1}], ["1"]])
def test_bulk_patch_mixed_result__without_ids_all_of_it_is_refused(
    http: httpx2.Client, body: object
) -> None:
    assert words(http.patch("/invoices", json=body))[0] == 400


# products-have-no-price


def test_products_have_no_price__and_a_retired_one_is_still_listed(
    care: Simulator, http: httpx2.Client
) -> None:
    care.insert("products", {"name": "Kursavgift", "vatPercent": 25})
    care.insert("products", {"name": "Utgått", "valid": False})

    first, second = result(http, "/products")

    assert set(first) == {
        "id",
        "name",
        "vatPercent",
        "notOnInvoiceIfZero",
        "context",
        "valid",
        "productGroup",
        "url",
    }
    assert (first["valid"], second["valid"]) == (True, False)
    assert got(http, f"/products/{first['id']}") == first


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/products"),
        ("PATCH", "/products/31"),
        ("POST", "/invoices"),
        ("DELETE", "/companies/104417"),
        ("DELETE", "/organizations/5501"),
    ],
)
def test_products_have_no_price__what_is_read_only_has_no_such_method(
    http: httpx2.Client, method: str, path: str
) -> None:
    assert http.request(method, path).status_code == 405
