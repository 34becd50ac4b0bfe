"""Maps by which nobody could translate, there or back, are named in words."""

import csv
from pathlib import Path

import pytest

from lenke.seeds.check import check_seeds
from tests.lenke.seeds.copied import complaint

PMS = "tidsbanken_avdeling__custompms_customer"
PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"
PROJECTS = "tidsbanken_prosjekt__custompms_project"

Row = tuple[str, str, str, str, str]


def maps(folder: Path, *rows: Row) -> None:
    """Write rows of value_maps.csv, each with a reason."""
    with (folder / "value_maps.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, "test"] for row in rows)


def test_codes_there_and_back_are_accepted(copied: Path) -> None:
    maps(
        copied,
        (PMS, "Navn", "Montasje", "MON", ""),
        (PMS, "Navn", "MON", "Montasje", ""),
        (PMS, "Navn", "Økonomi", "ADM", "true"),
        (PMS, "Navn", "Lønn", "ADM", "false"),
    )

    check_seeds(copied)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(PMS, "Navnet", "a", "b", "")], "Else map it in property_mappings.csv."),
        ([(PMS[:-1], "Navn", "a", "b", "")], f"Is '{PMS}' meant?"),
        ([(PMS, "Navn", "", "b", "")], "source_value: is empty"),
        ([(PMS, "Navn", "a", "", "")], "target_value: is empty"),
        ([(PMS, "Navn", " a", "b", "")], "source_value: ' a' is none of a text"),
        ([(PMS, "Navn", "a", "b\nc", "")], "goes over several lines"),
        ([(PMS, "Navn", "a", "b" * 300, "")], "is longer than the"),
        ([(PEOPLE, "Epost", "a@b.no", "c@d.no", "")], "is compared by a rule of link_"),
        ([(PROJECTS, "KundeId", "1", "2", "")], "is of kind reference, which has no"),
        (
            [(PROJECTS, "StartDato", "1", "2", "")],
            "is of kind local_time, which has no",
        ),
        (
            [(PMS, "Navn", "a", "c", ""), (PMS, "Navn", "b", "c", "")],
            "rows 2, 3, is_way_back: 'c' stands for 2 values of Navn, and 0 of",
        ),
        (
            [(PMS, "Navn", "a", "c", "true"), (PMS, "Navn", "b", "c", "true")],
            "and 2 of the rows are the way back. Set it to true in exactly one",
        ),
        (
            [(PMS, "Navn", "a", "c", ""), (PMS, "Navn", "a", "d", "")],
            "value_maps.csv row 3",
        ),
    ],
)
def test_rows_by_which_nobody_could_translate_are_named(
    copied: Path, rows: list[Row], words: str
) -> None:
    maps(copied, *rows)

    assert words in complaint(copied)
