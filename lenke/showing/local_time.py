"""The clock on the wall of who reads: in Norway, whatever zone the machine is in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def shown(moment: datetime) -> str:
    """Give a moment as that clock shows it; one without a zone is in UTC."""
    told = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{told.astimezone(OSLO):%Y-%m-%d %H:%M}"
