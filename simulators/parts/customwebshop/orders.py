"""Orders of the web shop: how they move, and what is computed from their lines."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from simulators.kit.exact_json import Record
from simulators.kit.store import Database
from simulators.own_contract.member_kinds import (
    choice,
    code,
    day,
    line_number,
    many_of,
    number,
    read_only,
    text,
)
from simulators.own_contract.members import Invalid
from simulators.own_contract.problems import refusals
from simulators.own_contract.records import Change

REFUSE = refusals("https://shop.example/problems/")

STATUSES = ("draft", "placed", "shipped", "completed", "cancelled")
FOLLOWING = {
    "draft": STATUSES[1:],
    "placed": STATUSES[2:],
    "shipped": ("completed",),
    "completed": (),
    "cancelled": (),
}
FROZEN = ("shipped", "completed")
CENT = Decimal("0.01")
LINE = {
    "lineNo": line_number(),
    "productId": text(40),
    "description": text(200),
    "quantity": number(nullable=False, required=True),
    "unitPrice": number(nullable=False),
    "vatRate": number(nullable=False),
    "lineTotal": read_only(),
}
ORDER = {
    "number": read_only(),
    "customerId": text(40),
    "status": choice(*STATUSES, default="placed"),
    "orderDate": day(nullable=False),
    "dueDate": day(),
    "currency": code(3, default="NOK"),
    "totalAmount": read_only(),
    "lines": many_of(LINE),
}


def settle_order(change: Change) -> None:
    """Check an order's references and moves, and compute its totals."""
    database, record = change.database, change.record
    _check_customer(change)
    _check_move(change)
    old_lines = change.old["lines"] if change.old else []
    known = {line["productId"] for line in old_lines}
    _complete_lines(database, record["lines"], known)
    if change.old and change.old["status"] in FROZEN and change.changes("lines"):
        raise REFUSE("frozen", f"The order is {change.old['status']}.")
    if record["number"] is None:
        record["number"] = f"S-{database.next_number('order number', 20001)}"
    if record["orderDate"] is None:
        record["orderDate"] = change.today.isoformat()
    totals = [line["lineTotal"] for line in record["lines"]]
    record["totalAmount"] = sum(totals, start=Decimal("0.00"))


def _check_customer(change: Change) -> None:
    key = change.record["customerId"]
    if key is None or not change.changes("customerId"):
        return
    customer = change.database["customer"].get(key)
    if customer is None or customer["deletedAt"] is not None:
        raise Invalid(("/customerId", "must name a customer that is not deleted"))


def _check_move(change: Change) -> None:
    if change.old is None or not change.changes("status"):
        return
    before, after = change.old["status"], change.record["status"]
    if after not in FOLLOWING[before]:
        raise Invalid(("/status", f"{after} cannot follow {before}"))


def _complete_lines(
    database: Database, lines: Sequence[Record], known: set[str | None]
) -> None:
    """Fill in what lines take from their products, and compute their totals."""
    errors: list[tuple[str, str]] = []
    taken = [line["lineNo"] for line in lines if line["lineNo"] is not None]
    if len(set(taken)) < len(taken):
        errors.append(("/lines", "two lines have the same lineNo"))
    free = (place for place in range(1, 2 * len(lines) + 1) if place not in taken)
    for place, line in enumerate(lines):
        if line["lineNo"] is None:
            line["lineNo"] = next(free)
        errors.extend(
            (f"/lines/{place}{pointer}", detail)
            for pointer, detail in _complete_line(database, line, known)
        )
    if errors:
        raise Invalid(*errors)


def _complete_line(
    database: Database, line: Record, known: set[str | None]
) -> list[tuple[str, str]]:
    """Complete one line; give what is wrong with it."""
    product = _product(database, line["productId"], known)
    if line["productId"] is None:
        needed = ("description", "unitPrice")
        missing = [name for name in needed if line[name] is None]
        if missing:
            return [
                (f"/{name}", "a line without a product needs it") for name in missing
            ]
    elif product is None:
        return [("/productId", "must name a product that is not deleted")]
    if line["quantity"] == 0:
        return [("/quantity", "must not be 0")]
    source = product or {"unitPrice": None, "vatRate": 25}
    if line["unitPrice"] is None:
        line["unitPrice"] = source["unitPrice"]
    if line["vatRate"] is None:
        line["vatRate"] = source["vatRate"]
    if line["unitPrice"] is None:
        return [("/unitPrice", "the product has no price yet, so the line needs one")]
    with_vat = 1 + Decimal(line["vatRate"]) / 100
    total = Decimal(line["quantity"]) * Decimal(line["unitPrice"]) * with_vat
    try:
        line["lineTotal"] = total.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        return [("/quantity", "the total is beyond what can be computed")]
    return []


def _product(
    database: Database, key: str | None, known: set[str | None]
) -> Record | None:
    """Give a product that a line may name: a live one, or one that was there before."""
    product = database["product"].get(key) if key is not None else None
    if product is None or (product["deletedAt"] is not None and key not in known):
        return None
    return product


def known_status(given: str) -> str:
    """Give a status that a list may be asked for; ValueError for another word."""
    if given not in STATUSES:
        raise ValueError(f"must be one of {', '.join(STATUSES)}")
    return given


def product_ids(order: Record) -> str:
    """Give the ids of an order's products, each between blanks."""
    return f" {' '.join(line['productId'] or '' for line in order['lines'])} "
