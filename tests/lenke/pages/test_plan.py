"""The plan for a colleague: every value is there, and none is more than text."""

import csv
import json
import os
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from connections.http.errors import ConfigurationError
from lenke.home.places import Home
from lenke.pages.page import write_text
from lenke.pages.plan import write_csv, write_html
from lenke.run.report import RunReport
from tests.lenke.published import FLOW, KARI, KARI_THERE, OLA, publish

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(A1)",
    "+47 900 00 000",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\x1b[31mred\x1b[0m",
    "{{ 7 * 7 }}",
    "a\u202eb",
)


class Tags(HTMLParser):
    """The elements of a page and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def planned(home: Path, value: str) -> Home:
    """Give a home whose plan has three writes, with a value wherever one may be."""
    write = {
        "flow": FLOW,
        "operation": "update",
        "system": "crmoffice",
        "entity": "contacts",
        "record_id": "30019",
        "source_key": KARI,
        "reason": "edited",
        "payload_hash": "h",
    }
    text = '{"familyName": ' + json_of(value) + ', "address.city": "Oslo"}'
    publish(
        home,
        records=[
            {
                "system": key.split(":")[0],
                "entity": key.split(":")[1],
                "record_id": key.split(":")[2],
                "record_key": key,
                "record_name": value,
                "is_there": True,
            }
            for key in (KARI, KARI_THERE, OLA)
        ],
        plan=[
            {
                **write,
                "properties_before": '{"familyName": null, "address.city": "Bergen"}',
                "properties_after": text,
            },
            {
                **write,
                "operation": "create",
                "record_id": None,
                "source_key": OLA,
                "properties_before": '{"familyName": null}',
                "properties_after": '{"familyName": "Li"}',
            },
            {
                **write,
                "operation": "delete",
                "record_id": "7",
                "properties_before": None,
                "properties_after": None,
            },
        ],
        sights=[
            {
                "source_key": KARI,
                "record_key": KARI_THERE,
                "name": "familyName",
                "won_by": OLA,
            }
        ],
    )
    return Home(home)


def json_of(value: str) -> str:
    """Give a text as JSON."""
    return json.dumps(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_page_shows_every_value_as_text_and_asks_for_nothing(
    tmp_path: Path, value: str
) -> None:
    page = tmp_path / "plan.html"
    write_html(planned(tmp_path, value), RunReport("r1", warnings=[value]), page)

    found = Tags(page.read_text(encoding="utf-8"))
    assert {tag for tag, _ in found.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main"),
        *("h1", "p", "section", "strong", "br", "span", "div", "table", "thead"),
        *("tbody", "tr", "th", "td"),
    }
    assert not [
        name
        for _, attributes in found.tags
        for name in attributes
        if name in ("src", "href", "style") or name.startswith("on")
    ]
    assert "\x1b" not in page.read_text(encoding="utf-8")
    shown = value.replace("\t", " ").replace("\x1b", "<U+001B>")
    assert shown.replace("\u202e", "<U+202E>") in "".join(found.words)


def test_the_page_says_what_will_be_because_of_whom_and_what_stops_it(
    tmp_path: Path,
) -> None:
    page = tmp_path / "plan.html"
    run = RunReport("r1", guards=["60 deletes in f (expected: at most 50)"])

    write_html(planned(tmp_path, "Aas"), run, page)

    text = " ".join(" ".join(Tags(page.read_text(encoding="utf-8")).words).split())
    assert (
        "A push would write 3 records: 1 to be created, 1 to be updated, 1 to be "
        "deleted." in text
    )
    assert "A guard would stop it: 60 deletes in f (expected: at most 50)." in text
    assert f"familyName empty Aas Aas {OLA}" in text
    assert f"address.city Bergen Oslo Aas {KARI}" in text
    assert text.index("delete crmoffice") < text.index("update crmoffice")


@pytest.mark.parametrize("value", HOSTILE)
def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, value: str) -> None:
    table = tmp_path / "plan.csv"

    write_csv(planned(tmp_path, value), table)

    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert {row["because_of"] for row in rows if row["property"] == "familyName"} == {
        OLA
    }


def test_an_empty_plan_is_a_page_too(tmp_path: Path) -> None:
    publish(tmp_path, plan=[], sights=[])
    page = tmp_path / "plan.html"

    write_html(Home(tmp_path), RunReport("r1"), page)

    assert "A push would write nothing now." in page.read_text(encoding="utf-8")


def test_a_file_is_the_owners_and_where_none_can_be_is_said(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("before", encoding="utf-8")

    write_text(page, "after")

    assert page.read_text(encoding="utf-8") == "after"
    assert stat.S_IMODE(os.stat(page).st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [page]
    with pytest.raises(ConfigurationError, match="Name a file in a folder that is"):
        write_text(tmp_path / "nowhere" / "page.html", "after")
