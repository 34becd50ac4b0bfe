"""JSON that keeps what was written: numbers as decimals, members in their order."""

from typing import Any

import simplejson

# Made once: records come by the hundred thousand.
_COMPACT = (",", ":")
_IN_UTF8 = simplejson.JSONEncoder(
    ensure_ascii=False, use_decimal=True, separators=_COMPACT
)
_IN_ASCII = simplejson.JSONEncoder(use_decimal=True, separators=_COMPACT)


def parsed(text: str) -> Any:
    """Read JSON; a number with a fraction becomes a `Decimal`. ValueError if none."""
    return simplejson.loads(text, use_decimal=True)


def written(value: Any) -> str:
    """Write JSON as UTF-8 text, on one line and without blanks.

    Half a surrogate pair is legal in JSON but not in UTF-8: a value that holds one is
    written in ASCII with escapes.
    """
    text = _IN_UTF8.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _IN_ASCII.encode(value)
    return text
