"""Where a push can be stopped by a crash, by name.

`reached` does nothing. A test puts something in its place that kills the process, to
prove that the next run ends where an undisturbed one would have.
"""

BEFORE_INTENT = "before intent"
AFTER_INTENT = "after intent"
AFTER_SEND = "after send"
AFTER_RECEIPT = "after receipt"
BEFORE_FOLD = "before fold"
AFTER_FOLD = "after fold"

POINTS = (
    BEFORE_INTENT,
    AFTER_INTENT,
    AFTER_SEND,
    AFTER_RECEIPT,
    BEFORE_FOLD,
    AFTER_FOLD,
)


def reached(point: str) -> None:
    """Do nothing; called between the steps of a push with one of `POINTS`."""
