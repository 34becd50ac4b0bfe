"""The commands that turn the circle, or a part of it."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from lenke.commands.answer import give, most_of
from lenke.commands.ending import turn, words_for_errors
from lenke.commands.lasting import lasting
from lenke.commands.options import Html, Json, Most
from lenke.home.places import find_home
from lenke.showing import show

SHORTEST_PACE = timedelta(seconds=1)

Full = Annotated[bool, typer.Option("--full", help="Read full listings now.")]
Allow = Annotated[
    bool,
    typer.Option("--allow-mass-change", help="Pass the guards, for this run only."),
]
AcceptLedger = Annotated[
    bool,
    typer.Option(
        "--accept-ledger",
        help="Go on with a ledger that is not the newest one, after a sync said so.",
    ),
]


def sync(
    full: Full = False,
    allow: Allow = False,
    accept_ledger: AcceptLedger = False,
    every: Annotated[
        timedelta | None,
        typer.Option(
            help="Go on until stopped, with a sync each time so much has passed.",
            parser=lasting,
            metavar="TIME",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load, build and push: one turn of the circle."""
    from lenke.run import circle

    if every is not None:
        if full or allow or accept_ledger:
            raise typer.BadParameter(
                "--full, --allow-mass-change and --accept-ledger count for one run; "
                "--every is many."
            )
        _keep_on(every, as_json)
    turn(circle.sync, full, allow, as_json, accept_ledger=accept_ledger)


def load(full: Full = False, as_json: Json = False) -> None:
    """Read the systems; decide and write nothing."""
    from lenke.run import circle

    turn(circle.load, full, False, as_json)


def plan(
    context: typer.Context,
    full: Full = False,
    allow: Allow = False,
    html: Html = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", help="Write it to this file, for a spreadsheet."),
    ] = None,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Load, build and show what a push would send; write nothing anywhere."""
    from lenke.run import circle
    from lenke.showing import look, questions

    run = turn(circle.plan, full, allow, as_json, ends_here=False)
    with words_for_errors(as_json):
        if html or table:
            from lenke.pages.plan import write_csv, write_html

            if html:
                write_html(find_home(), run, html)
            if table:
                write_csv(find_home(), table)
        answer = look.ask_for(
            find_home(), questions.PLAN, most_of(context, most, as_json)
        )
        if as_json:
            show.as_json({**run.as_json(), "plan": answer.as_json()})
        elif answer.rows:
            give(answer, "What a push would send", False, ["plan"])
    raise typer.Exit(run.exit_code)


def push(allow: Allow = False, as_json: Json = False) -> None:
    """Send exactly the plan that the last build made."""
    from lenke.run import circle

    turn(circle.push, False, allow, as_json)


def _keep_on(every: timedelta, as_json: bool) -> None:
    from lenke.run.every import Schedule

    if every < SHORTEST_PACE:
        raise typer.BadParameter("--every: at least 1s.")
    command = [sys.executable, "-m", "lenke", "sync"]
    schedule = Schedule(
        [*command, "--json"] if as_json else command,
        every,
        lambda words: show.err.print(show.plain(words)),
    )
    raise typer.Exit(schedule.keep_on())
