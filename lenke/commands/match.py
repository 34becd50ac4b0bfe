"""The command `lenke match`."""

from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.options import Html, Json
from lenke.home.places import find_home
from lenke.showing import show


def match(
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule", help="Only this one: FLOW:COMBINATION, or FLOW for all of it."
        ),
    ] = None,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """Show what link rules would do, also those that are off; nothing is linked."""
    from lenke.match import told
    from lenke.match.preview import preview
    from lenke.match.rules import rules_meant

    with words_for_errors(as_json):
        home = find_home()
        with show.Stages(quiet=as_json) as stages:
            found = preview(home, rules_meant(rule), stages.stage)
        if html is not None:
            told.write_html(found, html)
        if as_json:
            show.as_json(
                {
                    "read_at": found.read_at.isoformat(),
                    "is_recovery": found.is_recovery,
                    "rules": [each.as_json() for each in found.rules],
                }
            )
        elif html is None:
            told.tell(found, has_details=rule is not None)
        else:
            show.out.print(f"Written: {show.plain(html)}")
