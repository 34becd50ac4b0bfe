"""After a run: the numbers are written, and whoever should know is told.

Nothing here changes how a run ended: what goes wrong is words for a person.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from connections.http.errors import ConfigurationError, LenkeError
from connections.settings.read import lenke_settings
from lenke.home.places import Home
from lenke.run.defect import in_words
from lenke.run.report import ANOTHER_RUN, RunReport

if TYPE_CHECKING:
    from lenke.signals.health import Ended

# What changes a system; a look is nobody's news, and neither is a second run.
_SIGNALLED = ("sync", "push")


def signalled(
    home: Home,
    command: str,
    exit_code: int,
    report: RunReport | None = None,
    words: str = "",
) -> list[str]:
    """Write and tell what the settings ask for; give what a person should know.

    `words` are those of the error, where there is no `report`.
    """
    if command not in _SIGNALLED or exit_code == ANOTHER_RUN:
        return []
    try:
        settings = lenke_settings(home.folder)
        if not (settings.metrics_file or settings.alerts):
            return []
        from lenke.signals.health import Ended  # only when somebody is to be told

        now = datetime.now(UTC).replace(tzinfo=None)
        ended = Ended(exit_code, now, words, report)
        return _sent(home, ended, settings.metrics_file, settings.alerts)
    except ConfigurationError as error:
        # Settings that can't be read have stopped the run, and its error says so.
        return [] if words else [str(error)]
    except (
        Exception
    ) as raised:  # a run that is done stays done, whatever a library does
        return [f"Nobody was told how the run ended: {in_words(raised)}"]


def _sent(home: Home, ended: "Ended", file: str, addresses: str) -> list[str]:
    from lenke.signals import alerts, health, metrics

    problems = []
    status, troubles = health.look(home, ended)
    if file:
        try:
            metrics.write(home, Path(file), ended, status, troubles)
        except OSError as error:
            problems.append(f"[lenke] metrics_file can't be written: {error}.")
    if addresses:
        try:
            alerts.tell(home, addresses, troubles, ended.ended_at)
        except (LenkeError, OSError) as error:
            problems.append(str(error))
    return problems
