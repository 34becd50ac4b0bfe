"""What the web shop holds of its own.

Nothing here belongs to a record of another system, unless a rule that adopts is
switched on: a sync must leave it as it is.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from simulators.kit.exact_json import Record
from simulators.world.customers import Customer
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.names import Names
from simulators.world.spelling import messy_phone

EXAMPLE = Example("customer", "phone", "+4790112233", place=-1)


def fill(ground: Ground, facts: Facts) -> None:
    """Put customers, products and orders into the web shop."""
    names, random = facts.names("customwebshop"), facts.random("customwebshop")
    known = [one for one in facts.customers if one.organization_number][-2:]
    customers = ground.add("customer", customer_records(names, random, known))
    products = ground.add("product", product_records())
    orders = order_records(
        [customer["id"] for customer in customers],
        [product["id"] for product in products],
    )
    ground.add("order", orders)


def customer_records(
    names: Names, random: Random, known: Sequence[Customer]
) -> Iterator[Record]:
    """Give customers of the web shop, who found it themselves.

    The last ones are `known` to Tidsbanken, too: a rule that adopts by organisation
    number finds them, once somebody switches it on.
    """
    first_known = 5 - len(known)
    for place in range(5):
        given, family = names.person()
        postcode, city = names.place()
        company = known[place - first_known] if place >= first_known else None
        yield {
            "kind": "company" if company else "person",
            "name": company.name if company else f"{given} {family}",
            "organizationNumber": company.organization_number if company else None,
            "email": names.email(f"{given}.{family}", "nettkunde"),
            "phone": messy_phone(f"{48_000_101 + place}", random),
            "billingAddress": {
                "line1": names.street(),
                "postalCode": postcode,
                "city": city,
                "country": "NO",
            },
            "marketingConsent": place % 2 == 0,
            "externalReference": f"nettbutikk-{place + 1}",
        }


def product_records() -> Iterator[Record]:
    """Give products of the web shop."""
    for place, name in enumerate(("Arbeidshansker", "Hodelykt", "Termokopp"), start=1):
        yield {
            "sku": f"BUTIKK-{place}",
            "name": name,
            "description": f"{name}, fra lager",
            "unitPrice": Decimal("99.50") * place,
            "vatRate": 25,
        }


def order_records(
    customers: Sequence[str], products: Sequence[str]
) -> Iterator[Record]:
    """Give orders of the web shop: one by a guest, one that is on its way."""
    for place, customer in enumerate((*customers[:2], None)):
        yield {
            "customerId": customer,
            "status": ("placed", "shipped", "draft")[place],
            "orderDate": f"2025-02-{place + 10}",
            "lines": [
                {"productId": products[place], "quantity": place + 1},
                {
                    "description": "Frakt",
                    "quantity": 1,
                    "unitPrice": Decimal("79.00"),
                    "vatRate": 25,
                },
            ],
        }
