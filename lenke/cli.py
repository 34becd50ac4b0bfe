"""The command `lenke`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from lenke.commands.answer import give, most_of
from lenke.commands.ending import (
    decide,
    decide_conflicts,
    turn,
    withdraw,
    words_for_errors,
)
from lenke.commands.findings import acknowledge_refusals
from lenke.commands.home import backup, restore, status
from lenke.commands.options import Everything, Json, Reason, ids_or_all
from lenke.commands.simulate import simulate_app
from lenke.home.places import find_home
from lenke.home.version import show_version
from lenke.run.log import logged
from lenke.run.report import STOPPED_BY_ERROR
from lenke.showing import show
from lenke.showing.listened import listened

app = typer.Typer(
    name="lenke",
    help="Keep business systems in step, in both directions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # no boxes around errors and help
    pretty_exceptions_enable=False,
)

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
Version = Annotated[
    bool,
    typer.Option(
        "--version",
        help="Say which Lenke this is, and what it runs on.",
        is_eager=True,
        callback=show_version,
    ),
]
Most = Annotated[
    int, typer.Option("--most", min=1, help="Show at most this many rows.")
]


def main() -> None:
    """Run the command; every error ends in words and an exit code of its own."""
    os.umask(0o077)  # everything that a run leaves behind is the owner's alone
    with listened():
        app()


@app.callback()
def lenke(version: Version = False) -> None:
    """Keep business systems in step, in both directions."""


@app.command()
def sync(
    full: Full = False,
    allow: Allow = False,
    accept_ledger: AcceptLedger = False,
    as_json: Json = False,
) -> None:
    """Load, build and push: one turn of the circle."""
    from lenke.run import circle

    turn(circle.sync, full, allow, as_json, accept_ledger=accept_ledger)


@app.command()
def load(full: Full = False, as_json: Json = False) -> None:
    """Read the systems; decide and write nothing."""
    from lenke.run import circle

    turn(circle.load, full, False, as_json)


@app.command()
def plan(
    context: typer.Context,
    full: Full = False,
    allow: Allow = False,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Load, build and show what a push would send; write nothing anywhere."""
    from lenke.run import circle
    from lenke.showing import look, questions

    run = turn(circle.plan, full, allow, as_json, ends_here=False)
    with words_for_errors(as_json):
        answer = look.ask_for(
            find_home(), questions.PLAN, most_of(context, most, as_json)
        )
        if as_json:
            show.as_json({**run.as_json(), "plan": answer.as_json()})
        elif answer.rows:
            give(answer, "What a push would send", False, ["plan"])
    raise typer.Exit(run.exit_code)


@app.command()
def push(allow: Allow = False, as_json: Json = False) -> None:
    """Send exactly the plan that the last build made."""
    from lenke.run import circle

    turn(circle.push, False, allow, as_json)


app.command()(status)


@app.command()
def links(
    context: typer.Context,
    record: Annotated[
        str | None, typer.Argument(help="An id or a record key; all without it.")
    ] = None,
    flow: Annotated[str | None, typer.Option(help="Only this flow.")] = None,
    past: Annotated[bool, typer.Option(help="Also links that ended.")] = False,
    as_json: Json = False,
    most: Most = 50,
) -> None:
    """Show which records belong together, and why."""
    from lenke.showing import lists

    with words_for_errors(as_json):
        lists.links(record, flow, past, as_json, most_of(context, most, as_json))


findings_app = typer.Typer(
    help="Show what a person should look at; acknowledge what may stay so.",
    invoke_without_command=True,
)
findings_app.command("acknowledge")(acknowledge_refusals)
app.add_typer(findings_app, name="findings")


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


conflicts_app = typer.Typer(
    help="Show values that lost; acknowledge or restore them.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(conflicts_app, name="conflicts")


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
    as_json: Json = False,
) -> None:
    """Say that losing values have been seen; they leave the list."""
    from lenke.people import conflicts

    chosen = ids_or_all(ids, everything)
    decide_conflicts(
        lambda ledger: conflicts.acknowledge(ledger, chosen, reason),
        "{} acknowledged.",
        as_json,
    )


@conflicts_app.command("restore")
def restore_conflict(
    conflict: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, or as much as is unique.")
    ],
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Make a losing value the agreed one; the next sync writes it everywhere."""
    from lenke.people import conflicts

    decide_conflicts(
        lambda ledger: conflicts.restore(ledger, conflict, reason),
        "{} to be restored by the next sync.",
        as_json,
    )


decisions_app = typer.Typer(
    help="Show what people have decided; withdraw what no run has carried out.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(decisions_app, name="decisions")


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
    as_json: Json = False,
) -> None:
    """Take back a decision that no run has carried out."""
    withdraw(decision, reason, as_json)


Flow = Annotated[str, typer.Argument(help="The flow, as `lenke status` names it.")]
Source = Annotated[str, typer.Argument(help="The source record: its id or key.")]
Target = Annotated[str, typer.Argument(help="The target record: its id or key.")]


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(help="A query of inspection.* tables.")],
    as_json: Json = False,
) -> None:
    """Ask the inspection tables in SQL (also while a run is active)."""
    from lenke.showing import look

    with words_for_errors(as_json):
        give(look.ask_in_sql(find_home(), statement), "", as_json)


@app.command()
def link(
    flow: Flow,
    source: Source,
    target: Target,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Decide that two records belong together; the next sync links them."""
    from lenke.people import links

    decide(links.link, flow, source, target, reason, as_json)


@app.command()
def unlink(
    flow: Flow,
    source: Source,
    target: Target,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Decide that two records do not belong together, now and later."""
    from lenke.people import links

    decide(links.unlink, flow, source, target, reason, as_json)


@app.command()
def create(
    flow: Flow, source: Source, reason: Reason = None, as_json: Json = False
) -> None:
    """Decide that a source record gets a target record of its own."""
    from lenke.commands.ending import decide_create

    decide_create(flow, source, reason, as_json)


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


app.add_typer(simulate_app, name="simulate")


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
