"""The commands `lenke findings ...`."""

from typing import Annotated

import typer

from lenke.commands.answer import most_of
from lenke.commands.ending import deciding, words_for_errors
from lenke.commands.options import Everything, Json, Most, Reason, ids_or_all
from lenke.home.places import find_home
from lenke.showing import show

findings_app = typer.Typer(
    help="Show what a person should look at; acknowledge what may stay so.",
    invoke_without_command=True,
)


@findings_app.callback()
def findings(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only this kind.")] = None,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Show what a person should look at, each with a next step."""
    from lenke.showing import lists

    if context.invoked_subcommand:
        return
    with words_for_errors(as_json):
        lists.findings(kind, as_json, most_of(context, most, as_json))


@findings_app.command("acknowledge")
def acknowledge_refusals(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Ids as `lenke status` has them, or a part of each."),
    ] = None,
    everything: Everything = False,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Say that refused writes may stay so: they count no more, other values do."""
    from lenke.people import refusals

    typed = ids_or_all(ids, everything)
    with words_for_errors(as_json):
        home = find_home()
        with deciding(home) as ledger:
            chosen = refusals.chosen(home, typed)
            seen = refusals.acknowledge(ledger, chosen, reason)
        if as_json:
            show.as_json(seen)
            return
        for each in seen:
            show.out.print(
                show.plain(f"{each['record_key']} {each['properties']}"), soft_wrap=True
            )
        show.out.print(f"{len(seen)} acknowledged.")
