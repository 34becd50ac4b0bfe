"""JSON that keeps what was written: numbers as decimals, members in their order."""

import re
from decimal import Decimal
from typing import Any

import simplejson

# What reading may take, estimated before it is begun. One byte of `[[0]],` becomes 36
# in Python, one of a long text hardly more than one: it is the signs that tell.
MOST_MEMORY = 256 * 2**20
_BYTES_OF = {"[": 90, "{": 130, ",": 60, ":": 60}
_TEXT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)

# Made once: records come by the hundred thousand.
_COMPACT = (",", ":")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class TooLarge(ValueError):  # noqa: N818 - says what it is
    """JSON that would fill the memory, if it were read."""


class Unreadable(ValueError):  # noqa: N818 - says what it is
    """A value that nobody can read or write."""


class NoNumber:
    """What stands in a record in the place of a number that nobody can mean."""

    def __repr__(self) -> str:
        return "NoNumber()"

    def __str__(self) -> str:
        raise Unreadable("it holds a number that is none, or one without end")


def _refused(value: Any) -> Any:
    raise Unreadable(str(value) if isinstance(value, NoNumber) else "it is no JSON")


_IN_UTF8 = simplejson.JSONEncoder(
    ensure_ascii=False, use_decimal=True, separators=_COMPACT, default=_refused
)
_IN_ASCII = simplejson.JSONEncoder(
    use_decimal=True, separators=_COMPACT, default=_refused
)


def parsed(text: str) -> Any:
    """Read JSON; a number with a fraction becomes a `Decimal`. ValueError if none."""
    _check_size(text)
    try:
        return simplejson.loads(text, use_decimal=True)
    except ArithmeticError as error:  # an exponent that no decimal has
        raise ValueError("a number without end") from error


def parsed_page(text: str) -> Any:
    """Read JSON as above, but let what is no number (`NaN`) cost its record only.

    It becomes `NoNumber`, which `written` refuses.
    """
    try:
        return parsed(text)
    except TooLarge:
        raise
    except ValueError:
        return simplejson.loads(
            text,
            allow_nan=True,
            parse_constant=lambda _name: NoNumber(),
            parse_float=_decimal,
            parse_int=_integer,
        )


def written(value: Any) -> str:
    """Write JSON to be kept: UTF-8 text, on one line and without blanks.

    Half a surrogate pair is legal in JSON but not in UTF-8, and DuckDB reads no
    document that holds one: it is kept as the sign for what cannot be shown.
    Raises Unreadable for what no JSON can hold.
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


def _check_size(text: str) -> None:
    """Raise TooLarge for JSON whose values would fill the memory.

    A sign inside a text costs nothing; it is only looked at when the sum is too high.
    """
    if _memory_for(text) > MOST_MEMORY and (
        _memory_for(_TEXT.sub('""', text)) > MOST_MEMORY
    ):
        raise TooLarge(f"it would take more than {MOST_MEMORY:,} bytes of memory")


def _memory_for(text: str) -> int:
    return sum(text.count(sign) * size for sign, size in _BYTES_OF.items())


def _decimal(text: str) -> Decimal | NoNumber:
    try:
        return Decimal(text)
    except ArithmeticError:
        return NoNumber()


def _integer(text: str) -> int | NoNumber:
    try:
        return int(text)
    except ValueError:  # thousands of digits
        return NoNumber()
