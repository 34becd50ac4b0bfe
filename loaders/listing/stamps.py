"""Stamps as cursors: compared and moved, exact to the last digit that they give."""

import re
from datetime import UTC, datetime, timedelta

from connections.wire.stamps import MEANT_YEARS

_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?"
)
_NANOSECONDS = 10**9

CLOCK_SLACK = timedelta(seconds=10)  # so far their clocks and ours may be apart


def nanoseconds(stamp: object) -> int | None:
    """Give the instant of an ISO stamp, to compare it with others; None if it is none.

    One contract writes seven fraction digits, which a datetime would cut. A stamp
    without an offset counts as UTC. One outside 1900 to 2200 is none that is meant.
    """
    match = _STAMP.fullmatch(stamp.strip()) if isinstance(stamp, str) else None
    if match is None:
        return None
    date, time, fraction, zone = match.groups()
    offset = "+00:00" if zone in (None, "Z") else zone
    try:
        whole = datetime.fromisoformat(f"{date}T{time}{offset}")
    except ValueError:
        return None
    if whole.year not in MEANT_YEARS:
        return None
    return int(whole.timestamp()) * _NANOSECONDS + int((fraction or "").ljust(9, "0"))


def instant_of(moment: datetime) -> int:
    """Give a moment in nanoseconds, to compare it with those of stamps."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * (
        _NANOSECONDS
    )


def earlier(stamp: str, *, seconds: int, digits: int) -> str:
    """Give a UTC stamp so much earlier, with so many fraction digits, rounded down."""
    instant = nanoseconds(stamp)
    if instant is None:
        return stamp
    whole, rest = divmod(instant - seconds * _NANOSECONDS, _NANOSECONDS)
    return utc_stamp(
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=whole),
        fraction=f"{rest:09d}"[:digits],
    )


def utc_stamp(moment: datetime, *, fraction: str = "") -> str:
    """Write a moment as UTC with `Z`: whole seconds, then the given fraction."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{fraction}Z" if fraction else f"{text}Z"
