"""A defect of ours that concerns one record: it delays that record only."""

import logging
import traceback

from connections.machine.trouble import trouble_in
from connections.private.secrets import without_secrets
from reverse_etl.push.journal import Intent

_log = logging.getLogger(__name__)


def defect(doing: str, intent: Intent, error: Exception) -> str:
    """Log the trace of an error; give the words for a receipt.

    When a file or the disk is the reason, that is raised: it is no record's trouble.
    An error's own words may hold the value that it stumbled over.
    """
    if (trouble := trouble_in(error)) is not None:
        raise trouble from error
    trace = without_secrets("".join(traceback.format_exception(error)))
    _log.error("%s in %s: a defect\n%s", doing, intent.system_name, trace)
    return f"a defect: {type(error).__name__}"
