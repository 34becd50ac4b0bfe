"""Until when something rests, as people type it: a moment, a day, or a while.

What they type without an offset is what the clock on their wall shows.
"""

import re
from datetime import UTC, datetime, timedelta

from connections.http.errors import ConfigurationError
from lenke.showing.local_time import OSLO, shown

_WHILE = re.compile(r"(\d+(?:\.\d+)?) ?([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def moment(typed: str, now: datetime) -> datetime:
    """Give the moment that is meant, in UTC; `now` is in UTC, too.

    A day is over for nobody who rests until it: it is the moment at which it begins.
    Raises ConfigurationError for what is no moment, and for one that is past.
    """
    wanted = typed.strip()
    found = _WHILE.fullmatch(wanted)
    try:
        if found:
            until = now + timedelta(**{_UNITS[found[2]]: float(found[1])})
        else:
            told = datetime.fromisoformat(wanted)
            until = (told if told.tzinfo else told.replace(tzinfo=OSLO)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ConfigurationError(
            f"{typed!r} is no moment. A while (90m, 2h, 3d), a day (2026-12-01), or a "
            "time (2026-12-01T08:00), in Norwegian time where no offset stands."
        ) from None
    if until <= now:
        raise ConfigurationError(
            f"{typed!r} is past: it is {shown(now)} now. Nothing was paused."
        )
    return until
