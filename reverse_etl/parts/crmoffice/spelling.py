"""How CRM-Office stores what it is sent (its contract, all of it assumed).

Only the search for an unsettled create needs this: it compares what was sent with what
is there. The rules may be applied twice without harm.
"""

import re
from datetime import datetime
from typing import Any

from connections.wire.stamps import OSLO

_LONGEST = {
    "familyName": 60,
    "givenName": 60,
    "mobilePhone": 20,
    "email": 100,
    "subject": 200,
    "body": 4000,
}
_LOCAL_TIMES = ("startsAt", "endsAt")


def as_stored(member: str, value: Any) -> str | None:
    """Give what is stored of a value: trimmed, cut, phones and times respelt."""
    text = "" if value is None else str(value).strip()
    if member == "mobilePhone":
        text = _phone(text)
    elif member in _LOCAL_TIMES:
        local = local_time(text)
        text = local.isoformat() if local else text
    return text[: _LONGEST.get(member)].strip() or None


def local_time(text: str) -> datetime | None:
    """Read a time as Norwegian local time in whole seconds; None if it is no time."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    local = time.astimezone(OSLO) if time.tzinfo else time
    return local.replace(tzinfo=None, microsecond=0)


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    return "+" + digits[2:] if digits.startswith("00") else digits
