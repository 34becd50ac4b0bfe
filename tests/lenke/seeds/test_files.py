"""Seeds that an editor or a spreadsheet has damaged are read, or named with the row."""

from pathlib import Path

import pytest

from lenke.seeds.check import check_seeds
from tests.lenke.seeds.copied import complaint


def changed(folder: Path, name: str, before: str, after: str) -> Path:
    """Change the text of a file once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('lists it."\n', "lists it.\n", "row 2: its quotes don't fit"),
        ('"As the document', "As the document", "row 2 has a quote without its partn"),
        (
            "flow,source_p",
            "flaw,source_p",
            "row 1: there is no column 'flaw'. Is 'flow",
        ),
        ("flow,source_p", "flow ,source_p", "row 1: there is no column 'flow '"),
        ("flow,source_property,", "flow,", "row 1 lacks the column 'source_property'"),
        ("flow,source_p", "flow,flow,source_p", "row 1 has the column 'flow' twice"),
        (
            "familyName,",
            "",
            "row 2 has another number of columns than its header (10, n",
        ),
        ("familyName,", "family,Name,", "row 2 has another number of columns than its"),
        ("why\n", "why\n\n", "row 2 is empty"),
        ("familyName", '"family\nName"', "row 2 goes over several lines"),
        ("familyName", "family\0Name", "row 2"),
    ],
)
def test_a_file_that_lost_its_form_is_named_with_the_row(
    copied: Path, before: str, after: str, words: str
) -> None:
    changed(copied, "property_mappings.csv", before, after)

    assert f"  - property_mappings.csv {words}" in complaint(copied)


def test_a_quote_that_is_lost_in_the_last_row_is_named_there(copied: Path) -> None:
    path = copied / "flows.csv"
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(text.removesuffix('"') + "\n", encoding="utf-8")

    assert "  - flows.csv row 15: its quotes don't fit" in complaint(copied)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("latin-1", "row 2 is not UTF-8"), ("utf-16", "row 1 is not UTF-8")],
)
def test_a_file_of_another_encoding_is_named(
    copied: Path, encoding: str, words: str
) -> None:
    path = changed(copied, "flows.csv", "every Avdeling", "kvar avdeling på øya")
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)

    assert f"flows.csv {words}" in complaint(copied)


def test_what_a_spreadsheet_saves_is_read_or_named(copied: Path) -> None:
    path = copied / "flows.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    check_seeds(copied)

    path.write_text(text.replace(",", ";"), encoding="utf-8")

    assert "flows.csv row 1: values are separated by semicolons" in complaint(copied)


def test_a_seed_that_is_lost_empty_or_unknown_is_named(copied: Path) -> None:
    (copied / "flows.csv").rename(copied / "flow.csv")
    (copied / "limits.csv").write_text("")

    words = complaint(copied)

    assert "flows.csv is missing" in words
    assert "flow.csv is no seed that is known. Is flows.csv meant?" in words
    assert "limits.csv is empty. Its first row is: limit_name,limit_value" in words


def test_a_file_that_is_there_in_another_guise_is_not_passed_over(copied: Path) -> None:
    (copied / "flows.csv").rename(copied / "Flows.CSV")
    (copied / "link_rules.csv").unlink()
    (copied / "link_rules.csv").symlink_to("nowhere")

    words = complaint(copied)

    assert "Flows.CSV is no seed that is known. Is flows.csv meant?" in words
    assert "link_rules.csv can't be read: No such file" in words
