"""The known name that a misspelt one is most like."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

LIKE = 0.6


def nearest(name: str, known: Iterable[str], least: float = LIKE) -> str | None:
    """Give the most similar name; case, blanks and signs count for nothing.

    `least` is how similar it must be, from 0 to 1.
    """
    spelt = {bare(each): each for each in known}
    found = get_close_matches(bare(name), spelt, n=1, cutoff=least)
    return spelt[found[0]] if found else None


def bare(name: str) -> str:
    """Give what counts of a name."""
    return re.sub(r"[\W_]", "", name.casefold())
