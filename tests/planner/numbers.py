"""Phone and organisation numbers, from the words of the docs; countries are those of
the package `phonenumbers`.
"""

from functools import cache

import phonenumbers

from tests.planner.signs import BLANKS, DASHES, seen, without

_FORMER_BLANKS = " \t\n\r\f\u00a0"


@cache
def phone(text: str) -> str | None:
    """Give E.164 for a clean number, else what was typed."""
    typed = seen(text)
    if typed is None:
        return None
    digits = _digits(typed)
    if digits is None:
        return typed
    if _is_norwegian(digits):
        return "+47" + digits
    if digits[:2] == "47" and _is_norwegian(digits[2:]):
        return "+" + digits
    return _abroad(digits) or typed


def _abroad(digits: str) -> str | None:
    if not digits.startswith("+"):
        return None
    try:
        number = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _digits(typed: str) -> str | None:
    """Give the digits of a number whose separators only group them."""
    start = typed.lstrip("(")
    if len(typed) - len(start) > 1 or not start.lstrip("+")[:1].isdigit():
        return None
    if len(start) - len(start.lstrip("+")) > 1 or "+" in start[1:]:
        return None
    if any(not _is_digit(sign) and sign not in BLANKS + ".()/-+" for sign in typed):
        return None
    if typed.count("/") > 1 or typed.rfind("(") > typed.rfind(")"):
        return None
    for sign in ")/":
        before, found, after = typed.rpartition(sign)
        if found and _count(after) < 5:
            return None
        if found and sign == "/" and _count(before) > 7:
            return None
    digits = "".join(sign for sign in typed if _is_digit(sign) or sign == "+")
    return "+" + digits[2:] if digits.startswith("00") else digits


def _count(text: str) -> int:
    return sum(_is_digit(sign) for sign in text)


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"


def _is_norwegian(digits: str) -> bool:
    return len(digits) == 8 == _count(digits) and digits[0] not in "01"


def without_separators(text: str | None) -> str | None:
    """Give a phone number as CRM-Office keeps it."""
    if text is None:
        return None
    bare = without(text, BLANKS + DASHES + ".-")
    return "+" + bare[2:] if bare.startswith("00") else bare


def organization(text: str) -> str | None:
    """Give the nine digits, or what was typed."""
    typed = seen(text)
    if typed is None:
        return None
    rest = typed.lower().removeprefix("no").removesuffix("mva")
    digits = without(rest, BLANKS + ".-")
    return digits if len(digits) == 9 == _count(digits) else typed


def formerly(text: str | None, kind: str) -> str | None:
    """Give what our rules made of a text before they knew more signs and countries."""
    if text is None:
        return None
    if kind == "phone":
        return _former_phone(text)
    if kind == "organization_number":
        return without(text, _FORMER_BLANKS) or None
    if kind in ("text", "email"):
        return text.strip(_FORMER_BLANKS) or None
    return None


def _former_phone(text: str) -> str | None:
    bare = without(text, _FORMER_BLANKS + ".-")
    digits = without(bare, "()/")
    country = digits.removeprefix("+") if digits.startswith("+") else digits[2:]
    if digits.startswith(("+", "00")) and _count(country) == len(country):
        if 7 <= len(country) <= 15 and country[0] != "0":
            return "+" + country
    elif _is_norwegian(digits):
        return "+47" + digits
    elif digits[:2] == "47" and _is_norwegian(digits[2:]):
        return "+" + digits
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    return bare or None
