"""The page: its markers, its rows, and when a Lenke is slower than another."""

from pathlib import Path

import pytest

from bench import report
from bench.goals import BY_KEY, FIGURES
from bench.measure import Cost
from bench.report import BEGIN, END
from bench.results import Results, Summary
from bench.round import chosen
from bench.subject import BASE, NOW

COST = Cost(cpu=1.5, wall=2.0, peak=100.0)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Readings of one figure."""
    results = Results(tmp_path / "results.json")
    results.begin("quiet")
    for value in (2.5, 1.5, 9.0):
        results.add("quiet", NOW, value, {"lenke": COST})
    return results


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with words around what is written."""
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n\n{BEGIN}\n\n{END}\n\nAfter\n", encoding="utf-8")
    return page


def row_of(page: Path, key: str) -> str:
    """Give the row of a figure."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"| {BY_KEY[key].title} |"))


def test_only_what_is_between_the_markers_is_written(
    results: Results, page: Path
) -> None:
    report.write(results, page)
    report.write(results, page)

    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"Before\n\n{BEGIN}\n")
    assert text.endswith(f"\n{END}\n\nAfter\n")
    assert "| x naive | 2.50 | 1.50 to 9 | 3 | 3 | 2 | goal |" in row_of(page, "quiet")
    assert "| lenke 1.50 s, 2 s, 100 MB |" in row_of(page, "quiet")
    assert "not measured" in row_of(page, "edits")
    assert text.count(BY_KEY["quiet"].title) == 1


def test_a_row_that_was_not_measured_now_stays(
    results: Results, page: Path, tmp_path: Path
) -> None:
    report.write(results, page)
    before = row_of(page, "quiet")
    others = Results(tmp_path / "others.json")
    others.begin("edits")
    others.add("edits", NOW, 2.4, {})

    report.write(others, page)

    assert row_of(page, "quiet") == before
    assert "| s | 2.40 | 2.40 to 2.40 | 1 | 3.50 | 2.50 | aim |" in row_of(
        page, "edits"
    )


def test_a_page_without_markers_is_left_alone(results: Results, page: Path) -> None:
    page.write_text("Before\n", encoding="utf-8")

    with pytest.raises(ValueError, match="lacks its markers"):
        report.write(results, page)

    assert page.read_text(encoding="utf-8") == "Before\n"


def test_the_page_of_the_project_has_its_markers_and_a_row_for_each_figure() -> None:
    text = report.PAGE.read_text(encoding="utf-8")

    assert text.count(BEGIN) == text.count(END) == 1
    assert [
        figure.title for figure in FIGURES if f"| {figure.title} |" not in text
    ] == []


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("quiet", 2.0, "aim"),
        ("quiet", 3.0, "goal"),
        ("quiet", 3.1, "no"),
        ("pace", 99.0, "aim"),
        ("pace", 97.0, "goal"),
        ("pace", 96.9, "no"),
        ("first_large", 1.0, ""),
    ],
)
def test_a_median_reaches_the_aim_the_goal_or_neither(
    key: str, value: float, word: str
) -> None:
    assert BY_KEY[key].reached(value) == word


@pytest.mark.parametrize(
    ("now", "base", "worse"),
    [
        (Summary(12, 11, 13, 5), Summary(10, 9, 11, 5), True),
        (Summary(12, 9.5, 13, 5), Summary(10, 9, 11, 5), False),  # within its noise
        (Summary(10.5, 10.4, 11, 5), Summary(10, 9, 11, 5), False),  # not by a tenth
    ],
)
def test_slower_is_what_chance_does_not_explain(
    now: Summary, base: Summary, worse: bool
) -> None:
    assert report.is_worse(BY_KEY["quiet"], now, base) is worse


def test_less_of_what_should_be_more_is_worse() -> None:
    now, base = Summary(80, 79, 81, 3), Summary(98, 97, 99, 3)

    assert report.is_worse(BY_KEY["pace"], now, base)
    assert not report.is_worse(BY_KEY["pace"], base, now)


def test_both_lenkes_are_told_and_the_slower_one_is_marked(results: Results) -> None:
    results.add("quiet", BASE, 1.0, {})

    lines, slower = report.compared(results, ["quiet"])

    assert slower
    assert lines == [f"{BY_KEY['quiet'].title}: 2.50 x naive, before 1; 2.50 x  WORSE"]


def test_readings_are_in_the_file_as_soon_as_they_are_taken(results: Results) -> None:
    again = Results(results.path)

    assert again.summary("quiet", NOW) == Summary(2.5, 1.5, 9.0, 3)
    assert again.processes("quiet", NOW) == {"lenke": COST}
    again.begin("quiet")
    assert results.summary("quiet", NOW) is None


def test_scenarios_are_chosen_by_their_words() -> None:
    long = frozenset({"million", "matching"})

    assert chosen("quiet, landing", full=False, long=long) == ["quiet", "landing"]
    assert "million" not in chosen("", full=False, long=long)
    assert "million" in chosen("", full=True, long=long)
    with pytest.raises(ValueError, match="there is no quite; there are quiet, "):
        chosen("quite", full=False, long=long)
