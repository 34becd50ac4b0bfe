"""The console's main pages as one file, which asks for nothing and leads nowhere."""

from datetime import UTC, datetime
from pathlib import Path

from lenke.console.asking import one_look
from lenke.console.page import Asked
from lenke.console.pages import conflicts, findings, now, plan, runs
from lenke.console.shown import report
from lenke.home.places import Home
from lenke.pages.page import write_text
from lenke.showing import questions


def write_report(home: Home, path: Path) -> None:
    """Write it, for its owner alone; ConfigurationError where nothing is published."""
    asked = Asked({}, datetime.now(UTC).replace(tzinfo=None))
    with one_look(home) as look:
        found = [each.page(look, asked) for each in (now, findings, plan, conflicts)]
        found.append(runs.page(look, asked))
        [(built_at,)] = look.ask(questions.WHY["built"]).rows
    write_text(path, report("How the systems are in step", found, built_at, asked.now))
