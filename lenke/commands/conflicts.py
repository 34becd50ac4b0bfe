"""The commands `lenke conflicts ...`."""

from typing import Annotated

import typer

from lenke.commands.answer import most_of
from lenke.commands.deciding import decide_conflicts
from lenke.commands.ending import words_for_errors
from lenke.commands.options import DryRun, Everything, Json, Most, Reason, ids_or_all

conflicts_app = typer.Typer(
    help="Show values that lost; acknowledge or restore them.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@conflicts_app.callback()
def conflicts(
    context: typer.Context,
    record: Annotated[
        str | None, typer.Option(help="Only of this record: its id or key.")
    ] = None,
    rule: Annotated[str | None, typer.Option(help="Only lost by this rule.")] = None,
    past: Annotated[
        bool, typer.Option(help="Also acknowledged and restored ones.")
    ] = False,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Show values that were not taken, each beside the one that was."""
    from lenke.showing import lists

    if context.invoked_subcommand:
        return
    with words_for_errors(as_json):
        lists.conflicts(record, rule, past, as_json, most_of(context, most, as_json))


@conflicts_app.command("acknowledge")
def acknowledge_conflicts(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Ids, or as much of them as is unique.")
    ] = None,
    everything: Everything = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Say that losing values have been seen; they leave the list."""
    from lenke.people import conflicts

    chosen = ids_or_all(ids, everything)
    decide_conflicts(
        lambda ledger: conflicts.acknowledge(ledger, chosen, reason),
        "{} acknowledged.",
        as_json,
        dry_run,
    )


@conflicts_app.command("restore")
def restore_conflict(
    conflict: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, or as much as is unique.")
    ],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Make a losing value the agreed one; the next sync writes it everywhere."""
    from lenke.people import conflicts

    decide_conflicts(
        lambda ledger: conflicts.restore(ledger, conflict, reason),
        "{} to be restored by the next sync.",
        as_json,
        dry_run,
    )
