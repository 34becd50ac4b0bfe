"""Times as Tidsbanken writes them: three ways, of which one is wrong.

Employees and departments carry stamps in true UTC. Customers and projects carry UTC
clock time with a Norwegian offset behind it, so that it reads an hour early. Dates of a
project are Norwegian local time, read with the offset and written without.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
STAMP_SKEWS = ("fixed-1h", "follow-oslo-dst")

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)

Stamp = Callable[[datetime], str]


def utc_stamp(moment: datetime) -> str:
    """Give a moment in UTC with Z; the fraction is left out when it is zero."""
    return _clock_time(moment) + "Z"


def skewed_stamp(skew: str) -> Stamp:
    """Give the maker of stamps of customers and projects.

    `fixed-1h` labels every one +01:00, `follow-oslo-dst` as Norwegian clocks stand;
    raises ValueError for another word.
    """
    if skew not in STAMP_SKEWS:
        raise ValueError(f"stamp_skew: {skew!r} is not one of {', '.join(STAMP_SKEWS)}")

    def stamp(moment: datetime) -> str:
        offset = "+01:00"
        if skew == "follow-oslo-dst":
            offset = moment.astimezone(OSLO).isoformat()[-6:]
        return _clock_time(moment) + offset

    return stamp


def instant(text: str) -> str:
    """Give a date or time, read as what it says, in a form that sorts; else ValueError.

    Without an offset it is taken for UTC.
    """
    if not (_DATE.fullmatch(text) or _TIME.fullmatch(text)):
        raise ValueError("must be a date or a time")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("must be a date or a time") from error
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def literal(text: str) -> str:
    """Give `instant` of a literal in a filter, where a time needs its offset."""
    has_offset = text.endswith("Z") or text[-6:-5] in ("+", "-")
    if "T" in text and not has_offset:
        raise ValueError("a time needs its offset")
    return instant(text)


def with_offset(text: str) -> str:
    """Give a project's date as it is read; raises ValueError as it may not be written.

    It is written yyyy-MM-ddTHH:mm:ss, without offset.
    """
    if not _WRITTEN.fullmatch(text):
        raise ValueError("must be yyyy-MM-ddTHH:mm:ss, without an offset")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=OSLO).isoformat()
    except (ValueError, OverflowError) as error:
        raise ValueError("is no date that there is") from error


def without_offset(text: str) -> str:
    """Give a date that a person picked, however it is spelt, as it may be written."""
    if _DATE.fullmatch(text):
        return text + "T00:00:00"
    return text[:19] if _TIME.fullmatch(text) else text


def _clock_time(moment: datetime) -> str:
    whole = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f"{moment.microsecond // 1000:03}".rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
