"""The plan for a colleague: as a page, or as a table for a spreadsheet."""

import csv
import io
from itertools import groupby
from pathlib import Path
from typing import Any

from lenke.home.places import Home
from lenke.pages.page import write_page, write_text
from lenke.run.report import RunReport
from lenke.showing import look, questions
from lenke.showing.layout import visible

# A spreadsheet takes what begins so for a formula, or for what it begins a cell with.
_NOT_FIRST = ("=", "+", "-", "@")


def write_html(home: Home, run: RunReport, path: Path) -> None:
    """Write what a push would send, with names, old and new, because of whom."""
    rows = look.ask(home, questions.PLAN_LINES).as_json()
    writes = [
        {**lines[0], "lines": [line for line in lines if line["property"]]}
        for lines in (
            list(each)
            for _, each in groupby(
                rows,
                lambda r: (r["operation"], r["flow"], r["system"], r["record_key"]),
            )
        )
    ]
    write_page(
        path,
        "plan.html",
        title="What a push would send",
        sentence=sentence(writes),
        writes=writes,
        run=run,
    )


def write_csv(home: Home, path: Path) -> None:
    """Write one row per write and property; no cell is taken for a formula."""
    answer = look.ask(home, questions.PLAN_LINES)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    write_text(path, text.getvalue())


def sentence(writes: list[dict[str, Any]]) -> str:
    """Say how many writes there are, and how many of them delete."""
    if not writes:
        return "A push would write nothing now."
    counts = [
        f"{number} {words}"
        for operation, words in (
            ("create", "to be created"),
            ("update", "to be updated"),
            ("delete", "to be deleted"),
        )
        if (number := sum(each["operation"] == operation for each in writes))
    ]
    return f"A push would write {len(writes)} records: {', '.join(counts)}."


def _cell(value: Any) -> str:
    text = visible(value)
    return f"'{text}" if text.startswith(_NOT_FIRST) else text
