"""The commands that show what is published in a browser, or in a file to mail."""

from pathlib import Path
from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.home.places import find_home
from lenke.showing import show

PORT = 8760


def console(
    host: Annotated[
        str,
        typer.Option(help="The address to listen on; another one needs a password."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name that browsers call it by, such as that of a proxy."),
    ] = None,
) -> None:
    """Show in a browser what is published; decide there what is decided here."""
    from lenke.console.serve import serve

    with words_for_errors():
        serve(find_home(), host, port, name or [], show.note)


def report(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
) -> None:
    """Write what the console shows into one file, to mail or to keep."""
    from lenke.console.report import write_report

    with words_for_errors():
        write_report(find_home(), file)
        show.out.print(f"Written: {show.plain(file)}", soft_wrap=True)
