"""Turn what stands in a settings file into the value that a setting needs."""

import math
from dataclasses import Field
from typing import Any


class BadValue(Exception):  # noqa: N818 - seen in this folder only, says what it means
    """A value that cannot be read; the text follows the setting's name."""


def read_value(value: Any, field: "Field[Any]") -> str | int | float:
    """Give the value of a setting by its declared type; raise BadValue otherwise.

    A secret (a field that is left out of `repr`) ends up in a header, so it must be
    visible ASCII.
    """
    if field.type is str:
        return _text(value, secret=not field.repr)
    number = _number(value)
    if field.type in (int, int | None):
        if number != int(number):
            raise BadValue("must be a whole number")
        return int(number)
    if field.name == "requests_per_second" and number <= 0:
        raise BadValue("must be more than 0")
    return number


def _text(value: Any, *, secret: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValue("must be text")
    text = str(value).strip()
    if not text:
        raise BadValue("is empty")
    if secret and not all("!" <= sign <= "~" for sign in text):
        raise BadValue("holds blanks, line breaks or letters that no key has")
    return text


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue("must be a number")
    try:
        number = float(value)
    except ValueError:
        raise BadValue("must be a number") from None
    if not math.isfinite(number):
        raise BadValue("must be a finite number")
    return number
