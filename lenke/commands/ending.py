"""How a command ends: in what it shows, in words for an error, in an exit code."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from connections.http.errors import ConfigurationError, LenkeError
from connections.machine.trouble import InUse
from lenke.home.lock import AnotherRun
from lenke.home.places import Home, find_home
from lenke.run.defect import in_words
from lenke.run.log import log, logged
from lenke.run.report import (
    ANOTHER_RUN,
    STOPPED_BY_ERROR,
    STOPPED_BY_GUARD,
    WRONG_USAGE,
    RunReport,
)
from lenke.showing import show

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from lenke.people.conflicts import Conflict
    from lenke.run.run import RunOptions
    from lenke.run.surroundings import Surroundings


NOTHING_DECIDED = "Nothing is decided: this is what would follow."


def turn(
    run: Callable[..., RunReport],
    full: bool,
    allow: bool,
    as_json: bool,
    ends_here: bool = True,
    accept_ledger: bool = False,
) -> RunReport:
    """Run (a part of) the circle and show its report.

    When it `ends_here`, the report is shown and its exit code ends the command.
    """
    from connections.settings.read import settings_warnings
    from lenke.run.run import RunOptions  # takes a second: only when needed
    from lenke.run.surroundings import Surroundings

    with words_for_errors(as_json):
        home = find_home()
        show.warn(settings_warnings(home.folder))
        with (
            logged(home, run.__name__, stdout_is_taken=as_json) as is_told,
            show.Stages(quiet=as_json) as stages,
        ):

            def stage(words: str) -> None:
                log.info("%s", words)
                stages.stage(words)

            report = _ran(
                run,
                home,
                RunOptions(
                    full=full, allow_mass_change=allow, accept_ledger=accept_ledger
                ),
                Surroundings(on_stage=stage, on_progress=stages.number),
            )
        if not as_json and not is_told:
            show.report(report)
        elif as_json and ends_here:
            show.as_json(report.as_json())
    if report.exit_code and ends_here:
        raise typer.Exit(report.exit_code)
    return report


def _ran(
    run: Callable[..., RunReport],
    home: Home,
    options: "RunOptions",
    around: "Surroundings",
) -> RunReport:
    """Run, and log how it ended."""
    try:
        report = run(home, options, around)
    except Exception as raised:
        error = in_words(raised)
        log.error("Stopped, exit code %s: %s", exit_code(error), error)
        raise error from raised
    except KeyboardInterrupt:
        log.error("Stopped by a person.")
        raise
    for words in report.warnings:
        log.warning("%s", words)
    log.info("%s", show.in_one_line(report))
    return report


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


@contextmanager
def words_for_errors(as_json: bool = False) -> Iterator[None]:
    """Turn every error that Lenke has a plan for into words and an exit code.

    With `as_json` the words also come as the one object on stdout.
    """
    try:
        try:
            yield
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as raised:
            error = in_words(raised)  # a query that was stopped is KeyboardInterrupt
        else:
            return
    except KeyboardInterrupt:
        show.err.print("Stopped. The next run goes on from here.")
        raise typer.Exit(STOPPED_BY_ERROR) from None
    code = exit_code(error)
    show.err.print(f"[red]lenke:[/red] {show.plain_lines(error)}")
    if as_json:
        show.as_json({"outcome": "stopped", "exit_code": code, "error": str(error)})
    raise typer.Exit(code)


def exit_code(error: LenkeError) -> int:
    from ledger.file import LedgerInUse, LedgerUnreadable
    from lenke.run.guards import StoppedByGuard

    if isinstance(error, AnotherRun | LedgerInUse | InUse):
        return ANOTHER_RUN
    if isinstance(error, StoppedByGuard | LedgerUnreadable):
        return STOPPED_BY_GUARD
    if isinstance(error, ConfigurationError):
        return WRONG_USAGE
    return STOPPED_BY_ERROR
