"""JSON that keeps what was written: numbers as decimals, members in their order."""

import re
from typing import Any

import simplejson

# Made once: records come by the hundred thousand.
_COMPACT = (",", ":")
_IN_UTF8 = simplejson.JSONEncoder(
    ensure_ascii=False, use_decimal=True, separators=_COMPACT
)
_IN_ASCII = simplejson.JSONEncoder(use_decimal=True, separators=_COMPACT)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def parsed(text: str) -> Any:
    """Read JSON; a number with a fraction becomes a `Decimal`. ValueError if none."""
    return simplejson.loads(text, use_decimal=True)


def written(value: Any) -> str:
    """Write JSON to be kept: UTF-8 text, on one line and without blanks.

    Half a surrogate pair is legal in JSON but not in UTF-8, and DuckDB reads no
    document that holds one: it is kept as the sign for what cannot be shown.
    """
    return whole_pairs(_IN_UTF8.encode(value))


def written_exactly(value: Any) -> str:
    """Write JSON to be sent: as above, but half a pair stays, as an escape."""
    text = _IN_UTF8.encode(value)
    return text if text == whole_pairs(text) else _IN_ASCII.encode(value)


def whole_pairs(text: str) -> str:
    """Give text that UTF-8 can hold: halves of pairs become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF_PAIR.sub("\ufffd", text)
    return text
