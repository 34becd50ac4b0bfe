"""Membercare's invoices: made by people, taken by finance systems through their status.

An invoice has no total and no currency. Its payer may be a person, a company or an
organization, and is shown as it stands now.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from simulators.kit.checks import (
    Check,
    a_list,
    an_object,
    boolean,
    checked,
    integer,
    number,
    one_of,
    text,
)
from simulators.kit.exact_json import Record
from simulators.kit.store import Database, Entity
from simulators.parts.membercare.debtors import DEBTOR, ORGANIZATION, as_debtor
from simulators.parts.membercare.values import FINANCE_STATUS, local_time

FIRST_LINE = 900001

STATUS: Mapping[str, Check] = {"financeStatus": one_of(*FINANCE_STATUS)}
_INVOICE: Mapping[str, Check] = {
    "payer": an_object,
    **STATUS,
    "financeDate": local_time,
    "payDueDate": local_time,
    "incomeDate": local_time,
    "creditedInvoiceId": integer,
    "source": one_of(1, 2, 3, 4, 5, 6),
    "invoiceItems": a_list,
    "payments": a_list,
    "creationInfo": an_object,
}
_ITEM: Mapping[str, Check] = {
    "description": text(),
    "unitPrice": number,
    "quantity": number,
    "totalPrice": number,
    "totalVat": number,
    "sequence": integer,
    "isCredited": boolean,
    "creditedInvoiceItemId": integer,
}
_ZERO = Decimal("0.0")
_NEW_INVOICE: Record = {
    "financeStatus": 0,
    "financeDate": None,
    "payDueDate": None,
    "incomeDate": None,
    "creditedInvoiceId": None,
    "source": 1,
    "invoiceItems": [],
    "payments": [],
    "creationInfo": None,
}


def _payer_number(record: Record) -> str | None:
    payer = record["payer"]
    is_debtor = payer["memberType"] != ORGANIZATION
    return str(payer["debtorAccountNumber"]) if is_debtor else None


INVOICES = Entity(
    "invoices",
    {
        "number": lambda record: int(record["id"]),
        "status": lambda record: int(record["financeStatus"]),
        "payer": _payer_number,
        "financed": lambda record: record["financeDate"] or "",
    },
    ("number", "status, number", "payer, number"),
)
HAS_PAYMENT = (
    "exists (select 1 from json_each(record, '$.payments') as payment "
    "where json_extract(payment.value, '$.financeStatus') = ?)"
)


def blank_invoice(own_id: int) -> Record:
    """Give an invoice about which nothing is known but its id."""
    url = f"/api/v1/invoices/{own_id}"
    return {"id": own_id, "payer": None, **_NEW_INVOICE, "url": url}


def settled_invoice(database: Database, old: Record, given: Record) -> Record:
    """Give the invoice that a person makes of an old one; raises ValueError."""
    changes = checked(_INVOICE, given)
    new = {**old, **changes}
    if not new["payer"] or not new["payer"].get("debtorAccountNumber"):
        raise ValueError("payer needs a debtorAccountNumber")
    if "payer" in changes:
        new["payer"] = _payer(database, changes["payer"])

    def new_id() -> int:
        return database.next_number("line", FIRST_LINE)

    if "invoiceItems" in changes:
        items = enumerate(new["invoiceItems"] or [], start=1)
        new["invoiceItems"] = [_item(item, place, new_id) for place, item in items]
    if "payments" in changes:
        payments = new["payments"] or []
        new["payments"] = [{"id": new_id(), **payment} for payment in payments]
    return new


def shown(database: Database, invoice: Record) -> Record:
    """Give an invoice as it is read: with its payer as it stands now."""
    return {**invoice, "payer": _payer(database, invoice["payer"])}


def _payer(database: Database, given: Record) -> Record:
    """Give a payer with what is known of it; one that nobody knows stays as given."""
    key = str(given["debtorAccountNumber"])
    kind = given.get("memberType")
    if kind is None or kind != ORGANIZATION:
        for table in ("companies", "persons"):
            found = database[table].get(key)
            if found is not None and kind in (None, found["memberType"]):
                return as_debtor(found)
    organization = database["organizations"].get(key)
    known = {name: given[name] for name in DEBTOR if name in given}
    payer = {**DEBTOR, "memberType": 1, **known, "debtorAccountNumber": key}
    if organization is not None and kind in (None, ORGANIZATION):
        payer["memberType"] = ORGANIZATION
        payer["name"] = organization["fullName"]
        payer["url"] = organization["url"]
    return payer


def _item(given: object, place: int, new_id: Callable[[], int]) -> Record:
    known = checked(_ITEM, an_object(given))
    price, quantity = known.get("unitPrice", _ZERO), known.get("quantity", 1)
    item = {
        "id": new_id(),
        "description": None,
        "unitPrice": price,
        "quantity": quantity,
        "totalPrice": price * quantity,
        "totalVat": _ZERO,
        "sequence": place,
        "isCredited": False,
        "creditedInvoiceItemId": None,
    }
    return {**item, **known}
