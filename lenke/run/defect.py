"""An error that Lenke has no plan for, in words for a person."""

import traceback

from connections.http.errors import LenkeError
from connections.machine.trouble import trouble_in
from connections.private.secrets import without_secrets


class Defect(LenkeError):  # noqa: N818 - it says what it is
    """An error that Lenke has no plan for; what was sent has its receipts."""


def in_words(error: Exception) -> LenkeError:
    """Give the error to end with: itself, trouble with a file, or else a defect.

    A defect's words are its trace, redacted: they may hold what it stumbled over.
    """
    if isinstance(error, LenkeError):
        return error
    if (trouble := trouble_in(error)) is not None:
        return trouble
    trace = without_secrets("".join(traceback.format_exception(error)))
    return Defect(
        "This is a defect of Lenke. What was sent has its receipts, and the next run "
        f"goes on from here. Report this:\n{trace}"
    )
