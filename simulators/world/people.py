"""The people who work at the company whose systems these are: facts, not yet records.

Tidsbanken knows them as Ansatt; PowerOffice Go may know them as Employees, and as
Contactpersons of its customers. The first ten are the special cases of matching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from simulators.world.ids import NationalIds
from simulators.world.names import Names

# How a person is found among the contact persons.
Match = Literal[
    "shared mailbox",  # two people have the e-mail of one contact person
    "two holders",  # two contact persons have the person's e-mail
    "torn apart",  # the e-mail leads to one contact person, the national id to another
    "wanted by e-mail",  # one contact person has the e-mail of this one ...
    "wanted by id",  # ... and the national id of this one
    "hidden",  # neither side has anything but masks
    "empty",  # neither side has anything
    "both",
    "e-mail",
    "national id",
    "none",
]

_SPECIAL: tuple[Match, ...] = (
    "shared mailbox",
    "shared mailbox",
    "two holders",
    "torn apart",
    "wanted by e-mail",
    "wanted by id",
    "hidden",
    "empty",
)
_USUAL: tuple[Match, ...] = (
    "both",
    "e-mail",
    "national id",
    "none",
    "none",
    "e-mail",
    "none",
)
_MATCHED_BY_EMAIL: tuple[Match, ...] = (
    "shared mailbox",
    "two holders",
    "torn apart",
    "wanted by e-mail",
    "both",
    "e-mail",
)
_MATCHED_BY_NATIONAL_ID: tuple[Match, ...] = (
    "torn apart",
    "wanted by id",
    "both",
    "national id",
)
_MATCHED_BY_NOTHING = ("hidden", "empty")

LONG_NAME = (
    "Wergeland-Thorbjørnsen-Ærlighet-Åsmundsen-Nordlyst"  # 50: Tidsbanken's limit
)
DOMAIN = "nordfjord-teknikk"


@dataclass(frozen=True)
class Person:
    """One employee; phone, e-mail and national id are "" when there is none."""

    number: int
    given: str
    family: str
    born: date
    hired: date
    title: str
    mobile: str
    email: str
    national_id: str
    match: Match
    is_in_poweroffice: bool


def people(count: int, names: Names, random: Random) -> Sequence[Person]:
    """Give so many people, numbered from 401 with a gap now and then."""
    national_ids = NationalIds(random)
    mailbox = names.email("felles", DOMAIN)
    found: list[Person] = []
    number = 400
    for place in range(count):
        number += 2 if place % 9 == 8 else 1
        match = _match(place)
        given, family = _name(place, names)
        born = date(1958, 1, 1) + timedelta(days=random.randrange(17_000))
        hired = date(2012, 1, 1) + timedelta(days=random.randrange(4_600))
        email = names.email(f"{given}.{family}", DOMAIN)
        if match == "shared mailbox":
            email = mailbox
        has_email = _has(match, _MATCHED_BY_EMAIL, random)
        has_national_id = _has(match, _MATCHED_BY_NATIONAL_ID, random)
        found.append(
            Person(
                number=number,
                given=given,
                family=family,
                born=born,
                hired=hired,
                title=names.title(),
                mobile="" if place % 11 == 10 else f"{40_000_000 + number}",
                email=email if has_email else "",
                national_id=national_ids.new(born) if has_national_id else "",
                match=match,
                is_in_poweroffice=place % 4 != 3,
            )
        )
    return found


def _match(place: int) -> Match:
    if place < len(_SPECIAL):
        return _SPECIAL[place]
    return _USUAL[(place - len(_SPECIAL)) % len(_USUAL)]


def _has(match: Match, needed_by: Sequence[Match], random: Random) -> bool:
    """Say whether a person has what some are matched by; most of the others do too."""
    if match in _MATCHED_BY_NOTHING:
        return False
    return random.random() < 0.8 or match in needed_by


def _name(place: int, names: Names) -> tuple[str, str]:
    given, family = names.person()
    if place == 8:
        return given, LONG_NAME
    if place == 9:
        return "Åse-Ærlaug", "Øygård"
    return given, family
