"""Membercare's invoices, as its API reads them, without what it sets itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from simulators.kit.exact_json import Record

_SOLD = (
    ("Årskontingent", 400, 0),
    ("Kurs i førstehjelp", 1250, 25),
    ("Overnatting", 950, 12),
    ("Lunsj på kurset", 250, 15),
)
_CREDITED = 10  # every tenth invoice: its first line


def invoice_records(
    count: int, companies: Sequence[Record], persons: Sequence[Record], random: Random
) -> Iterator[Record]:
    """Give so many invoices; every fourth is paid by a person, who is no company."""
    for place in range(count):
        payer = random.choice(persons if place % 4 == 3 else companies)
        day = f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        items = [_item(number, random) for number in range(1, random.randint(1, 4) + 1)]
        if place % 7 == 6:
            items.append(_rebate(len(items) + 1))
        items[0]["isCredited"] = place % _CREDITED == 0
        yield _invoice(payer, day, items, random)


def credit_note_records(invoices: Sequence[Record]) -> Iterator[Record]:
    """Give, for each invoice with a credited line, the one that credits it."""
    for invoice in invoices[::_CREDITED]:
        first = invoice["invoiceItems"][0]
        yield {
            **{name: invoice[name] for name in ("payer", "financeStatus", "source")},
            "financeDate": "2025-01-15T00:00:00",
            "payDueDate": None,
            "incomeDate": None,
            "creditedInvoiceId": invoice["id"],
            "invoiceItems": [
                {
                    **first,
                    "description": f"Kreditert: {first['description']}",
                    "quantity": -first["quantity"],
                    "totalPrice": -first["totalPrice"],
                    "totalVat": -first["totalVat"],
                    "isCredited": False,
                    "creditedInvoiceItemId": first["id"],
                }
            ],
            "payments": [],
            "creationInfo": {"when": "2025-01-15T10:05:00"},
        }


def _invoice(payer: Record, day: str, items: list[Record], random: Random) -> Record:
    return {
        "payer": payer,
        "financeStatus": random.choice((0, 1, 2)),
        "financeDate": f"{day}T00:00:00",
        "payDueDate": f"{day[:4]}-12-31T00:00:00" if random.random() < 0.9 else None,
        "incomeDate": None,
        "creditedInvoiceId": None,
        "source": 1,
        "invoiceItems": items,
        "payments": [],
        "creationInfo": {"when": f"{day}T09:30:00"},
    }


def _item(sequence: int, random: Random) -> Record:
    description, price, vat = random.choice(_SOLD)
    quantity = random.choice((1, 1, 2, 3))
    return _line(sequence, description, Decimal(price), Decimal(quantity), vat)


def _rebate(sequence: int) -> Record:
    return _line(sequence, "Rabatt, trofast medlem", Decimal(100), Decimal(-1), 0)


def _line(
    sequence: int, description: str, price: Decimal, quantity: Decimal, vat: int
) -> Record:
    total = price * quantity
    return {
        "description": description,
        "unitPrice": _amount(price),
        "quantity": _amount(quantity),
        "totalPrice": _amount(total),
        "totalVat": _amount(total * vat / 100),
        "sequence": sequence,
        "isCredited": False,
        "creditedInvoiceItemId": None,
    }


def _amount(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))
