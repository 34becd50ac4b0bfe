"""The clock on the wall of who reads: in Norway, whatever zone the machine is in."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_IN_UTC = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def shown(moment: datetime) -> str:
    """Give a moment as that clock shows it; one without a zone is in UTC."""
    told = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{told.astimezone(OSLO):%Y-%m-%d %H:%M}"


def shown_in(words: str) -> str:
    """Give words of ours with each moment in them as that clock shows it."""
    return _IN_UTC.sub(lambda found: shown(datetime.fromisoformat(found[0])), words)
