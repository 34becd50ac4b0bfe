"""Which ledger this is, told again outside of it: the text file `ledger.id`.

It shows when the ledger was lost or an old one was restored: the file then names
another ledger, or a later step. A run takes a step as it starts, before it sends and
after it has sent.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from connections.http.errors import ConfigurationError
from connections.private.files import write_private

IDENTITY_FILE = "ledger.id"

# An id, and a step that DuckDB can count.
_TOLD = re.compile(r"([\w-]{1,80}) ([0-9]{1,18})")


@dataclass(frozen=True)
class Identity:
    """A ledger, and the step that it has come to."""

    ledger_id: str
    run_counter: int


def read_identity(folder: Path) -> Identity | None:
    """Give what `ledger.id` tells; None when there is no such file."""
    path = folder / IDENTITY_FILE
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    told = _TOLD.fullmatch(text.strip())
    if told is None:
        raise ConfigurationError(
            f"{path} should hold the id of a ledger and its step. Restore it "
            "from the backup that the ledger is from, or remove it."
        )
    return Identity(told[1], int(told[2]))


def write_identity(folder: Path, identity: Identity) -> None:
    """Replace `ledger.id` at once, on disk before this returns."""
    text = f"{identity.ledger_id} {identity.run_counter}\n"
    write_private(folder / IDENTITY_FILE, text)


def contradiction(
    ours: Identity, told: Identity | None, witness: str = IDENTITY_FILE
) -> str | None:
    """Say why `told` shows that our ledger is lost or old; None when it does not.

    `witness` names the file that tells it.
    """
    if told is None:
        return None
    if told.ledger_id != ours.ledger_id:
        return (
            f"{witness} names ledger {told.ledger_id} (step {told.run_counter}), "
            f"but the ledger here is {ours.ledger_id} (step {ours.run_counter})"
        )
    if told.run_counter > ours.run_counter:
        return (
            f"{witness} knows of step {told.run_counter}, but the ledger here has "
            f"come to step {ours.run_counter}: it is an old one"
        )
    return None
