"""Simulate custompms: customers and projects of a customer-built project system.

The contract is ours, and this is its reference. What is in every system of our own
contract is in `own_contract`.
"""

from datetime import datetime
from uuid import UUID

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record
from simulators.kit.http import Clock, system_clock
from simulators.kit.store import Database, Store
from simulators.own_contract.api import Knobs as Knobs
from simulators.own_contract.api import simulate_cursor_api
from simulators.own_contract.member_kinds import (
    address,
    choice,
    day,
    email,
    name,
    number,
    number_text,
    organization_number,
    phone,
    read_only,
    text,
)
from simulators.own_contract.members import Invalid
from simulators.own_contract.paging import Filter
from simulators.own_contract.problems import refusals
from simulators.own_contract.records import Change, Resource, Unique, member

SYSTEM = "custompms"
DEFAULTS = Knobs()
REFUSE = refusals("https://pms.example/problems/")
STATUSES = ("planned", "active", "onHold", "completed", "cancelled")

CUSTOMER_NUMBER = Unique("customerNumber", "customer_number", "number-taken")
PROJECT_NUMBER = Unique("number", "number", "number-taken")

CUSTOMER = {
    "customerNumber": number_text(20),
    "kind": choice("person", "company", "internal", default="company"),
    "name": name(),
    "email": email(),
    "phone": phone(),
    "organizationNumber": organization_number(),
    "contactPerson": text(120),
    "address": address(),
}
PROJECT = {
    "number": number_text(30),
    "name": name(),
    "description": text(4000),
    "customerId": text(36),
    "customerName": read_only(),
    "managerName": text(120),
    "managerEmail": email(),
    "managerEmployeeNumber": text(20),
    "departmentCode": text(20),
    "startDate": day(),
    "endDate": day(),
    "status": choice(*STATUSES, default="planned"),
    "budgetHours": number(lowest=0),
}


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give the PMS's simulator; its records stay in `store`."""
    return simulate_cursor_api(SYSTEM, RESOURCES, store, knobs, clock, REFUSE)


def settle_customer(change: Change) -> None:
    """Give a customer its number, or keep it from getting another."""
    _settle_number(change, CUSTOMER_NUMBER, "{:05}")


def settle_project(change: Change) -> None:
    """Check a project's customer and dates, and give it its number."""
    record = change.record
    customer = _customer(change)
    record["customerName"] = customer["name"] if customer else None
    start, end = record["startDate"], record["endDate"]
    if start is not None and end is not None and end < start:
        raise Invalid(("/endDate", "must not be before startDate"))
    _settle_number(change, PROJECT_NUMBER, "P-{:04}")


def rename_copies(database: Database, customer: Record) -> None:
    """Follow a customer's name into its projects, whose stamps do not move."""
    projects = database["project"]
    for project in projects.select("customer_id = ?", (customer["id"],)):
        if project["customerName"] != customer["name"]:
            copied = {**project, "customerName": customer["name"]}
            projects.put(project["id"], copied)


def _customer(change: Change) -> Record | None:
    """Give the project's customer, who must be live when it is a new one."""
    key = change.record["customerId"]
    if key is None:
        return None
    customer = change.database["customer"].get(key)
    is_live = customer is not None and customer["deletedAt"] is None
    if change.changes("customerId") and not is_live:
        raise Invalid(("/customerId", "must name a customer that is not deleted"))
    return customer


def _settle_number(change: Change, number: Unique, form: str) -> None:
    """Give out the next free number to a new record that has none."""
    record, column = change.record, number.column
    if change.old is not None and change.changes(number.member):
        fixed = change.old[number.member]
        raise Invalid((f"/{number.member}", f"is fixed at {fixed}"))
    table = change.database["project" if number is PROJECT_NUMBER else "customer"]
    while record[number.member] is None:
        given = form.format(change.database.next_number(column))
        if not table.count(f"{column} = ?", (given,)):
            record[number.member] = given


def _customer_in_use(database: Database, key: str) -> str | None:
    count = database["project"].count("customer_id = ?", (key,))
    return f"{count} projects" if count else None


def _status(given: str) -> str:
    if given not in STATUSES:
        raise ValueError(f"must be one of {', '.join(STATUSES)}")
    return given


def _uuid(given: str) -> str:
    return str(UUID(given.strip()))


def _new_id(number: int, moment: datetime) -> str:
    """Give a UUID of version 7: when, then which."""
    when = int(moment.timestamp() * 1000) & (1 << 48) - 1
    return str(UUID(int=when << 80 | 7 << 76 | 2 << 62 | number))


RESOURCES = (
    Resource(
        "customer",
        "customers",
        CUSTOMER,
        columns={
            "customer_number": member("customerNumber"),
            "organization_number": member("organizationNumber"),
        },
        filters={
            "organizationNumber": Filter(
                "organization_number", lambda given: "".join(given.split())
            )
        },
        new_id=_new_id,
        settle=settle_customer,
        unique=(CUSTOMER_NUMBER,),
        in_use=_customer_in_use,
        ripple=rename_copies,
    ),
    Resource(
        "project",
        "projects",
        PROJECT,
        columns={
            "number": member("number"),
            "customer_id": member("customerId"),
            "status": member("status"),
        },
        filters={
            "number": Filter("number"),
            "customerId": Filter("customer_id", _uuid),
            "status": Filter("status", _status),
        },
        new_id=_new_id,
        settle=settle_project,
        unique=(PROJECT_NUMBER,),
    ),
)
