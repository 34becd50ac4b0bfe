"""The projects of the company whose systems these are, as Tidsbanken has them.

The first fourteen are the special cases: days on which the clocks change, projects
without an end, without anybody in charge, without customer, with the same name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from simulators.world.customers import Customer
from simulators.world.names import Names
from simulators.world.people import Person

_WORKS = (
    "Ombygging",
    "Rehabilitering",
    "Befaring",
    "Serviceavtale",
    "Nybygg",
    "Feilsøking",
    "Montasje",
    "Prosjektering",
)
_PLACES = (
    "lager",
    "kontor",
    "fjøs",
    "skole",
    "tårnbygg",
    "kjøpesenter",
    "båthavn",
    "sykehjem",
)


@dataclass(frozen=True)
class Project:
    """One project; start and end are Norwegian local time."""

    id: str
    name: str
    responsible: int | None
    customer: str
    department: str
    starts: datetime | None
    ends: datetime | None


def projects(
    count: int,
    names: Names,
    employees: Sequence[Person],
    customers: Sequence[Customer],
    departments: Sequence[str],
    random: Random,
) -> Iterator[Project]:
    """Give so many projects, numbered from 20001."""
    special = _special(employees[0].number, customers[0].id)
    for place in range(count):
        starts, ends = _period(random)
        city = names.place()[1]
        usual = Project(
            id=f"{20_001 + place}",
            name=f"{random.choice(_WORKS)} {random.choice(_PLACES)} {city}",
            responsible=random.choice(employees).number if place % 8 != 7 else None,
            customer=random.choice(customers).id if place % 9 != 8 else "",
            department=random.choice(departments),
            starts=starts,
            ends=ends,
        )
        changes = special[place] if place < len(special) else {}
        yield replace(usual, **changes)


def _special(responsible: int, customer: str) -> Sequence[dict[str, Any]]:
    winter, summer = datetime(2025, 1, 6), datetime(2025, 7, 1)
    clocks_forward, clocks_back = datetime(2025, 3, 30), datetime(2025, 10, 26)
    in_charge = {"responsible": responsible, "customer": customer}
    twin = {**in_charge, "name": "Årskontroll", "starts": winter, "ends": summer}
    return (
        {"name": "Sommertid", "starts": clocks_forward, "ends": clocks_back},
        {"name": "Sommerdrift", "starts": summer, "ends": summer + timedelta(days=45)},
        {
            "name": "Nattarbeid når klokka stilles",
            "starts": clocks_back.replace(hour=2, minute=30),  # this hour comes twice
            "ends": clocks_back.replace(hour=6),
        },
        {"name": "Vakt i romjula", "starts": datetime(2024, 12, 31, 22), "ends": None},
        {"name": "Ikke planlagt ennå", "starts": None, "ends": None},
        {"name": "Frist uten start", "starts": None, "ends": summer},
        {"name": "Uten ansvarlig", "responsible": None},
        {"name": "Internt", "customer": ""},
        twin,
        twin,
        {"name": "Ombygging lager Ålesund"},
        {"name": "Ombygging lager Ålesund"},
        {"name": "Sommerfest 🎉"},
        {
            "name": "Rehabilitering av kjøle- og fryselager, ventilasjon, "
            "sanitæranlegg og nødlys ved Åndalsnes kai 2025"
        },
    )


def _period(random: Random) -> tuple[datetime, datetime | None]:
    """Give a start in 2024 to 2026, at midnight or in the morning, and maybe an end."""
    starts = datetime(2024, 1, 1) + timedelta(days=random.randrange(1_000))
    ends = starts + timedelta(days=random.randrange(300))
    if random.random() < 0.1:
        starts = datetime.combine(starts, time(7))
        ends = datetime.combine(ends, time(15, 30))
    return starts, ends if random.random() < 0.8 else None
