"""What nobody foresaw: it delays the one system or record that it met, and is told."""

import logging
import traceback

from connections.machine.trouble import trouble_in
from connections.private.secrets import told, without_secrets

_log = logging.getLogger(__name__)


def unforeseen(system: str, doing: str, error: Exception) -> str:
    """Log the trace of an error; give the words for a person.

    When a file or the disk is the reason, that is raised: it is no system's trouble.
    `doing` says what for ("reading it"); an error's notes say where it was. Its own
    words may hold the value that it stumbled over, so they are not shown.
    """
    if (trouble := trouble_in(error)) is not None:
        raise trouble from error
    trace = without_secrets("".join(traceback.format_exception(error)))
    _log.error("%s, %s: nobody foresaw this\n%s", system, doing, trace)
    where = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    return (
        f"{system}: {doing} met {type(error).__name__}{told(where)}: a "
        "defect of Lenke, or an answer that no contract knows. The other systems went "
        "on. Look at what it has there, and report the trace in the log."
    )
