"""The command `lenke`: its commands, in the order in which its help lists them."""

import os
from pathlib import Path
from typing import Annotated

import typer

from lenke.commands.columns import columns
from lenke.commands.conflicts import conflicts_app
from lenke.commands.console import console, report
from lenke.commands.decisions import decisions_app
from lenke.commands.ending import words_for_errors
from lenke.commands.findings import findings_app
from lenke.commands.home import backup, restore, status
from lenke.commands.init import check, init
from lenke.commands.links import create, link, links, unlink
from lenke.commands.match import match
from lenke.commands.options import Json
from lenke.commands.pauses import pause, resume
from lenke.commands.runs import load, plan, push, sync
from lenke.commands.simulate import simulate_app
from lenke.commands.sql import sql
from lenke.commands.why import why
from lenke.home.places import find_home
from lenke.home.version import show_version
from lenke.run.log import logged
from lenke.run.report import STOPPED_BY_ERROR
from lenke.showing import show
from lenke.showing.listened import listened

# Told so, typer does not import pydantic to find out that nobody asked for help.
_NO_HELP = {"help": False}
_TURNS = (sync, load, plan, push)

app = typer.Typer(
    name="lenke",
    context_settings={
        "default_map": {**_NO_HELP, **{each.__name__: _NO_HELP for each in _TURNS}}
    },
    help="Keep business systems in step, in both directions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # no boxes around errors and help
    pretty_exceptions_enable=False,
)

Version = Annotated[
    bool,
    typer.Option(
        "--version",
        help="Say which Lenke this is, and what it runs on.",
        is_eager=True,
        callback=show_version,
    ),
]


def main() -> None:
    """Run the command; every error ends in words and an exit code of its own."""
    os.umask(0o077)  # everything that a run leaves behind is the owner's alone
    with listened():
        app()


@app.callback()
def lenke(version: Version = False) -> None:
    """Keep business systems in step, in both directions."""


for command in (
    *(init, check, *_TURNS, status, why, links, match, sql),
    *(link, unlink, create),
):
    app.command()(command)
app.command()(pause)
app.command()(resume)
app.command()(console)
app.command()(report)


@app.command()
def doctor(
    accept: Annotated[
        list[str] | None,
        typer.Option(help="The settings of this system are those of the ledger now."),
    ] = None,
    accept_home: Annotated[
        bool,
        typer.Option(
            "--accept-home", help="The home that this was copied from is gone."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Try each configured system and say what is wrong."""
    from connections.settings.read import settings_warnings
    from lenke.commands import doctor
    from lenke.run.surroundings import Surroundings

    with words_for_errors(as_json):
        home, around = find_home(), Surroundings()
        show.warn(settings_warnings(home.folder))
        if accept_home:
            accepted = ", ".join(doctor.accept_home(home))
            show.err.print(
                f"This home uses its own sign-in now: {accepted}."
                if accepted
                else "Nothing was to be accepted: this home is no copy."
            )
        if accept:
            doctor.accept_tenants(home, accept, around)
            show.err.print(
                f"Accepted: {show.plain(', '.join(accept))}. The next sync reads it "
                "in full."
            )
        with logged(home, "doctor", stdout_is_taken=as_json):
            found = doctor.examine(home, around)
        if as_json:
            show.as_json([vars(each) for each in found])
        else:
            show.table(
                "Systems",
                ["system", "", "what it says", "level", "which means"],
                [
                    [
                        each.system,
                        ("ok" if each.works else "FAILS")
                        if each.is_configured
                        else "-",
                        each.words,
                        each.level,
                        each.level_means,
                    ]
                    for each in found
                ],
            )
    if not all(each.works for each in found):
        raise typer.Exit(STOPPED_BY_ERROR)


app.command()(columns)
app.command()(backup)
app.command()(restore)


@app.command()
def demo(
    keep: Annotated[
        Path | None, typer.Option(help="Keep the demo's files in this folder.")
    ] = None,
) -> None:
    """See an edit here turn up there: the main job, on simulated systems."""
    with words_for_errors():
        from lenke.simulated import demo

        demo.run_demo(keep)


app.add_typer(findings_app, name="findings")
app.add_typer(conflicts_app, name="conflicts")
app.add_typer(decisions_app, name="decisions")
app.add_typer(simulate_app, name="simulate")
