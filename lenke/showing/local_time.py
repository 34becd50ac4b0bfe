"""The clock on the wall of who reads: in Norway, whatever zone the machine is in."""

from datetime import datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def shown(moment: datetime) -> str:
    """Give a moment that has a zone as that clock shows it."""
    return f"{moment.astimezone(OSLO):%Y-%m-%d %H:%M}"
