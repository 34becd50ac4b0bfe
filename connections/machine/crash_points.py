"""Where a run can be stopped by a crash, by name.

`reached` does nothing. Tests put something in its place that kills the process, to
prove that the next run ends where an undisturbed one would have.
"""

# The files beside the ledger: `ledger.id`, the newest refresh token.
FILE_WRITTEN = "file written, under its first name"

# The ledger's file, and what is told of it outside.
INSIDE_MIGRATION = "inside migration"
LEDGER_FILLED = "ledger filled, under its first name"
LEDGER_MADE = "ledger made"
RUN_COUNTED = "run counted"
RUN_TOLD = "run told to ledger.id"
RUN_FINISHED = "run finished"

# Settling what an earlier run left open.
BEFORE_SETTLING = "before settling"
OPEN_WRITE_LOOKED_AT = "open write looked at"
OPEN_WRITE_SETTLED = "open write settled"

# Loading.
LISTING_SPOOLED = "listing spooled"
BEFORE_RAW = "before raw"
RAW_LOADED = "raw loaded"
INSIDE_LISTINGS = "inside listings"
LISTINGS_NOTED = "listings noted"
SYSTEMS_NOTED = "systems noted"

# Building and publishing.
BEFORE_BUILD = "before build"
INSIDE_BUILD = "inside build"
BUILT = "built"
INSIDE_PUBLISHING = "inside publishing"
INSPECTION_COPIED = "inspection copied"
INSPECTION_PUBLISHED = "inspection published"

# Writing down what was decided.
BEFORE_DECIDING = "before deciding"
INSIDE_DECIDING = "inside deciding"
AFTER_DECIDING = "after deciding"

# Writing to the systems.
BEFORE_INTENT = "before intent"
AFTER_INTENT = "after intent"
AFTER_SEND = "after send"
AFTER_RECEIPT = "after receipt"
BEFORE_FOLD = "before fold"
INSIDE_FOLD = "inside fold"
AFTER_FOLD = "after fold"

LEDGER_POINTS = (FILE_WRITTEN, INSIDE_MIGRATION, LEDGER_FILLED, LEDGER_MADE)
RUN_POINTS = (RUN_COUNTED, RUN_TOLD, RUN_FINISHED)
SETTLE_POINTS = (BEFORE_SETTLING, OPEN_WRITE_LOOKED_AT, OPEN_WRITE_SETTLED)
LOAD_POINTS = (
    LISTING_SPOOLED,
    BEFORE_RAW,
    RAW_LOADED,
    INSIDE_LISTINGS,
    LISTINGS_NOTED,
    SYSTEMS_NOTED,
)
BUILD_POINTS = (
    BEFORE_BUILD,
    INSIDE_BUILD,
    BUILT,
    INSIDE_PUBLISHING,
    INSPECTION_COPIED,
    INSPECTION_PUBLISHED,
)
DECIDE_POINTS = (BEFORE_DECIDING, INSIDE_DECIDING, AFTER_DECIDING)
PUSH_POINTS = (
    BEFORE_INTENT,
    AFTER_INTENT,
    AFTER_SEND,
    AFTER_RECEIPT,
    BEFORE_FOLD,
    INSIDE_FOLD,
    AFTER_FOLD,
)
POINTS = (
    *LEDGER_POINTS,
    *RUN_POINTS,
    *SETTLE_POINTS,
    *LOAD_POINTS,
    *BUILD_POINTS,
    *DECIDE_POINTS,
    *PUSH_POINTS,
)


def reached(point: str) -> None:
    """Do nothing; called between the steps of a run with one of `POINTS`."""
