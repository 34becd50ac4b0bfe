"""Rules about records and first days that nobody could go by are named in words."""

import csv
from pathlib import Path

import pytest

from lenke.seeds.check import check_seeds
from tests.lenke.seeds.copied import complaint, edit

CONTACTS = "tidsbanken_ansatt__crmoffice_contacts"
PEOPLE = "tidsbanken_ansatt__powerofficego_contactperson"
PROJECTS = "tidsbanken_prosjekt__custompms_project"


def rules(folder: Path, *rows: tuple[str, str, str, str, str]) -> None:
    """Write rows of record_rules.csv, each with a reason."""
    with (folder / "record_rules.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, "test"] for row in rows)


def test_rules_that_can_hold_are_accepted(copied: Path) -> None:
    rules(
        copied,
        (CONTACTS, "source", "Etternavn", "does_not_start_with", "Test"),
        (CONTACTS, "source", "Etternavn", "is_not", "Borte"),
        (CONTACTS, "target", "mobilePhone", "is_not_empty", ""),
        (PEOPLE, "source", "Personnummer", "is_not_empty", ""),
        (PROJECTS, "source", "StartDato", "at_least", "2026-01-01"),
        (PROJECTS, "source", "StartDato", "at_most", "2026-01-01T08:00"),
        (PROJECTS, "source", "KundeId", "is_not", "K1"),
    )

    check_seeds(copied)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((CONTACTS, "source", "Fornavnet", "is", "x"), "property: 'Fornavnet' is not"),
        ((CONTACTS, "source", "Fornavnet", "is", "x"), "Is 'Fornavn' meant?"),
        ((CONTACTS, "target", "Fornavn", "is", "x"), "not known of crmoffice contacts"),
        ((CONTACTS, "both", "Fornavn", "is", "x"), "side: 'both' is not known"),
        ((CONTACTS, "source", "Fornavn", "equals", "x"), "operator: 'equals' is not"),
        ((CONTACTS[:-1], "source", "Fornavn", "is", "x"), f"Is '{CONTACTS}' meant?"),
        ((CONTACTS, "source", "Fornavn", "is", ""), "value: is empty, and is needs"),
        ((CONTACTS, "source", "Fornavn", "is_empty", "x"), "is_empty goes without a"),
        (
            (CONTACTS, "source", "Fornavn", "at_least", "a"),
            "'at_least' can't be asked of a property of kind text. Accepted: is",
        ),
        (
            (PEOPLE, "source", "Personnummer", "is", "01828012327"),
            "of kind national_id. Accepted: is_empty, is_not_empty",
        ),
        (
            (PROJECTS, "source", "StartDato", "at_least", "in May"),
            "'in May' is none of a local_time. Accepted: a day or a time",
        ),
        (
            (PROJECTS, "source", "KundeId", "starts_with", "K"),
            "of kind reference. Accepted: is, is_not, is_empty, is_not_empty",
        ),
    ],
)
def test_a_rule_that_nobody_could_go_by_is_named(
    copied: Path, row: tuple[str, str, str, str, str], words: str
) -> None:
    rules(copied, row)

    said = complaint(copied)

    assert "record_rules.csv row 2, " in said
    assert words in said


@pytest.mark.parametrize(
    ("row", "day", "words"),
    [
        (2, "2026-13-01", "starts_at: '2026-13-01' is no"),
        (7, "2026-11-30", "membercare companies don't say when they were created"),
        (11, "2026-11-30", "only matches, it creates nothing (mode)"),
    ],
)
def test_a_first_day_that_nobody_could_go_by_is_named(
    copied: Path, row: int, day: str, words: str
) -> None:
    edit(copied, "flows.csv", row, starts_at=day)

    assert words in complaint(copied)


def test_a_first_day_of_records_that_say_when_they_were_created_is_accepted(
    copied: Path,
) -> None:
    edit(copied, "flows.csv", 2, starts_at="2026-11-30", is_enabled="false")

    check_seeds(copied)
