"""The command that writes into the models what follows from the seeds."""

from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.run.report import WRONG_USAGE
from lenke.showing import show


def columns(
    check: Annotated[
        bool,
        typer.Option("--check", help="Only say what is not current; end with 2 then."),
    ] = False,
) -> None:
    """Write the columns of stg_ and out_ models, and their YAML, from the seeds."""
    from connections.http.errors import ConfigurationError
    from lenke.home.places import INSTALLATION, PROJECT
    from lenke.seeds.check import checked_seeds
    from lenke.seeds.columns import not_current

    with words_for_errors():
        if INSTALLATION:
            raise ConfigurationError(
                f"{INSTALLATION} is an installation: its columns follow from its seeds "
                "whenever its models are compiled. `lenke check` does that now."
            )
        texts = not_current(checked_seeds())
        for path, text in texts.items():
            show.out.print(show.plain(str(path.relative_to(PROJECT))))
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and texts:
        raise typer.Exit(WRONG_USAGE)
