"""What is true in a world, before any system holds a record of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from simulators.world.customers import Customer, customers
from simulators.world.ids import organization_numbers
from simulators.world.names import Names
from simulators.world.people import Person, people
from simulators.world.projects import Project, projects
from simulators.world.size import Size


@dataclass(frozen=True)
class Facts:
    """The company whose systems these are: its people, customers and projects."""

    seed: int
    size: Size
    departments: Sequence[str]
    employees: Sequence[Person]
    customers: Sequence[Customer]
    projects: Sequence[Project]

    def names(self, purpose: str) -> Names:
        """Give names for one purpose; what others take changes nothing there."""
        return Names(self.seed, purpose)

    def random(self, purpose: str) -> Random:
        """Give dice for one purpose; what others throw changes nothing there."""
        return dice(self.seed, purpose)


def dice(seed: int, purpose: str) -> Random:
    """Give dice that fall the same for the same seed and purpose."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 - invented data, not a secret


def draw_facts(seed: int, size: Size) -> Facts:
    """Give the facts of a world; the same ones for the same seed and size."""
    departments = [str(10 * number) for number in range(1, size.departments + 1)]
    employees = people(
        size.employees, Names(seed, "employees"), dice(seed, "employees")
    )
    companies = customers(
        size.customers,
        Names(seed, "customers"),
        organization_numbers(),
        dice(seed, "customers"),
    )
    work = projects(
        size.projects,
        Names(seed, "projects"),
        employees,
        companies,
        departments,
        dice(seed, "projects"),
    )
    return Facts(seed, size, departments, employees, companies, list(work))
