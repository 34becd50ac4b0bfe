"""The commands about links: which there are, and what a person decides about them."""

from typing import Annotated

import typer

from lenke.commands.answer import most_of
from lenke.commands.deciding import decide, decide_create
from lenke.commands.ending import words_for_errors
from lenke.commands.options import DryRun, Json, Most, Reason
from lenke.commands.unlinking import decide_unlink

Flow = Annotated[str, typer.Argument(help="The flow, as `lenke status` names it.")]
Source = Annotated[str, typer.Argument(help="The source record: its id or key.")]
Pair = Annotated[
    list[str],
    typer.Argument(
        metavar="[FLOW] SOURCE TARGET",
        help="The two records by id or key; the flow where they don't say it.",
    ),
]


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


def link(
    pair: Pair,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Decide that two records belong together; the next sync links them."""
    from lenke.people import links

    decide(links.link, "link", pair, reason, as_json, dry_run)


def unlink(
    pair: Pair,
    put_back: Annotated[
        bool,
        typer.Option(
            "--put-back", help="Give both back what they held before they were linked."
        ),
    ] = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Decide that two records do not belong together, now and later."""
    decide_unlink(pair, put_back, reason, as_json, dry_run)


def create(
    flow: Flow,
    source: Source,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Decide that a source record gets a target record of its own."""
    decide_create(flow, source, reason, as_json, dry_run)
