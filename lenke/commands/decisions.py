"""The commands `lenke decisions ...`."""

from typing import Annotated

import typer

from lenke.commands.answer import most_of
from lenke.commands.deciding import withdraw
from lenke.commands.ending import words_for_errors
from lenke.commands.options import DryRun, Json, Most, Reason

decisions_app = typer.Typer(
    help="Show what people have decided; withdraw what no run has carried out.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@decisions_app.callback()
def decisions(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only this kind.")] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only what no run has come to.")
    ] = False,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Show what people have decided, what waits first, and what has become of it."""
    from lenke.showing import lists

    if context.invoked_subcommand:
        return
    with words_for_errors(as_json):
        lists.decisions(kind, waiting, as_json, most_of(context, most, as_json))


@decisions_app.command("withdraw")
def withdraw_decision(
    decision: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, or as much as is unique.")
    ],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take back a decision that no run has carried out."""
    withdraw(decision, reason, as_json, dry_run)
