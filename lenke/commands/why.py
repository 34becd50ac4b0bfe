"""The command `lenke why`."""

from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.options import Json
from lenke.home.places import find_home
from lenke.showing import show


def why(
    record: Annotated[
        str, typer.Argument(help="A record's key, its id, or what it is called.")
    ],
    property: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROPERTY]", help="Only this property, by any system's name."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell why a record is as it is: its links, who typed what, what it waits for."""
    from lenke.why.shown import show_story
    from lenke.why.story import story_of

    with words_for_errors(as_json):
        story = story_of(find_home(), record, property)
        if as_json:
            show.as_json(story.as_json())
        else:
            show_story(story)
