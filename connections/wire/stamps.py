"""The time of a record's last change, as each system spells it, in naive UTC.

Text that is no time, or one outside 1900 to 2200, counts as no stamp: a tie, which the
source wins, instead of a record that stops its whole system.
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
MEANT_YEARS = range(1900, 2201)


def utc(stamp: Any) -> datetime | None:
    """Read a stamp with Z or an offset; digits beyond microseconds are cut off."""
    read = _read(stamp)
    return _in_utc(read) if read and read.tzinfo else read


def oslo(stamp: Any) -> datetime | None:
    """Read a stamp in Norwegian local time; in the repeated hour, the first of both."""
    read = _read(stamp)
    if read is None:
        return None
    return _in_utc(read.replace(tzinfo=OSLO))


def utc_with_wrong_offset(stamp: Any) -> datetime | None:
    """Read a stamp whose clock is UTC although an offset stands behind it."""
    read = _read(stamp)
    return read.replace(tzinfo=None) if read else None


def _in_utc(read: datetime) -> datetime | None:
    try:
        return read.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # within a day of year 1 or 9999
        return None


def _read(stamp: Any) -> datetime | None:
    try:
        read = datetime.fromisoformat(stamp)
    except (TypeError, ValueError):
        return None
    return read if read.year in MEANT_YEARS else None
