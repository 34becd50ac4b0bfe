"""The forms: what a person can decide here, and the command that decides it.

First a form, then what will happen in the words of the command (`--dry-run`), then the
same command once more, without that. It runs in a process of its own, so that lock,
ledger and published tables are its business, and its exit code is its answer.
"""

import os
import shlex
import statistics
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lenke.console.asking import one_look
from lenke.console.deeds import DEEDS, Deed
from lenke.console.door import Door, Refused
from lenke.console.page import Page, nothing
from lenke.home.places import Home
from lenke.run.report import ANOTHER_RUN, DONE
from lenke.run.running import told

_LONGEST = 120  # seconds of a command
_LENKE = [sys.executable, "-P", "-m", "lenke"]  # from no working directory

_DURATIONS = """
select epoch(finished_at - started_at)
from inspection.runs
where finished_at is not null
order by run_number desc
limit 5
"""


def asked(door: Door, name: str, given: Mapping[str, str]) -> Page:
    """Give the form of a deed, filled with what is known already."""
    deed = DEEDS.get(name)
    if deed is None:
        return nothing("deed", name)
    return Page(
        "form",
        deed.title,
        deed.sentence,
        {
            "deed": deed,
            "given": {each.name: given.get(each.name, "") for each in deed.fields},
            "token": door.token(["form", name]),
        },
    )


def posted(home: Home, door: Door, name: str, given: Mapping[str, str]) -> Page:
    """Say what a deed would do; or do just that, when the token says it was shown."""
    deed = DEEDS.get(name)
    if deed is None:
        return nothing("deed", name)
    match door.about(given.get("token", "")):
        case ["form", of] if of == name:
            return _tried(home, door, deed, deed.read(given))
        case ["do", of, dict() as typed, str() as once] if of == name:
            door.once(once)
            return _done(home, deed, typed)
    raise Refused(403, "This form is another one's. Nothing was done.")


def _tried(home: Home, door: Door, deed: Deed, typed: dict[str, str]) -> Page:
    missing = [
        each.label for each in deed.fields if each.needed and not typed[each.name]
    ]
    if missing:
        page = asked(door, deed.name, typed)
        words = f"Still missing: {', '.join(missing)}. Nothing was done."
        return Page(page.part, page.title, words, page.values, status=400)
    code, words = _run(home, deed.command(typed, dry_run=True))
    if code != DONE:
        return _refused(home, deed, typed, code, words)
    return Page(
        "form_shown",
        deed.title,
        "This is what will happen. Nothing has been done yet.",
        {
            "deed": deed,
            "words": words,
            "command": _typed(deed.command(typed)),
            "token": door.token(["do", deed.name, typed, door.number()]),
        },
    )


def _done(home: Home, deed: Deed, typed: dict[str, str]) -> Page:
    code, words = _run(home, deed.command(typed))
    if code != DONE:
        return _refused(home, deed, typed, code, words)
    return Page("form_done", deed.title, "Done.", {"words": words})


def _refused(
    home: Home, deed: Deed, typed: dict[str, str], code: int, words: str
) -> Page:
    values: dict[str, Any] = {
        "words": words,
        "command": _typed(deed.command(typed)),
        "again": typed,
        "deed": deed,
    }
    if code != ANOTHER_RUN:
        return Page("form_refused", deed.title, "It can't be done.", values, status=422)
    seconds = _free_in(home)
    return Page(
        "form_refused",
        deed.title,
        f"A run is active, and nothing was done. Try again in about {seconds} s.",
        {**values, "retry_after": seconds},
        status=409,
    )


def _run(home: Home, words: list[str]) -> tuple[int, str]:
    """Run a command of ours; give its exit code and what it said."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own command; no shell reads its words
            [*_LENKE, *words],
            env={**os.environ, "LENKE_HOME": str(home.folder), "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        return 1, f"It took longer than {_LONGEST} s, and was stopped."
    except ValueError:  # a zero byte can stand in no command
        return 2, "What was typed has a sign that no command can hold."
    said = ended.stdout if ended.returncode == DONE else ended.stderr or ended.stdout
    return ended.returncode, said.strip()


def _typed(words: list[str]) -> str:
    return shlex.join(["lenke", *words])


def _free_in(home: Home) -> int:
    """Guess in how many seconds the active run has ended: like the last ones."""
    with one_look(home) as look:
        usual = [float(took) for (took,) in look.ask(_DURATIONS).rows] or [30.0]
    active = told(home)
    gone = 0.0
    if active is not None:
        since = datetime.fromisoformat(active.since).replace(tzinfo=UTC)
        gone = (datetime.now(UTC) - since).total_seconds()
    return max(5, round(statistics.median(usual) - gone))
