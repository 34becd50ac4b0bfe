"""The commands about a whole LENKE_HOME: what stands in it, its backup, its restore."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lenke.commands.ending import words_for_errors
from lenke.commands.lasting import lasting
from lenke.commands.options import Json
from lenke.home.places import Home, find_home
from lenke.run.report import STOPPED_BY_ERROR
from lenke.showing import show

if TYPE_CHECKING:
    from lenke.run.running import Running
    from lenke.showing.status import Status


def status(
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="End with 3 or 4 by what stands, with 1 when too old."
        ),
    ] = False,
    max_age: Annotated[
        timedelta | None,
        typer.Option(
            help="With --check: how old the last successful run may be, such as 26h.",
            parser=lasting,
            metavar="AGE",
        ),
    ] = None,
    as_json: Json = False,
    most: Annotated[
        int, typer.Option("--most", min=1, help="Show at most this many rows.")
    ] = 10,
) -> None:
    """Say what stands, what is linked per flow, and how the last runs ended."""
    from lenke.showing import status

    if max_age is not None and not check:
        raise typer.BadParameter("--max-age goes with --check.")
    with words_for_errors(as_json):
        home = find_home()
        now = status.utc_now()
        found = status.status(home)
        code = found.exit_code(now, max_age)
        tables = _tables(home, most) if home.inspection.exists() else {}
        if as_json:
            empty: dict[str, Any] = {"coverage": [], "findings": [], "runs": []}
            given = {name: answer.as_json() for name, (_, answer) in tables.items()}
            show.as_json({"exit_code": code, **found.as_json(), **empty, **given})
        else:
            _say(found)
            if check and code == STOPPED_BY_ERROR:
                _line("Too old: no run has succeeded within the age that is allowed.")
            for title, answer in tables.values() if not check else ():
                if answer.rows:
                    show.rows(title, answer)
    if check and code:
        raise typer.Exit(code)


def _tables(home: Home, most: int) -> dict[str, tuple[str, Any]]:
    from lenke.showing import look, questions

    kinds = (
        "select kind, count(*) as findings from inspection.findings "
        "group by kind order by kind"
    )
    return {
        "coverage": ("Flows", look.ask(home, questions.COVERAGE)),
        "findings": (
            "Findings (`lenke findings` lists them)",
            look.ask(home, kinds),
        ),
        "runs": ("Last runs", look.ask(home, questions.RUNS, most=most)),
    }


def _say(found: "Status") -> None:
    if not found.has_run:
        _line(
            "Nothing has run here yet. `lenke plan` sends nothing; then `lenke sync`."
        )
        return
    if found.active is not None:
        _line(f"Active: {_named(found.active)}.")
    if found.died is not None:
        _line(
            f"Died: {_named(found.died)} never came to its end. What it sent has its "
            "receipts or is looked for; the next `lenke sync` goes on from there."
        )
    last = found.last_success
    _line(
        "No sync or push has come to its end yet."
        if last is None
        else f"Last success: {last['run_id']} ({last['command']}), which ended at "
        f"{last['finished_at']:%Y-%m-%d %H:%M:%S} UTC."
    )
    for system, number in found.open_writes.items():
        _line(
            f"Open: {number} writes to {system} have no clear answer; the next sync "
            "looks what became of them."
        )
    for words in found.paused:
        _line(f"Paused: {words}.")
    for each in found.stands:
        _line(f"{each.kind} ({each.exit_code}): {each.about}: {each.words}")
        _line(f"  {each.next_step}")
    if not found.stands:
        _line("Nothing stands: no refusal, no guard, no system that is out.")


def _named(running: "Running") -> str:
    if not running.command:
        return "a command that has only just begun, or is of an older Lenke"
    run = f"run {running.run_id} " if running.run_id else ""
    process = f", process {running.pid} on {running.host}" if running.pid else ""
    return f"{run}({running.command}), since {running.since} UTC{process}"


def _line(words: str) -> None:
    show.out.print(show.plain(words), soft_wrap=True)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    with_key: Annotated[
        bool,
        typer.Option(
            "--with-key", help="Also the key by which identity numbers are hashed."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write all that a restore needs into one file: the ledger and its id."""
    from lenke.home import backup

    with words_for_errors(as_json):
        made = backup.backup(find_home(), file, with_key=with_key)
        if as_json:
            show.as_json(made)
            return
        _line(
            f"{file} holds the ledger {made['ledger_id']} at step {made['step']}, with "
            f"{made['rows']['links']} links"
            + (
                ", and the hash key: keep it where secrets are kept."
                if with_key
                else "."
            )
        )
        _needed(made)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `lenke backup` wrote.")],
    old: Annotated[
        bool,
        typer.Option(
            "--old", help="Runs were made after it: the next sync sends nothing yet."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Restore a backup into a LENKE_HOME that has no ledger."""
    from lenke.home import restore

    with words_for_errors(as_json):
        home = find_home()
        made = restore.restore(home, file, old=old)
        if as_json:
            show.as_json(made)
            return
        _line(
            f"{home.folder} has the ledger {made['ledger_id']} at step {made['step']} "
            f"now, as it was at {made['made_at']} UTC."
        )
        _needed(made)
        _line("Then: lenke plan")


def _needed(made: dict[str, Any]) -> None:
    _line("A restored home also needs:")
    for each in made["needed"]:
        _line(f"  - {each}")
