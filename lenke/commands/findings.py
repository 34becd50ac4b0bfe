"""The commands `lenke findings ...`."""

from typing import Annotated

import typer

from lenke.commands.answer import most_of
from lenke.commands.deciding import deciding
from lenke.commands.ending import words_for_errors
from lenke.commands.options import DryRun, Everything, Json, Most, Reason, ids_or_all
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
    new: Annotated[
        bool,
        typer.Option("--new", help="Only what no run before the newest one had."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what a person lets stand.")
    ] = False,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Show what a person should look at, what stops most first, with a next step."""
    from lenke.showing.findings import Wanted
    from lenke.showing.findings import findings as show_findings

    if context.invoked_subcommand:
        return
    with words_for_errors(as_json):
        wanted = Wanted(kind, new, everything)
        show_findings(wanted, as_json, most_of(context, most, as_json))


@findings_app.command("acknowledge")
def acknowledge_findings(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Ids as `lenke findings` has them, or a part of each."),
    ] = None,
    everything: Everything = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Let findings stand: they are no news, and refused writes count no more."""
    from lenke.people import findings

    typed = ids_or_all(ids, everything)
    with words_for_errors(as_json):
        home = find_home()
        with deciding(home, dry_run) as ledger:
            seen = findings.acknowledge(home, ledger, typed, reason)
        if as_json:
            show.as_json(seen)
            return
        for each in seen:
            about = each.get("properties") or each.get("property") or ""
            words = [each.get("kind"), each["record_key"], about]
            show.out.print(show.plain(" ".join(filter(None, words))), soft_wrap=True)
        show.out.print(f"{len(seen)} acknowledged.")
