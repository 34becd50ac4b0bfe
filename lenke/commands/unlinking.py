"""How `lenke unlink` shows what had been copied over a link, and what it puts back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connections.http.errors import ConfigurationError
from lenke.commands.deciding import NOTHING_DECIDED
from lenke.commands.ending import words_for_errors
from lenke.home.places import find_home
from lenke.showing import show
from lenke.showing.local_time import shown

if TYPE_CHECKING:
    from lenke.people.put_back import Copied

_COLUMNS = ("record", "property", "held before", "was given", "holds now", "since")


def decide_unlink(
    words_typed: Sequence[str],
    put_back: bool,
    reason: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Say what had been copied over a link, then write down that it ends."""
    from ledger.ledger import open_ledger
    from lenke.home.lock import only_run
    from lenke.people.links import unlink
    from lenke.people.pair import pair_meant
    from lenke.people.put_back import copied
    from lenke.run.publish import publish_again

    with words_for_errors(as_json):
        home = find_home()
        pair = pair_meant(home, "unlink", words_typed)
        with only_run(home):
            found = copied(home, pair)
            if put_back and found is None:
                raise ConfigurationError(
                    "Nothing has been built yet by this Lenke, so nobody can tell what "
                    "to put back. Nothing was decided. Run `lenke plan` first; it "
                    "sends nothing."
                )
            if found and not as_json:
                _table(found, put_back)
            with open_ledger(home.ledger, for_trial=dry_run) as ledger:
                words = unlink(ledger, pair, reason, found or (), put_back)
            if dry_run:
                show.note(NOTHING_DECIDED)
            else:
                publish_again(home)
        if as_json:
            told = [vars(each) for each in found or ()]
            show.as_json({**vars(pair), "words": words, "copied": told})
        else:
            show.out.print(show.plain(words))


def _table(found: "list[Copied]", put_back: bool) -> None:
    can_be = "is put back" if put_back else "can be put back"
    show.table(
        "Copied over their link",
        (*_COLUMNS, "what becomes of it"),
        [
            (
                each.record_key,
                each.name,
                each.value_before,
                each.value_given,
                each.value_now,
                shown(each.since),
                can_be if each.left_because is None else f"left: {each.left_because}",
            )
            for each in found
        ],
    )
