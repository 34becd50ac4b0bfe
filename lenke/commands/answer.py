"""How the answer to a question is shown: how many rows of it, and how many more."""

import shlex
from collections.abc import Collection, Sequence

import typer

from lenke.showing import show
from lenke.showing.look import Rows


def give(
    answer: Rows,
    title: str,
    as_json: bool,
    command: Sequence[str] = (),
    hidden: Collection[str] = (),
    in_utc: bool = False,
) -> None:
    """Show the answer to a question, and how many rows more the command would show.

    A terminal does without the `hidden` columns, which say what others say.
    """
    if as_json:
        show.as_json(answer.as_json())
        return
    show.rows(title, answer, hidden, in_utc=in_utc)
    tell_more(answer, command)


def tell_more(answer: Rows, command: Sequence[str]) -> None:
    """Say how many rows are not shown, and the whole command that shows them."""
    if answer.more:
        total = len(answer.rows) + answer.more
        show.note(
            f"... and {answer.more} more: "
            f"{shlex.join(['lenke', *command, '--most', str(total)])}"
        )


def most_of(context: typer.Context, most: int, as_json: bool) -> int | None:
    """Give how many rows are wanted: all (None) as JSON, unless a number was typed."""
    source = context.get_parameter_source("most")
    was_typed = source is not None and source.name != "DEFAULT"
    return most if was_typed or not as_json else None
