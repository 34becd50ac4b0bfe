"""Show a run and its tables on a terminal, or as plain lines in a log.

Values come from other people's systems, so they are shown as text: no markup, no
control codes.
"""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from lenke._listened import speaks_utf8
from lenke._look import Rows
from lenke._report import RunReport

# A log has no width of its own: wide enough there for the longest name of a flow.
_LOG_WIDTH = 140


def _console(stderr: bool) -> Console:
    found = Console(stderr=stderr, highlight=False, soft_wrap=stderr)
    if not found.is_terminal:
        found.width = _LOG_WIDTH
    return found


out = _console(stderr=False)
err = _console(stderr=True)


def plain(value: Any) -> str:
    """Give a value as one line of text without control characters or markup.

    What nobody would see in it can be seen: of two values that look alike, people have
    to tell what differs.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return escape("".join(_seen(sign) for sign in str(value)))


def _seen(sign: str) -> str:
    """Give a sign that can be seen: a blank that is none, or nothing, as <U+200B>."""
    if sign.isprintable():
        return sign
    return " " if sign in "\t\n\r" else f"<U+{ord(sign):04X}>"


def plain_lines(value: object) -> str:
    """Give a message of several lines as text without control characters or markup."""
    return "\n".join(plain(line) for line in str(value).split("\n"))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Show rows under a title."""
    shown = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        shown.add_column(plain(column), overflow="fold")
    for row in rows:
        shown.add_row(*(plain(value) for value in row))
    out.print(shown)


def rows(title: str, answer: Rows, *, every_column: bool = False) -> None:
    """Show the answer to a question, without the columns that are empty throughout.

    `every_column` shows those too: somebody has asked for them by name.
    """
    used = [
        index
        for index, _ in enumerate(answer.columns)
        if every_column or any(row[index] is not None for row in answer.rows)
    ]
    table(
        title,
        [answer.columns[index] for index in used],
        [[row[index] for index in used] for row in answer.rows],
    )


def as_json(value: Any) -> None:
    """Print one JSON object or list on stdout, and nothing else.

    What a terminal would obey is written as an escape: control codes stand inside of
    texts only, where JSON reads both the same.
    """
    text = json.dumps(
        _strict(value),
        ensure_ascii=not speaks_utf8(sys.stdout),
        allow_nan=False,
        default=str,
    )
    print("".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text))


def _strict(value: Any) -> Any:
    """Give the value without numbers that JSON does not have: they become text."""
    if isinstance(value, dict):
        return {str(name): _strict(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def report(run: RunReport) -> None:
    """Show what a run did."""
    if run.writes:
        kinds = [
            kind
            for kind in ("create", "update", "delete", "refused", "moved", "unknown")
            if any(counts.get(kind) for counts in run.writes.values())
        ]
        if kinds:
            table(
                "Written",
                ["system", *kinds],
                [
                    [system, *(counts.get(kind, 0) for kind in kinds)]
                    for system, counts in sorted(run.writes.items())
                ],
            )
    out.print(in_one_line(run))
    for words in run.warnings:
        err.print(f"[yellow]![/yellow] {plain(words)}")


def in_one_line(run: RunReport) -> str:
    """Give what a run did, in numbers."""
    read = sum(sum(counts.values()) for counts in run.loaded.values())
    linked = sum(run.links.values())
    took = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in run.seconds.items())
    return (
        f"{plain(run.outcome).capitalize()}: {read} records read, {linked} new links, "
        f"{run.sent} writes, {run.conflicts} conflicts, {run.held} held ({took})."
    )


class Stages:
    """Tells what a run is doing: a spinner on a terminal, a line each in a log."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.fields[number]}"),
            TimeElapsedColumn(),
            console=err,
            transient=True,
            disable=quiet or not err.is_terminal,
        )
        self._task = self._progress.add_task("", number="", visible=False)

    def __enter__(self) -> "Stages":
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        self._progress.stop()

    def stage(self, words: str) -> None:
        """Say what begins now."""
        if self._quiet:
            return
        if err.is_terminal:
            self._progress.update(
                self._task, description=words, number="", visible=True
            )
        else:
            err.print(f"{words} ...")

    def number(self, what: str, number: int) -> None:
        """Say how far it has come (shown on a terminal only)."""
        self._progress.update(self._task, number=f"{number} {what}")
