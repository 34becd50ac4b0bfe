"""Simulate customwebshop: customers, orders and products of a customer-built web shop.

The contract is ours, and this is its reference: the clean case. What is in every system
of our own contract is in `own_contract`.
"""

from collections.abc import Callable
from datetime import datetime

from simulators.kit.core import Simulator
from simulators.kit.http import Clock, system_clock
from simulators.kit.store import Database, Store
from simulators.own_contract.api import Knobs as Knobs
from simulators.own_contract.api import simulate_cursor_api
from simulators.own_contract.member_kinds import (
    address,
    boolean,
    choice,
    code,
    email,
    name,
    number,
    organization_number,
    phone,
    text,
)
from simulators.own_contract.members import Invalid
from simulators.own_contract.paging import Filter
from simulators.own_contract.records import Change, Resource, Unique, member
from simulators.parts.customwebshop.orders import (
    ORDER,
    REFUSE,
    known_status,
    product_ids,
    settle_order,
)

SYSTEM = "customwebshop"
DEFAULTS = Knobs()
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

CUSTOMER = {
    "kind": choice("person", "company", default="company"),
    "name": name(),
    "email": email(),
    "phone": phone(),
    "organizationNumber": organization_number(),
    "billingAddress": address(),
    "shippingAddress": address(),
    "marketingConsent": boolean(default=False),
}
PRODUCT = {
    "sku": text(40),
    "name": name(),
    "description": text(2000),
    "unitPrice": number(lowest=0),
    "vatRate": number(lowest=0, highest=100, nullable=False, default=25),
    "currency": code(3, default="NOK"),
    "active": boolean(default=True),
}


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give the shop's simulator; its records stay in `store`."""
    return simulate_cursor_api(SYSTEM, RESOURCES, store, knobs, clock, REFUSE)


def settle_customer(change: Change) -> None:
    """Keep organisation numbers to companies."""
    record = change.record
    if record["kind"] == "person" and record["organizationNumber"] is not None:
        raise Invalid(("/organizationNumber", "only a company has one"))


def _customer_in_use(database: Database, key: str) -> str | None:
    count = database["order"].count("customer_id = ?", (key,))
    return f"{count} orders" if count else None


def _product_in_use(database: Database, key: str) -> str | None:
    count = database["order"].count("instr(product_ids, ?)", (f" {key} ",))
    return f"lines of {count} orders" if count else None


def _numbered(prefix: str) -> Callable[[int, datetime], str]:
    """Give ids such as cus_01J8ZK3QGA00002T: when, then which."""

    def new_id(number: int, moment: datetime) -> str:
        when = _base32(int(moment.timestamp() * 1000), 10)
        return f"{prefix}_{when}{_base32(number, 6)}"

    return new_id


def _base32(number: int, length: int) -> str:
    digits = [DIGITS[number >> 5 * place & 31] for place in range(length)]
    return "".join(reversed(digits))


RESOURCES = (
    Resource(
        "customer",
        "customers",
        CUSTOMER,
        columns={"email": member("email")},
        filters={"email": Filter("email", lambda given: given.strip().lower())},
        new_id=_numbered("cus"),
        settle=settle_customer,
        in_use=_customer_in_use,
    ),
    Resource(
        "order",
        "orders",
        ORDER,
        columns={
            "customer_id": member("customerId"),
            "status": member("status"),
            "product_ids": product_ids,
        },
        filters={
            "customerId": Filter("customer_id"),
            "status": Filter("status", known_status),
        },
        new_id=_numbered("ord"),
        settle=settle_order,
    ),
    Resource(
        "product",
        "products",
        PRODUCT,
        columns={"sku": member("sku")},
        filters={"sku": Filter("sku")},
        new_id=_numbered("prd"),
        settle=lambda change: None,
        unique=(Unique("sku", "sku", "sku-taken"),),
        in_use=_product_in_use,
    ),
)
