"""The commands about an installation: make one, and check all that is set in it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.options import Json
from lenke.run.report import WRONG_USAGE
from lenke.showing import show


class Source(StrEnum):
    """What a new installation begins with."""

    DOCUMENTS = "documents"
    EMPTY = "empty"


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that is new, or empty.")],
    source: Annotated[
        Source,
        typer.Option("--from", help="The documents' flows, or none of your own yet."),
    ] = Source.DOCUMENTS,
) -> None:
    """Make an installation: a folder with all that is yours to set."""
    from lenke.installation.made import make

    with words_for_errors():
        made = make(folder, source.value)
        show.out.print(f"Made: {show.plain(made)}. Go on with its README.md.")


def check(as_json: Json = False) -> None:
    """Check all that is set here, without asking any system, and say what is new."""
    from lenke.home.places import find_home
    from lenke.installation.checked import check_all
    from lenke.run.log import logged

    with words_for_errors(as_json):
        home = find_home()
        with logged(home, "check", stdout_is_taken=as_json):
            found = check_all(home, show.note)
        if as_json:
            show.as_json({"problems": found.problems, "notes": found.notes})
        else:
            for words in found.notes:
                show.out.print(f"note: {show.plain_lines(words)}")
            for words in found.problems:
                show.err.print(f"[red]wrong:[/red] {show.plain_lines(words)}")
            if not found.problems:
                show.out.print("Nothing is wrong here.")
    if found.problems:
        raise typer.Exit(WRONG_USAGE)
