"""The command `lenke sql`."""

from typing import Annotated

import typer

from lenke.commands.answer import give
from lenke.commands.ending import words_for_errors
from lenke.commands.options import Json
from lenke.home.places import find_home


def sql(
    statement: Annotated[str, typer.Argument(help="A query of inspection.* tables.")],
    as_json: Json = False,
) -> None:
    """Ask the inspection tables in SQL (also while a run is active)."""
    from lenke.showing import look

    with words_for_errors(as_json):
        give(look.ask_in_sql(find_home(), statement), "", as_json, in_utc=True)
