"""How CRM-Office stores a value: all are text, nothing too long is refused."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from simulators.kit.exact_json import Record

OSLO = ZoneInfo("Europe/Oslo")
TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)

Spell = Callable[[str], str]


def cut(longest: int) -> Spell:
    """Cut text off after so many characters."""
    return lambda text: text[:longest].rstrip()


def phone(text: str) -> str:
    """Leave out blanks, dots and dashes; a leading 00 becomes +."""
    digits = re.sub(r"[\s.-]", "", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    return digits[:20]


def local_time(text: str) -> str:
    """Give a time as Norwegian local time without offset, in whole seconds.

    Raises ValueError for anything that is not yyyy-MM-ddTHH:mm:ss, with or without
    an offset.
    """
    if not TIME.fullmatch(text):
        raise ValueError("must be a time, yyyy-MM-ddTHH:mm:ss")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = moment.astimezone(OSLO)
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def stamp(moment: datetime) -> str:
    """Give a moment as the stamps are written: UTC with Z, in whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> str:
    """Give a moment that a caller wrote as the stamps are; without offset it is UTC.

    Raises ValueError when it is none.
    """
    if not TIME.fullmatch(text):
        raise ValueError("must be a time, yyyy-MM-ddTHH:mm:ssZ")
    given = datetime.fromisoformat(text)
    return stamp(given if given.tzinfo else given.replace(tzinfo=UTC))


CONTACT: Mapping[str, Spell] = {
    "familyName": cut(60),
    "givenName": cut(60),
    "mobilePhone": phone,
    "email": cut(100),
    "companyId": str,
}
ACTIVITY: Mapping[str, Spell] = {
    "ownerId": str,
    "subject": cut(200),
    "startsAt": local_time,
    "endsAt": local_time,
    "contactId": str,
    "body": cut(4000),
}


def stored(spells: Mapping[str, Spell], given: Record) -> Record:
    """Give what is stored of the known members; unknown ones are lost without a sound.

    Raises ValueError, which names the member, for a value that is no text or no time.
    """
    return {
        name: _stored_value(name, given[name], spell)
        for name, spell in spells.items()
        if name in given
    }


def _stored_value(name: str, value: object, spell: Spell) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name}: must be a string")
    trimmed = value.strip()
    try:
        return (spell(trimmed) or None) if trimmed else None
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name}: {error}") from error
