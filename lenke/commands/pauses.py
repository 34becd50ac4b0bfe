"""The commands `lenke pause` and `lenke resume`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from lenke.commands.deciding import deciding
from lenke.commands.ending import words_for_errors
from lenke.commands.options import DryRun, Json, Reason
from lenke.home.places import find_home
from lenke.showing import show

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from lenke.people.pauses import Resting

What = Annotated[
    str,
    typer.Argument(
        help="A record's key or id, or the name of a flow or a system.",
    ),
]


def pause(
    what: What,
    until: Annotated[
        str | None,
        typer.Option(
            help="A while (2h, 3d), a day or a time, Norwegian where no offset stands."
        ),
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Let a record, a flow or a system rest; nothing is lost meanwhile."""
    from lenke.people import pauses

    _decide(
        what,
        lambda ledger, resting: pauses.pause(ledger, resting, until, reason),
        as_json,
        dry_run,
    )


def resume(
    what: What,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Let what a person has paused take part again."""
    from lenke.people import pauses

    _decide(
        what,
        lambda ledger, resting: pauses.resume(ledger, resting, reason),
        as_json,
        dry_run,
    )


def _decide(
    typed: str,
    decision: "Callable[[Ledger, Resting], str]",
    as_json: bool,
    dry_run: bool,
) -> None:
    from lenke.people.pauses import meant

    with words_for_errors(as_json):
        home = find_home()
        resting = meant(home, typed)
        with deciding(home, dry_run) as ledger:
            words = decision(ledger, resting)
        if as_json:
            show.as_json({**vars(resting), "words": words})
        else:
            show.out.print(show.plain(words), soft_wrap=True)
