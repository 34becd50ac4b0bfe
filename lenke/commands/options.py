"""Options that several commands share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[
    bool, typer.Option("--json", help="One machine-readable object on stdout.")
]
Html = Annotated[
    Path | None,
    typer.Option("--html", help="Write it to this file, as a page to show."),
]
Reason = Annotated[str | None, typer.Option(help="Why; kept with the decision.")]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say what would follow; decide nothing."),
]
Everything = Annotated[bool, typer.Option("--all", help="All of them.")]
Most = Annotated[
    int, typer.Option("--most", min=1, help="Show at most this many rows.")
]


def ids_or_all(ids: Sequence[str] | None, everything: bool) -> list[str]:
    """Give the ids that were typed, none of them for all; BadParameter for neither."""
    if bool(ids) == everything:
        raise typer.BadParameter("Name ids, or say --all.")
    return list(ids or ())
