"""Rows as people read them: a table where they fit, a block per row where they don't.

Ids and commands have to be copied whole, so no word is ever broken. In a pipe each row
is one line with tabs between its values, below a line with the names of the columns.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

# A command in backticks is copied as one.
_WORD = re.compile(r"(?:`[^`]*`|\S)+")
COMMAND = re.compile(r"`(lenke [^`]+)`")

_BORDERS = 3  # of each column: a line and two blanks
_NARROWEST = 20


def visible(value: Any) -> str:
    """Give a value as one line of text without control characters.

    What nobody would see in it can be seen: of two values that look alike, people have
    to tell what differs.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "".join(_seen(sign) for sign in str(value))


def _seen(sign: str) -> str:
    """Give a sign that can be seen: a blank that is none, or nothing, as <U+200B>."""
    if sign.isprintable():
        return sign
    return " " if sign in "\t\n\r" else f"<U+{ord(sign):04X}>"


def show_table(
    out: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Show rows under a title, in the width of the terminal, or as lines in a pipe."""
    names = [visible(column) for column in columns]
    shown = [[visible(value) for value in row] for row in rows]
    if not out.is_terminal:
        for line in (*([title] if title else []), *_lines(names, shown)):
            print(line, file=out.file)  # rich would make blanks of the tabs
        return
    widths = _widths(out.width, names, shown)
    if widths is None:
        if title:
            say(out, f"[bold]{escape(title)}[/bold]\n")
        for place, row in enumerate(shown):
            if place:
                say(out)
            for line in _named(out, names, row):
                say(out, escape(line))
        return
    table = Table(
        title=escape(title),
        title_justify="left",
        header_style="bold",
        box=box.ASCII if out.is_dumb_terminal else box.HEAVY_HEAD,
    )
    for name, width in zip(names, widths, strict=True):
        table.add_column(escape(name), overflow="fold", width=width)
    for row in shown:
        table.add_row(
            *(escape(_filled(*cell)) for cell in zip(row, widths, strict=True))
        )
    out.print(table, soft_wrap=False)


def say(out: Console, line: str = "") -> None:
    """Print one line as it is: what is longer than the terminal is not broken by us."""
    out.print(line, soft_wrap=True)


def wrapped(out: Console, text: str, indent: str = "", hanging: str = "") -> list[str]:
    """Give lines of the terminal's width; a word that is longer stays whole."""
    return textwrap.wrap(
        text,
        max(out.width, _NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def in_pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Give the sentences and the commands of a text in turn; True: a command."""
    for place, piece in enumerate(COMMAND.split(text)):
        if place % 2:
            yield True, piece
        elif words := piece.strip().lstrip(".,; ").strip():
            yield False, words


def _lines(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "\t".join(names)
    for row in rows:
        yield "\t".join(row)


def _named(out: Console, names: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """Give a row as lines of "name: value"; a command stands alone on a line."""
    for name, value in zip(names, row, strict=True):
        if not value:
            continue
        start = f"{name}: " if name else ""
        if COMMAND.search(value):
            yield start.rstrip()
            for is_command, piece in in_pieces(value):
                yield from [f"    {piece}"] if is_command else wrapped(out, piece, "  ")
        else:
            yield from wrapped(out, start + value, hanging="  ")


def _widths(
    width: int, names: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[int] | None:
    """Give the width of each column; None when a word would have to be broken."""
    columns = [
        [name, *(row[place] for row in rows)] for place, name in enumerate(names)
    ]
    least = [max(_longest_word(cell) for cell in column) for column in columns]
    widths = [max(cell_len(cell) for cell in column) for column in columns]
    too_much = sum(widths) + _BORDERS * len(columns) + 1 - width
    while too_much > 0:
        widest = max(
            (place for place in range(len(widths)) if widths[place] > least[place]),
            key=lambda place: widths[place],
            default=None,
        )
        if widest is None:
            return None
        widths[widest] -= 1
        too_much -= 1
    return widths


def _filled(cell: str, width: int) -> str:
    """Give a cell in lines of its width; rich would break a command at a blank."""
    if cell_len(cell) <= width:
        return cell
    lines = [""]
    for word in _WORD.findall(cell):
        longer = f"{lines[-1]} {word}".lstrip()
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines).lstrip("\n")


def _longest_word(cell: str) -> int:
    return max((cell_len(word) for word in _WORD.findall(cell)), default=0)
