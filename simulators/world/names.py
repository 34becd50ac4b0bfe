"""Norwegian names, streets and companies: invented, the same for the same seed.

The same version of faker is needed for that, too. Its names come from pools that are
drawn once, because drawing each one takes too long for tens of thousands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from faker import Faker

_POOL = 600
_NATURE = (
    "Nordlys",
    "Fjord",
    "Brattfjell",
    "Sølvøy",
    "Åsgard",
    "Kystnær",
    "Ærfugl",
    "Midnattsol",
    "Bjørkelund",
    "Lyngheim",
)
_TRADES = (
    "Bygg",
    "Elektro",
    "Rør",
    "Regnskap",
    "Transport",
    "Eiendom",
    "Ventilasjon",
    "Malerservice",
    "Anlegg",
    "Teknikk",
    "Sjømat",
    "Renhold",
)
_FORMS = ("AS", "AS", "AS", "AS", "ANS", "SA")
_TITLES = (
    "Montør",
    "Elektriker",
    "Rørlegger",
    "Prosjektleder",
    "Økonomisjef",
    "Lærling",
    "Lagermedarbeider",
    "Tømrer",
    "Ingeniør",
    "Selger",
)
_PLACES = (
    ("0150", "Oslo"),
    ("0484", "Oslo"),
    ("1607", "Fredrikstad"),
    ("3015", "Drammen"),
    ("3715", "Skien"),
    ("4006", "Stavanger"),
    ("4630", "Kristiansand"),
    ("5003", "Bergen"),
    ("6002", "Ålesund"),
    ("7010", "Trondheim"),
    ("8006", "Bodø"),
    ("9008", "Tromsø"),
)
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True)
class Pools:
    """What names are put together from."""

    given: Sequence[str]
    family: Sequence[str]
    streets: Sequence[str]


@cache
def draw_pools(seed: int) -> Pools:
    """Draw the pools; the same seed gives the same ones in the same order."""
    faker = Faker("no_NO")
    faker.seed_instance(seed)
    return Pools(
        given=[faker.first_name() for _ in range(_POOL)],
        family=[faker.last_name() for _ in range(_POOL)],
        streets=[faker.street_name() for _ in range(_POOL)],
    )


class Names:
    """Gives out names, addresses and e-mail addresses."""

    def __init__(self, seed: int, purpose: str) -> None:
        """Draw from the pools of `seed`, for each purpose in another order."""
        self._pools = draw_pools(seed)
        self._random = Random(f"{seed}/{purpose}/names")  # noqa: S311 - invented data
        self._emails: set[str] = set()

    def person(self) -> tuple[str, str]:
        """Give a given name and a family name."""
        return self._random.choice(self._pools.given), self._random.choice(
            self._pools.family
        )

    def company(self, city: str) -> str:
        """Give the name of a company in a city."""
        choice = self._random.choice
        stem = (
            choice(_NATURE)
            if self._random.random() < 0.3
            else choice(self._pools.family)
        )
        return f"{stem} {choice(_TRADES)} {city} {choice(_FORMS)}"

    def title(self) -> str:
        """Give an occupation."""
        return self._random.choice(_TITLES)

    def street(self) -> str:
        """Give a street and a house number."""
        return (
            f"{self._random.choice(self._pools.streets)} {self._random.randint(1, 99)}"
        )

    def place(self) -> tuple[str, str]:
        """Give a postcode, maybe with leading zeros, and its city."""
        return self._random.choice(_PLACES)

    def email(self, whose: str, domain: str) -> str:
        """Give an e-mail address, in lower case, that was not given out before."""
        local, host = _in_address(whose), _in_address(domain)
        email, number = f"{local}@{host}.example", 1
        while email in self._emails:
            number += 1
            email = f"{local}{number}@{host}.example"
        self._emails.add(email)
        return email


def _in_address(text: str) -> str:
    """Give text as it may stand in an address: a to z, digits, dots, dashes."""
    plain = text.lower().translate(_LETTERS)
    return re.sub("[^a-z0-9.]+", "-", plain)[:60].strip("-.")
