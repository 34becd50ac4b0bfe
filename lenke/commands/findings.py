"""The command `lenke findings acknowledge`."""

from typing import Annotated

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.options import Everything, Json, Reason, ids_or_all
from lenke.home.places import find_home
from lenke.showing import show


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
    from ledger.ledger import open_ledger
    from lenke.home.lock import only_run
    from lenke.people import refusals
    from lenke.run.publish import publish_again

    typed = ids_or_all(ids, everything)
    with words_for_errors(as_json):
        home = find_home()
        with only_run(home):
            chosen = refusals.chosen(home, typed)
            with open_ledger(home.ledger) as ledger:
                seen = refusals.acknowledge(ledger, chosen, reason)
            publish_again(home)
        if as_json:
            show.as_json(seen)
            return
        for each in seen:
            show.out.print(
                show.plain(f"{each['record_key']} {each['properties']}"), soft_wrap=True
            )
        show.out.print(f"{len(seen)} acknowledged.")
