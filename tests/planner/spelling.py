"""How values are spelt, said a second time: what the macros of the models are held to.

Written from the words of docs/words.md and seeds.md, without regular expressions and
without a look at the SQL. `native` is JSON text; a canonical value is plain text, and
None is empty.
"""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from tests.planner import numbers
from tests.planner.settings import Codes
from tests.planner.signs import DASHES, NOTHING, UNSEEN, seen, without

# What stands for a value that has no code: nothing that a system holds equals it.
UNMAPPED = "\x1a"


@dataclass(frozen=True)
class Spelling:
    """How a member spells a property: a row of the seeds, from the member's side."""

    name: str
    property: str
    unit: str
    kind: str
    star_kind: str
    wire_type: str
    empty_as: str
    reads_empty: str
    stored_as: str
    max_length: int | None
    accepts: str
    is_nullable: bool
    is_writable: bool
    direction: str
    through_flow: str
    codes: Codes | None = None


def text_of(native: str | None) -> str | None:
    """Give what a native value says as text; None when it says null or nothing."""
    if native is None or native == "null":
        return None
    value = json.loads(native) if native.startswith('"') else native
    return str(value)


def canonical(native: str | None, kind: str) -> str | None:
    """Give a native value in our spelling."""
    text = text_of(native)
    if text is None:
        return None
    if kind == "phone":
        return numbers.phone(text)
    if kind == "organization_number":
        return numbers.organization(text)
    if kind == "number":
        return _number(text)
    if kind == "boolean":
        return (seen(text) or "").lower() or None
    if kind in ("email", "identifier", "reference"):
        return seen(text)
    if kind in ("local_time", "date"):
        return _local_time(text) if kind == "local_time" else _date(text)
    return trimmed(text)


def trimmed(text: str) -> str | None:
    """Give text without what counts for nothing around it; None: nothing is left."""
    return text.strip(NOTHING) or None


def named(native: str | None, spelling: Spelling) -> str | None:
    """Give the id that a reference names; None when it names nobody."""
    found = canonical(native, "reference")
    return None if found == spelling.reads_empty else found


def says_the_same(one: str | None, other: str | None, spelling: Spelling) -> bool:
    """Say whether two native values are one to us."""
    if spelling.kind == "reference":
        return named(one, spelling) == named(other, spelling)
    return canonical(one, spelling.kind) == canonical(other, spelling.kind)


def spells(native: str | None, delivered: str | None, spelling: Spelling) -> bool:
    """Say whether a native value is a delivered one, but for our rules or unseen signs.

    An agreed value of former rules is what its members hold, and a system may store a
    value without what nobody sees in it.
    """
    current = canonical(native, spelling.kind)
    if spelling.kind in ("reference", "lines") or current is None or delivered is None:
        return False
    kept = stored(delivered, spelling)
    former = kept if spelling.codes is not None else delivered
    return numbers.formerly(text_of(native), spelling.kind) == former or (
        kept is not None and _bare(current, spelling.kind) == _bare(kept, spelling.kind)
    )


def is_alike(one: str | None, other: str | None, kind: str) -> bool:
    """Say whether two canonical values are one, whatever letters it is typed in.

    An e-mail address is the same in any case; a text, however accents are put together.
    """
    if one is None or other is None or kind == "reference":
        return False
    if kind == "email":
        one, other = one.lower(), other.lower()
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def _bare(value: str, kind: str) -> str | None:
    if kind == "phone":
        return numbers.without_separators(numbers.phone(value))
    bare = without(unicodedata.normalize("NFC", value), NOTHING)
    return "".join("-" if sign in DASHES else sign for sign in bare) or None


def is_mask(value: str | None, kind: str) -> bool:
    """Say whether a system shows this instead of what it holds."""
    if value is None:
        return False
    bare = value.lower()
    if bare.strip("[](<>)") == "hidden" and len(bare) <= 8:
        return True
    signs = set(bare)
    if len(bare) >= 3 and signs <= set("*•●"):
        return True
    if len(bare) >= 4 and signs == {"x"}:
        return True
    odd = {"email": "*•●", "phone": "*•●x", "organization_number": "*•●x"}.get(kind, "")
    return any(a in odd and b in odd for a, b in pairwise(bare))


def stored(value: str | None, spelling: Spelling) -> str | None:
    """Give what a system makes of a canonical value when it stores it."""
    if value is None:
        return None
    if spelling.codes is not None:
        return spelling.codes.to.get(value, UNMAPPED)
    if spelling.stored_as == "lower":
        value = value.lower()
    if spelling.stored_as == "date_part":
        value = value[:10]
    if spelling.stored_as == "without_blanks":
        value = without(value, NOTHING.translate({ord(sign): None for sign in UNSEEN}))
    if spelling.stored_as == "without_separators":
        value = numbers.without_separators(value) or ""
    return trimmed(value[: spelling.max_length])


def accepted(value: str | None, spelling: Spelling) -> bool:
    """Say whether a system takes a value, and whether it can be sent at all."""
    if value is None:
        return True
    if spelling.wire_type == "number" and _decimal(value) is None:
        return False
    if spelling.wire_type == "boolean" and value not in ("true", "false"):
        return False
    if spelling.accepts == "email_address":
        name, at, domain = value.partition("@")
        first, dot, last = domain.rpartition(".")
        whole = not set(value) & set(" \t\n\r\f") and "@" not in domain
        return bool(name and at and first and dot and last and whole)
    if spelling.accepts == "e164":
        digits = value[1:]
        return (
            value[0] == "+"
            and 7 <= len(digits) <= 15
            and _all_digits(digits)
            and digits[0] != "0"
        )
    if spelling.accepts.startswith("up_to_"):
        return len(value) <= int(spelling.accepts.split("_")[2])
    return True


def sent(value: str | None, spelling: Spelling) -> object:
    """Give a stored value as it is written, as Python sees that JSON."""
    if value is None:
        return "" if spelling.empty_as == "empty_text" else None
    return value if spelling.wire_type == "string" else json.loads(value)


def _all_digits(text: str) -> bool:
    return bool(text) and all("0" <= sign <= "9" for sign in text)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _number(text: str) -> str | None:
    number = _decimal(seen(text) or "")
    if number is None:
        return seen(text)
    spelt = f"{number:f}"
    return spelt.rstrip("0").rstrip(".") if "." in spelt else spelt


def is_date(text: str) -> bool:
    """Say whether a canonical value is a date of the calendar."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _date(text: str) -> str | None:
    start = text.lstrip(NOTHING)[:10]
    return start if _has_form(start, "0000-00-00") else trimmed(text)


def _local_time(text: str) -> str | None:
    text = text.strip(NOTHING)
    day, clock = text[:10], text[11:]
    if _has_form(day, "0000-00-00"):
        if len(text) == 10:
            return day + "T00:00:00"
        if text[10] in "T " and _has_form(clock[:8], "00:00:00"):
            return f"{day}T{clock[:8]}"
        if text[10] in "T " and _has_form(clock[:5], "00:00"):
            return f"{day}T{clock[:5]}:00"
    return text or None


def _has_form(text: str, form: str) -> bool:
    return len(text) == len(form) and all(
        _all_digits(sign) if place == "0" else sign == place
        for sign, place in zip(text, form, strict=True)
    )
