"""The commands `lenke simulate ...`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.options import Json
from lenke.home.places import find_home
from lenke.showing import show
from simulators.kit.exact_json import dumps

Folder = Annotated[
    Path | None,
    typer.Option(help="Where the systems keep their records."),
]
System = Annotated[str, typer.Argument(help="The system, for example crmoffice.")]
Entity = Annotated[str, typer.Argument(help="The record type, for example contacts.")]
Key = Annotated[str, typer.Argument(help="The record's own id there.")]
Members = Annotated[
    list[str],
    typer.Argument(
        metavar="MEMBER=VALUE...",
        help="What it should have; outer.inner=value reaches into a member.",
    ),
]

simulate_app = typer.Typer(
    help="Serve six simulated systems; act as a person who works in one.",
    invoke_without_command=True,
)


@simulate_app.callback()
def simulate(
    context: typer.Context,
    folder: Folder = None,
    seed: Annotated[int, typer.Option(help="Which invented world.")] = 1,
    size: Annotated[str, typer.Option(help="small, medium or large.")] = "small",
    fault: Annotated[
        list[str] | None,
        typer.Option(help="What goes wrong: system:operation:kind[:count=2...]."),
    ] = None,
) -> None:
    """Serve six simulated systems on this machine, with an invented world."""
    context.obj = folder
    if context.invoked_subcommand:
        return
    with words_for_errors():
        from lenke.simulated import serve

        serve.run_simulators(
            folder or _own_folder(),
            seed=seed,
            size=size,
            faults=fault or (),
            out=print,
            named=folder is not None,
        )


@simulate_app.command("edit")
def edit_simulated(
    context: typer.Context,
    system: System,
    entity: Entity,
    key: Key,
    members: Members,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Edit a record of a simulated system, as a person does who works there."""
    with words_for_errors(as_json):
        from lenke.simulated import edit as people

        place = people.Place(system, entity, key)
        stored = people.edit(folder or _of(context), place, members)
        _say(f"{system} {entity} {key} was edited there.", stored, as_json)


@simulate_app.command("add")
def add_simulated(
    context: typer.Context,
    system: System,
    entity: Entity,
    members: Members,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Add a record to a simulated system, as a person does who works there."""
    with words_for_errors(as_json):
        from lenke.simulated import edit as people

        place = people.Place(system, entity)
        stored = people.add(folder or _of(context), place, members)
        _say(f"A record was added to {system} {entity}.", stored, as_json)


@simulate_app.command("remove")
def remove_simulated(
    context: typer.Context,
    system: System,
    entity: Entity,
    key: Key,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Delete a record of a simulated system, as a person does who works there."""
    with words_for_errors(as_json):
        from lenke.simulated import edit as people

        people.remove(folder or _of(context), people.Place(system, entity, key))
        _say(f"{system} {entity} {key} was deleted there.", {}, as_json)


def _of(context: typer.Context) -> Path:
    """Give the folder that `lenke simulate --folder F edit ...` names, or our own."""
    named: Path | None = context.obj
    return named or _own_folder()


def _own_folder() -> Path:
    return find_home().folder / "simulated"


def _say(words: str, stored: dict[str, Any], as_json: bool) -> None:
    if as_json:
        members = json.loads(dumps(stored))  # numbers as numbers
        show.as_json({"words": words, "members": members})
        return
    show.out.print(show.plain(words))
    for name, value in stored.items():
        shown = value if isinstance(value, str) else dumps(value)
        show.out.print(show.plain(f"  {name} = {shown}"), soft_wrap=True)
