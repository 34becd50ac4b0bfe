"""What a member of Membercare's records may hold; null clears every one of them.

Times are the server's local time without offset, in whole seconds.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from simulators.kit.checks import Check, an_object, checked, integer, one_of, text
from simulators.kit.exact_json import Record

LocalTime = Callable[[], str]

FINANCE_STATUS = (-1, 0, 1, 2, 3)
CONTACT_TYPES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13)
_TIME = re.compile(
    r"(?P<local>\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?)(?P<fraction>\.\d+)?"
    r"(?P<offset>Z|[+ -]\d\d:?\d\d)?",
    re.ASCII,
)


def local_stamp(moment: datetime, zone: ZoneInfo) -> str:
    """Give a moment as the server's clock on the wall shows it."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def local_time(value: object) -> str:
    """Give a local time; an offset behind it is ignored. Raises ValueError."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("must be a time, yyyy-MM-ddTHH:mm:ss")
    try:
        return datetime.fromisoformat(found["local"]).isoformat()
    except ValueError as error:
        raise ValueError("is no time that there is") from error


def category(value: object) -> Record:
    """Take a category, of which only the id counts."""
    given = an_object(value)
    return {
        "id": integer(given.get("id")),
        "description": given.get("description"),
        "valid": given.get("valid", True),
    }


CONTACT: Mapping[str, Check] = {
    "type": one_of(*CONTACT_TYPES),
    "value": text(100),
    "start": local_time,
    "end": local_time,
}
ADDRESS: Mapping[str, Check] = {
    "careOf": text(),
    "street": text(),
    "number": text(),
    "letter": text(),
    "postOfficeBox": text(),
    "postalCode": an_object,
    "country": an_object,
    "addressType": one_of(0, 1, 2, 3, 4, 5),
    "start": local_time,
    "end": local_time,
}
ORG_NUMBER: Mapping[str, Check] = {
    "number": text(9),
    "start": local_time,
    "end": local_time,
}


def contact(given: object, new_id: Callable[[], int], now: str) -> Record:
    """Give a contact as it is stored; type and value are needed."""
    known = checked(CONTACT, an_object(given))
    if known.get("type") is None or not known.get("value"):
        raise ValueError("a contact needs type and value")
    return {"id": new_id(), **dict.fromkeys(CONTACT), **known, "lastChange": now}


def address(given: object, new_id: Callable[[], int], now: str) -> Record:
    """Give an address as it is stored, with its first line derived."""
    entered = checked(ADDRESS, an_object(given))
    known: Record = {**dict.fromkeys(ADDRESS), "addressType": 0, **entered}
    parts = [known["street"], known["number"], known["letter"]]
    line = " ".join(part for part in parts if part) or known["postOfficeBox"]
    return {"id": new_id(), **known, "addressLineOne": line, "lastChange": now}


def org_number(given: object, new_id: Callable[[], int]) -> Record:
    """Give a registration number as it is stored; the number is needed."""
    known = checked(ORG_NUMBER, an_object(given))
    if not known.get("number"):
        raise ValueError("number is missing")
    return {"id": new_id(), **dict.fromkeys(ORG_NUMBER), **known}
