"""What a member may hold by our own contract: one function for each kind."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from simulators.own_contract.members import Invalid, Member, stored

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_only() -> Member:
    """A member that only the system sets."""
    return Member(store=lambda value: value, read_only=True)


def text(longest: int, *, shortest: int = 0) -> Member:
    """Text, trimmed."""
    return Member(lambda value: _text(value, longest, shortest))


def name() -> Member:
    """The name that a record must have."""
    return Member(lambda value: _text(value, 120, 1), nullable=False, required=True)


def number_text(longest: int) -> Member:
    """A number that is text; left out, the system gives one out."""
    return Member(lambda value: _text(value, longest), nullable=False)


def code(length: int, default: str) -> Member:
    """A code of a fixed length, such as a currency."""
    return Member(lambda value: _text(value, length, length), False, default)


def email() -> Member:
    """An e-mail address, stored in lower case."""
    return Member(_email)


def phone() -> Member:
    """A phone number, stored as E.164; eight digits are a Norwegian number."""
    return Member(_phone)


def organization_number() -> Member:
    """An organisation number, stored without blanks."""
    return Member(lambda value: _text("".join(_string(value).split()), 20))


def choice(*values: str, default: str) -> Member:
    """One of some words."""

    def store(value: object) -> object:
        if value not in values:
            raise Invalid(("", f"must be one of {', '.join(values)}"))
        return value

    return Member(store, False, default)


def boolean(default: bool) -> Member:
    """True or false."""

    def store(value: object) -> object:
        if not isinstance(value, bool):
            raise Invalid(("", "must be true or false"))
        return value

    return Member(store, False, default)


def number(
    *,
    lowest: int | None = None,
    highest: int | None = None,
    nullable: bool = True,
    default: int | None = None,
    required: bool = False,
) -> Member:
    """A number, stored as it was written."""

    def store(value: object) -> object:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise Invalid(("", "must be a number"))
        if lowest is not None and value < lowest:
            raise Invalid(("", f"must not be below {lowest}"))
        if highest is not None and value > highest:
            raise Invalid(("", f"must not be above {highest}"))
        return value

    return Member(store, nullable, default, required=required)


def line_number() -> Member:
    """A whole number from 1; left out or null, the system gives one."""
    plain = number(lowest=1)

    def store(value: object) -> object:
        if not isinstance(value, int):
            raise Invalid(("", "must be a whole number"))
        return plain.store(value)

    return Member(store)


def day(*, nullable: bool = True) -> Member:
    """A date, yyyy-MM-dd."""
    return Member(_day, nullable)


def address() -> Member:
    """An address with members of its own, or null."""
    return Member(lambda value: stored(ADDRESS, value))


def many_of(members: Mapping[str, Member]) -> Member:
    """An array of such objects."""

    def store(value: object) -> object:
        if not isinstance(value, list):
            raise Invalid(("", "must be an array"))
        rows, errors = [], []
        for place, item in enumerate(value):
            try:
                rows.append(stored(members, item))
            except Invalid as invalid:
                errors.extend(invalid.below(f"/{place}"))
        if errors:
            raise Invalid(*errors)
        return rows

    return Member(store, nullable=False, default=())


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise Invalid(("", "must be text"))
    return value


def _text(value: object, longest: int, shortest: int = 0) -> str:
    given = _string(value)
    if len(given) > longest:
        raise Invalid(("", f"must not be longer than {longest} characters"))
    if len(given) < shortest:
        raise Invalid(("", f"must have at least {shortest} characters"))
    return given


def _email(value: object) -> str:
    given = _text(value, 254).lower()
    if not EMAIL.fullmatch(given):
        raise Invalid(("", "must be an e-mail address"))
    return given


def _phone(value: object) -> str:
    digits = re.sub(r"[\s().-]", "", _string(value))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch("[0-9]{8}", digits):
        digits = "+47" + digits
    if not E164.fullmatch(digits):
        raise Invalid(("", "must be a phone number with its country code"))
    return digits


def _day(value: object) -> str:
    given = _string(value)
    if DATE.fullmatch(given):
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError as error:
            raise Invalid(("", f"must be a date: {error}")) from error
    raise Invalid(("", "must be a date, yyyy-MM-dd"))


ADDRESS = {
    "line1": text(100),
    "line2": text(100),
    "postalCode": text(10),
    "city": text(60),
    "country": text(2, shortest=2),
}
