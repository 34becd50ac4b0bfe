"""What the project system holds of its own.

Nothing here belongs to a record of another system, unless a rule that adopts is
switched on: a sync must leave it as it is.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from simulators.kit.exact_json import Record
from simulators.world.customers import Customer
from simulators.world.example import Example
from simulators.world.facts import Facts
from simulators.world.ground import Ground
from simulators.world.names import Names

EXAMPLE = Example("customer", "name", "Nytt navn AS", place=-1)


def fill(ground: Ground, facts: Facts) -> None:
    """Put customers and projects into the project system."""
    known = [one for one in facts.customers if one.organization_number][-2:]
    customers = ground.add(
        "customer", customer_records(facts.names("custompms"), known)
    )
    ids = [customer["id"] for customer in customers]
    ground.add("project", project_records(ids))


def customer_records(names: Names, known: Sequence[Customer]) -> Iterator[Record]:
    """Give customers of the project system.

    The last ones are `known` to Tidsbanken, too: a rule that adopts by organisation
    number finds them, once somebody switches it on.
    """
    first_known = 4 - len(known)
    for place in range(4):
        _, city = names.place()
        company = known[place - first_known] if place >= first_known else None
        name = names.company(city)
        yield {
            "kind": "company",
            "name": company.name if company else name,
            "organizationNumber": company.organization_number if company else None,
            "email": names.email("prosjekt", name),
            "contactPerson": " ".join(names.person()),
            "externalReference": f"gammelt-system-{place + 1}",
        }


def project_records(customers: Sequence[str]) -> Iterator[Record]:
    """Give projects of the project system, one without customer."""
    for place, customer in enumerate((*customers[:3], None)):
        yield {
            "name": f"Forprosjekt {place + 1}",
            "description": "Opprettet i prosjektsystemet.",
            "customerId": customer,
            "startDate": "2025-04-01",
            "endDate": f"2025-0{5 + place}-30",
            "status": "active",
            "budgetHours": Decimal("37.5"),
        }
