"""How large a world is."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Size:
    """How many records of each kind Tidsbanken and Membercare hold.

    The other systems follow from these. Each number has a lowest value, so that every
    special case has its place; ValueError says which one is too low.
    """

    employees: int
    customers: int
    projects: int
    departments: int = 8
    companies: int = 25
    organizations: int = 8
    products: int = 8
    invoices: int = 40

    def __post_init__(self) -> None:
        """Refuse a world without room for its special cases."""
        for number in fields(self):
            lowest = _LOWEST.get(number.name, 4)
            if getattr(self, number.name) < lowest:
                raise ValueError(f"{number.name} must be {lowest} or more")


_LOWEST = {"employees": 20, "customers": 20, "projects": 20, "companies": 8}

SMALL = Size(employees=40, customers=60, projects=50)
MEDIUM = Size(
    employees=500,
    customers=1500,
    projects=1000,
    departments=25,
    companies=400,
    organizations=60,
    products=30,
    invoices=1200,
)
LARGE = Size(
    employees=10_000,
    customers=20_000,
    projects=10_000,
    departments=100,
    companies=5_000,
    organizations=500,
    products=100,
    invoices=10_000,
)
SIZES = {"small": SMALL, "medium": MEDIUM, "large": LARGE}
