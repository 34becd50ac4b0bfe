"""How a decision of a person is written down: under the lock, in words, published."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lenke.commands.ending import words_for_errors
from lenke.home.places import Home, find_home
from lenke.showing import show

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from lenke.people.conflicts import Conflict

NOTHING_DECIDED = "Nothing is decided: this is what would follow."


@contextmanager
def deciding(home: Home, dry_run: bool = False) -> "Iterator[Ledger]":
    """Give the ledger to what a person decides, then publish what it says now.

    In a dry run nothing is kept of it: what it says is what would follow.
    """
    from ledger.ledger import open_ledger
    from lenke.home.lock import only_run
    from lenke.run.publish import publish_again

    with only_run(home):
        with open_ledger(home.ledger, for_trial=dry_run) as ledger:
            yield ledger
        if dry_run:
            show.note(NOTHING_DECIDED)
        else:
            publish_again(home)


def decide(
    decision: Callable[..., str],
    command: str,
    words_typed: Sequence[str],
    reason: str | None,
    as_json: bool,
    dry_run: bool = False,
) -> None:
    """Write a person's decision to the ledger and say what follows from it."""
    from lenke.people.pair import pair_meant

    with words_for_errors(as_json):
        home = find_home()
        pair = pair_meant(home, command, words_typed)
        with deciding(home, dry_run) as ledger:
            words = decision(ledger, pair, reason)
        if as_json:
            show.as_json({**vars(pair), "words": words})
        else:
            show.out.print(show.plain(words))


def decide_create(
    flow: str, source: str, reason: str | None, as_json: bool, dry_run: bool
) -> None:
    """Write to the ledger that a source record gets a target record of its own."""
    from lenke.people.own_record import create, source_of

    with words_for_errors(as_json):
        home = find_home()
        pair = source_of(flow, source)
        with deciding(home, dry_run) as ledger:
            words = create(ledger, pair, reason)
        if as_json:
            show.as_json(
                {"flow": pair.flow, "source_key": pair.source_key, "words": words}
            )
        else:
            show.out.print(show.plain(words))


def decide_conflicts(
    decision: "Callable[[Ledger], list[Conflict]]",
    words: str,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Write what a person decides about losing values, and publish the list anew."""
    with words_for_errors(as_json):
        with deciding(find_home(), dry_run) as ledger:
            decided = decision(ledger)
        if as_json:
            show.as_json([vars(each) for each in decided])
        else:
            for each in decided:
                show.out.print(
                    show.plain(
                        f"{each.source_key} {each.property}: "
                        f"{each.losing_value or 'empty'} (from {each.losing_key})"
                    )
                )
            show.out.print(words.format(len(decided)))


def withdraw(decision: str, reason: str | None, as_json: bool, dry_run: bool) -> None:
    """Take back what a person decided, publish the list anew, and say what it was."""
    from lenke.home.lock import only_run
    from lenke.people import decisions
    from lenke.run.publish import publish_again

    with words_for_errors(as_json):
        home = find_home()
        with only_run(home):
            withdrawn = decisions.withdraw(home, decision, reason, dry_run)
            if dry_run:
                show.note(NOTHING_DECIDED)
            else:
                publish_again(home)
        if as_json:
            show.as_json([vars(each) for each in withdrawn])
        else:
            for each in withdrawn:
                show.out.print(show.plain(f"Taken back: {each.in_words()}"))
