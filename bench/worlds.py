"""Make worlds for the server: python -m bench.worlds KIND COUNT FOLDER.

They are a function of their kind, count and seed. The shape of a record is that of the
simulator, which is asked for one; what is invented is put in its place.

pairs    COUNT records: half customers of Tidsbanken, half customers of PowerOffice that
         say the same of the same e-mail address. One in fifty has no partner.
people   The same of employees and contact persons, by e-mail and national id.
single   COUNT customers of Tidsbanken, whom nobody else knows yet.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

SEED = 11
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
_ALONE = 50
_FIRST = ("Anne", "Kari", "Ola", "Per", "Åse", "Nils", "Ingrid", "Lars", "Silje", "Jon")
_LAST = ("Hansen", "Johansen", "Olsen", "Larsen", "Bakke", "Solberg", "Lie", "Moen")
_TRADES = ("Bygg", "Regnskap", "Frukt", "Transport", "Elektro", "Rør", "Foto", "Data")

Record = dict[str, Any]
Lists = dict[tuple[str, str], Iterable[Record]]


def make(kind: str, count: int, folder: Path) -> Path:
    """Make a world in `folder` unless it is there; give the folder."""
    if (folder / "made").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for (system, entity), records in KINDS[kind](count).items():
        write(folder, system, entity, records)
    (folder / "made").touch()
    return folder


def write(folder: Path, system: str, entity: str, records: Iterable[Record]) -> None:
    """Write the records of one entity, in the order in which they are listed."""
    from simulators.kit.exact_json import dumps

    (folder / system).mkdir(parents=True, exist_ok=True)
    with (folder / system / f"{entity}.ndjson").open("w", encoding="utf-8") as file:
        for record in records:
            file.write(dumps(record) + "\n")


def _pairs(count: int) -> Lists:
    kunde, customer = _shapes(
        ("tidsbanken", "kunde", {"Id": "K1", "Navn": "A"}),
        ("powerofficego", "customers", {"Name": "A"}),
    )

    def kunder() -> Iterator[Record]:
        for place, company in _companies(count // 2):
            yield {
                **kunde,
                "Id": f"K{place}",
                "Navn": company["name"],
                "Organisasjonsnummer": company["number"],
                "Epost": company["email"],
                "Telefon": company["phone"],
                "SistEndretDato": _stamp(place, "+01:00"),
            }

    def customers() -> Iterator[Record]:
        for place, company in _companies(count // 2):
            alone = place % _ALONE == 0
            yield {
                **customer,
                "Id": 1_000_000 + place,
                "Number": 10_000 + place,
                "Name": company["name"],
                "OrganizationNumber": company["number"],
                "EmailAddress": ("x" if alone else "") + company["email"],
                "LastChangedDateTimeOffset": _stamp(place, "Z"),
            }

    return {
        ("tidsbanken", "kunde"): kunder(),
        ("powerofficego", "customers"): customers(),
    }


def _people(count: int) -> Lists:
    ansatt, person = _shapes(
        ("tidsbanken", "ansatt", {"Id": 1, "Fornavn": "A", "Etternavn": "A"}),
        ("powerofficego", "contactperson", {"FirstName": "A", "LastName": "A"}),
    )

    def ansatte() -> Iterator[Record]:
        for place, (first, last) in _names(count // 2):
            yield {
                **ansatt,
                "Id": place,
                "Fornavn": first,
                "Etternavn": last,
                "Epost": f"{first}.{last}.{place}@example.no".lower(),
                "Personnummer": national_id(place),
                "SistEndretDato": _stamp(place, "Z"),
            }

    def persons() -> Iterator[Record]:
        for place, (first, last) in _names(count // 2):
            alone = place % _ALONE == 0
            email = f"{first}.{last}.{place}@example.no".lower()
            yield {
                **person,
                "Id": 5_000_000 + place,
                "FirstName": first,
                "LastName": last,
                "EmailAddress": None if alone else email,
                "SocialSecurityNumber": national_id(place + (count if alone else 0)),
                "LastChangedDateTimeOffset": _stamp(place, "Z"),
            }

    return {
        ("tidsbanken", "ansatt"): ansatte(),
        ("powerofficego", "contactperson"): persons(),
    }


def _single(count: int) -> Lists:
    pairs = _pairs(2 * count)
    return {("tidsbanken", "kunde"): pairs["tidsbanken", "kunde"]}


KINDS: dict[str, Callable[[int], Lists]] = {
    "pairs": _pairs,
    "people": _people,
    "single": _single,
}


def national_id(place: int) -> str:
    """Give an invented national id whose digits check, another for each place."""
    for nine in range(7 * place + 100_000_000, 7 * place + 100_000_007):
        first = check_digit(f"{nine}", (3, 7, 6, 1, 8, 9, 4, 5, 2))
        if first == 10:
            continue
        second = check_digit(f"{nine}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        if second < 10:
            return f"{nine}{first}{second}"
    raise AssertionError(f"seven numbers in a row from {nine - 6} do not check")


def organization_number(place: int) -> str:
    """Give a Norwegian organisation number whose digits check, another for each."""
    for eight in range(3 * place + 80_000_000, 3 * place + 80_000_003):
        last = check_digit(f"{eight}", (3, 2, 7, 6, 5, 4, 3, 2))
        if last < 10:
            return f"{eight}{last}"
    raise AssertionError(f"three numbers in a row from {eight - 2} do not check")


def check_digit(digits: str, weights: Sequence[int]) -> int:
    """Give the digit that makes the weighted sum a multiple of 11; 10 is none."""
    pairs = zip(digits, weights, strict=True)
    return -sum(int(digit) * weight for digit, weight in pairs) % 11


def _shapes(*asked: tuple[str, str, Record]) -> list[Record]:
    """Give a record of each entity, as its simulator shows it."""
    from simulators.kit.stage import open_simulators

    simulators = open_simulators()
    owner = simulators["powerofficego"].insert("customers", {"Name": "Owner"})["Id"]
    shapes = []
    for system, entity, record in asked:
        belongs = {"ContactId": owner} if entity == "contactperson" else {}
        stored = simulators[system].insert(entity, {**record, **belongs})
        shapes.append(json.loads(json.dumps(stored, default=float)))
    return shapes


def _companies(count: int) -> Iterator[tuple[int, dict[str, str]]]:
    random = Random(SEED)  # noqa: S311 - invented, and the same each time
    for place in range(1, count + 1):
        last, trade = random.choice(_LAST), random.choice(_TRADES)
        yield (
            place,
            {
                "name": f"{last} {trade} {place} AS",
                "number": organization_number(place),
                "email": f"post{place}@{last}{trade}.no".lower().replace("ø", "o"),
                "phone": f"+479{random.randrange(10**7):07}",
            },
        )


def _names(count: int) -> Iterator[tuple[int, tuple[str, str]]]:
    random = Random(SEED)  # noqa: S311 - as above
    for place in range(1, count + 1):
        yield place, (random.choice(_FIRST).replace("Å", "A"), random.choice(_LAST))


def _stamp(place: int, zone: str) -> str:
    moment = _BEGAN + timedelta(seconds=20 * place)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000{zone}"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("kind", choices=KINDS)
    asked.add_argument("count", type=int)
    asked.add_argument("folder", type=Path)
    given = asked.parse_args()
    make(given.kind, given.count, given.folder)
