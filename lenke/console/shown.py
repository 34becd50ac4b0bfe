"""Make a page of what was found: templates, and how values are spelt in them."""

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from lenke.console.deeds import deed_typed
from lenke.console.page import Page
from lenke.pages.page import environment
from lenke.showing.layout import in_pieces
from lenke.why.told import when

PAGES = (
    ("Now", "/"),
    ("Findings", "/findings"),
    ("Plan", "/plan"),
    ("Conflicts", "/conflicts"),
    ("Runs", "/runs"),
    ("Decisions", "/decisions"),
)


def html(
    page: Page,
    *,
    nonce: str,
    path: str,
    now: datetime,
    built_at: datetime | None = None,
    stale: bool = False,
    other_page: Callable[[int], str] = str,
) -> str:
    """Give a page of the console; `other_page` is the address with another offset."""
    return _ENVIRONMENT.get_template("console.html").render(
        **_common(page, now),
        nonce=nonce,
        path=path,
        pages=PAGES,
        part=page.part,
        built_at=built_at,
        stale=stale,
        other_page=other_page,
        is_report=False,
    )


def report(title: str, found: list[Page], built_at: datetime, now: datetime) -> str:
    """Give several pages as one file, in which nothing leads anywhere."""
    parts = [
        (page, _ENVIRONMENT.get_template(f"parts/{page.part}.html")) for page in found
    ]
    shown = [
        (page, part.render(**_common(page, now), is_report=True, other_page=str))
        for page, part in parts
    ]
    return _ENVIRONMENT.get_template("report.html").render(
        title=title, shown=shown, built_at=built_at, now=now, is_report=True
    )


def _common(page: Page, now: datetime) -> dict[str, Any]:
    return {
        "title": page.title,
        "sentence": page.sentence,
        "now": now,
        **page.values,
    }


def link(where: str, **words: Any) -> str:
    """Give the address of a page of ours."""
    given = {name: each for name, each in words.items() if each is not None}
    return f"{where}?{urlencode(given)}" if given else where


def _ago(moment: datetime, now: datetime) -> str:
    """Say how long ago something was, in the unit that people would choose."""
    seconds = max(0, (now - moment).total_seconds())
    for size, one, many in (
        (86400, "day", "days"),
        (3600, "hour", "hours"),
        (60, "minute", "minutes"),
    ):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count:,} {one if count == 1 else many} ago"
    return "just now"


def _plain(value: Any) -> str:
    """Give a value of JSON as people read it: text without its quotes."""
    if isinstance(value, str):
        try:
            opened = json.loads(value)
        except ValueError:
            return value
        return opened if isinstance(opened, str) else value
    return json.dumps(value, ensure_ascii=False)


def _deed_of(command: str) -> str | None:
    """Give the address of the form that does what a command does; None: none does."""
    found = deed_typed(command)
    if found is None:
        return None
    name, given = found
    return link(f"/do/{name}", **given)


def _said(words: str) -> list[tuple[bool, list[Any]]]:
    """Give what a command said in blocks: lines, or (True) the rows of a table.

    In a pipe a table is lines with tabs, below one with the names of the columns.
    """
    return [
        (is_table, [line.split("\t") for line in lines] if is_table else list(lines))
        for is_table, lines in groupby(words.splitlines(), lambda line: "\t" in line)
    ]


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    return in_pieces(text)


_ENVIRONMENT = environment("lenke.console")
_ENVIRONMENT.filters |= {
    "when": when,
    "pieces": _pieces,
    "said": _said,
    "plain": _plain,
    "shell": lambda text: shlex.quote(str(text)),
}
_ENVIRONMENT.globals |= {"link": link, "ago": _ago, "deed_of": _deed_of}
