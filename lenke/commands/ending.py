"""How a command ends: in what it shows, in words for an error, in an exit code."""

from collections.abc import Callable, Iterator
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
from lenke.signals.signals import signalled
from lenke.signals.spans import span

if TYPE_CHECKING:
    from lenke.run.run import RunOptions
    from lenke.run.surroundings import Surroundings


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
        with span(f"lenke {run.__name__}") as traced:
            report = run(home, options, around)
            if traced is not None:
                traced.set_attributes(
                    {
                        "lenke.run_id": report.run_id,
                        "lenke.exit_code": report.exit_code,
                        "lenke.writes": report.sent,
                    }
                )
    except Exception as raised:
        error = in_words(raised)
        code = exit_code(error)
        log.error("Stopped, exit code %s: %s", code, error)
        show.warn(signalled(home, run.__name__, code, words=str(error)))
        raise error from raised
    except KeyboardInterrupt:
        log.error("Stopped by a person.")
        raise
    report.warnings += signalled(home, run.__name__, report.exit_code, report)
    for words in report.warnings:
        log.warning("%s", words)
    log.info("%s", show.in_one_line(report))
    return report


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
