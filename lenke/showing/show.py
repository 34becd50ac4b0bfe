"""Show a run and its tables on a terminal, or as plain lines in a log.

Values come from other people's systems, so they are shown as text: no markup, no
control codes.
"""

import json
import math
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from rich.console import Console, ConsoleDimensions
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from lenke.run.report import RunReport
from lenke.showing.layout import say, show_table, visible
from lenke.showing.listened import speaks_utf8
from lenke.showing.local_time import shown
from lenke.showing.look import Rows


def console_of(stderr: bool) -> Console:
    # Without colours there are no codes at all: neither bold nor dim.
    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    found = Console(
        stderr=stderr, highlight=False, soft_wrap=True, color_system=colours
    )
    if found.is_dumb_terminal:  # rich takes each of them for 80 columns wide
        found.size = ConsoleDimensions(*shutil.get_terminal_size())
    return found


out = console_of(stderr=False)
err = console_of(stderr=True)


def plain(value: Any) -> str:
    """Give a value as one line of text without control characters or markup."""
    return escape(visible(value))


def plain_lines(value: object) -> str:
    """Give a message of several lines as text without control characters or markup."""
    return "\n".join(plain(line) for line in str(value).split("\n"))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Show rows under a title."""
    show_table(out, title, columns, rows)


def rows(
    title: str, answer: Rows, hidden: Collection[str] = (), *, in_utc: bool = False
) -> None:
    """Show the answer to a question, with Norwegian times unless it is `in_utc`.

    On a terminal, and under a title, columns that are empty throughout are left out,
    and so are the `hidden` ones. In a pipe all are there: scripts count columns.
    """
    shows_all = not title or not out.is_terminal
    used = [
        index
        for index, name in enumerate(answer.columns)
        if shows_all
        or (name not in hidden and any(row[index] is not None for row in answer.rows))
    ]
    table(
        title if out.is_terminal else "",
        [answer.columns[index] for index in used],
        [
            [row[index] if in_utc else _local(row[index]) for index in used]
            for row in answer.rows
        ],
    )


def _local(value: Any) -> Any:
    return shown(value) if isinstance(value, datetime) else value


def note(words: str) -> None:
    """Say something about what was shown: in a pipe it is no part of it."""
    say(out if out.is_terminal else err, plain(words))


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
    warn(run.warnings)


def warn(warnings: Iterable[str]) -> None:
    """Say on stderr what a person should know."""
    for words in warnings:
        err.print(f"[yellow]![/yellow] {plain(words)}")


def in_one_line(run: RunReport) -> str:
    """Give what a run did, in numbers."""
    took = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in run.seconds.items())
    return f"{plain(run.outcome).capitalize()}: {_counted(run)} ({took})."


def _counted(run: RunReport) -> str:
    """Say what a run did; of a plan, what a push would do."""
    read = sum(sum(counts.values()) for counts in run.loaded.values())
    if run.command == "load":
        return f"{read} records read"
    if run.planned is not None:
        return (
            f"{read} records read, {run.planned.new_links} links and "
            f"{run.planned.in_all} writes planned, {run.planned.ended_links} links "
            f"would end, {run.planned.conflicts} conflicts, {run.held} held"
        )
    linked = sum(run.links.values())
    return (
        ("" if run.command == "push" else f"{read} records read, ")
        + f"{linked} new links, {run.sent} writes, {run.conflicts} conflicts, "
        f"{run.held} held"
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
            disable=quiet or not _is_lively(err),
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
        if _is_lively(err):
            self._progress.update(
                self._task, description=words, number="", visible=True
            )
        else:
            err.print(f"{words} ...")

    def number(self, words: str) -> None:
        """Say how far it has come (shown on a terminal only)."""
        self._progress.update(self._task, number=words)


def _is_lively(console: Console) -> bool:
    """Say whether a line can be written over: not in a log, nor on a dumb terminal."""
    return console.is_terminal and not console.is_dumb_terminal
