"""Times of PowerOffice Go: UTC with up to seven fraction digits; plain dates."""

import re
from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICKS_PER_SECOND = 10_000_000

_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(T(?P<clock>\d\d:\d\d(:\d\d)?)(\.(?P<fraction>\d{1,9}))?"
    r"(?P<offset>Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def stamp(moment: datetime) -> str:
    """Give a moment as stamps are written.

    A clock here counts microseconds; the seventh digit follows from them, so that
    the order of stamps is the order of moments.
    """
    microseconds = (moment - EPOCH) // timedelta(microseconds=1)
    ticks = microseconds * 10 + microseconds // 3 % 10
    whole = EPOCH + timedelta(seconds=ticks // TICKS_PER_SECOND)
    fraction = f"{ticks % TICKS_PER_SECOND:07}".rstrip("0")
    text = whole.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{fraction}Z" if fraction else f"{text}Z"


def ticks(text: str) -> int:
    """Give a stamp in steps of 100 nanoseconds since 1970; without offset it is UTC.

    Raises ValueError when it is no time.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError("must be a time, yyyy-MM-ddTHH:mm:ssZ")
    written = f"{found['day']}T{found['clock'] or '00:00'}{found['offset'] or 'Z'}"
    try:
        seconds = (datetime.fromisoformat(written) - EPOCH) // timedelta(seconds=1)
    except (ValueError, OverflowError) as error:
        raise ValueError("is no time that there is") from error
    fraction = (found["fraction"] or "").ljust(7, "0")[:7]
    return seconds * TICKS_PER_SECOND + int(fraction)


def plain_date(value: object) -> str:
    """Take a date, yyyy-MM-dd; raises ValueError for anything else."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("must be a date, yyyy-MM-dd")
    return date.fromisoformat(value).isoformat()
