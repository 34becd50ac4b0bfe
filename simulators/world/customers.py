"""The customers of the company whose systems these are: facts, not yet records.

Tidsbanken knows them as Kunde; PowerOffice Go may know them as Customers. The first
four are the special cases of matching.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from simulators.world.names import Names

# How a customer is found among PowerOffice's.
Match = Literal[
    "shared e-mail",  # two customers have the e-mail of one
    "two holders",  # two in PowerOffice have its e-mail
    "empty",  # neither side has an e-mail
    "pair",
    "other e-mail",  # the same company, but nothing says so
    "none",
]

_SPECIAL: tuple[Match, ...] = ("shared e-mail", "shared e-mail", "two holders", "empty")
_USUAL: tuple[Match, ...] = ("pair", "pair", "other e-mail", "pair", "none")
_SURPRISING_NAMES = {
    4: "Festkomiteen 🎉 Ålesund",
    5: "Blåbærtoppen Økologiske Frukt- og Grønnsaksgrossist Samvirkeforetak for Indre "
    "og Ytre Sunnmøre",
    6: 'A/S O\'Brien & Sønner "Låsen"',
}


@dataclass(frozen=True)
class Customer:
    """One customer; what it does not have is ""."""

    id: str
    name: str
    organization_number: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str
    match: Match


def customers(
    count: int, names: Names, numbers: Iterator[str], random: Random
) -> Sequence[Customer]:
    """Give so many customers, numbered from K1001."""
    shared = names.email("faktura", "konsernet")
    found = []
    for place in range(count):
        match = _match(place)
        postcode, city = names.place()
        company = names.company(city)
        is_person = place % 13 == 12
        name = " ".join(names.person()) if is_person else company
        name = _SURPRISING_NAMES.get(place, name)
        email = shared if match == "shared e-mail" else names.email("post", name)
        needs_email = match in ("shared e-mail", "two holders", "pair")
        has_email = needs_email or (match != "empty" and random.random() < 0.7)
        has_address = place % 7 != 6
        found.append(
            Customer(
                id=f"K{1001 + place}",
                name=name,
                organization_number="" if is_person else next(numbers),
                street=names.street() if has_address else "",
                postcode=postcode if has_address else "",
                city=city if has_address else "",
                phone="" if place % 6 == 5 else f"{70_000_001 + place}",
                email=email if has_email else "",
                match=match,
            )
        )
    return found


def _match(place: int) -> Match:
    if place < len(_SPECIAL):
        return _SPECIAL[place]
    return _USUAL[(place - len(_SPECIAL)) % len(_USUAL)]
