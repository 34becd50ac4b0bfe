"""Options that several commands share."""

from typing import Annotated

import typer

Json = Annotated[
    bool, typer.Option("--json", help="One machine-readable object on stdout.")
]
Reason = Annotated[str | None, typer.Option(help="Why; kept with the decision.")]
