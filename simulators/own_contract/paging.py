"""Lists: filters, cursors and their order.

A cursor is the JSON of what the next page needs, so that it outlives a restart.
"""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.wrappers import Request, Response

from simulators.kit.exact_json import dumps, loads
from simulators.kit.http import Clock, text_response
from simulators.kit.store import Table
from simulators.own_contract.problems import Refuse

INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


@dataclass(frozen=True)
class Filter:
    """A list parameter that picks the records whose `column` has the value.

    `spell` gives the value as the column has it; a ValueError refuses the parameter.
    """

    column: str
    spell: Callable[[str], str] = str.strip


@dataclass(frozen=True)
class Pages:
    """How lists are cut."""

    default_limit: int
    max_limit: int
    lifetime: timedelta


def stamp(moment: datetime) -> str:
    """Give a moment as these systems write it: UTC with Z and three digits."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def page(
    request: Request,
    table: Table,
    filters: Mapping[str, Filter],
    pages: Pages,
    clock: Clock,
    refuse: Refuse,
) -> Response:
    """Answer a list request, ordered by updatedAt and id."""
    now = clock()
    cursor = request.args.get("cursor")
    if cursor is None:
        wanted = _wanted(request, filters, refuse)
        default = pages.default_limit
    else:
        wanted = _opened(cursor, request.path, now - pages.lifetime, refuse)
        default = wanted["limit"]
    limit = wanted["limit"] = _limit(request, default, pages.max_limit, refuse)
    where, parameters = _conditions(wanted, filters)
    texts = table.texts(where, parameters, order_by="updated, key", limit=limit + 1)
    following = "null"
    if len(texts) > limit:
        last = loads(texts[limit - 1])
        wanted["after"] = [last["updatedAt"], last["id"]]
        following = dumps(_sealed(wanted, request.path, now))
    rows = ",".join(texts[:limit])
    return text_response(f'{{"data":[{rows}],"nextCursor":{following}}}')


def _wanted(
    request: Request, filters: Mapping[str, Filter], refuse: Refuse
) -> dict[str, Any]:
    """Give what a first call asks for, its values spelt as the columns have them."""
    since = request.args.get("updatedSince")
    values = {}
    for name in filters.keys() & request.args.keys():
        try:
            values[name] = filters[name].spell(request.args[name])
        except ValueError as error:
            raise refuse("invalid-parameter", f"{name}: {error}") from error
    return {
        "deleted": _flag(request, "includeDeleted", refuse),
        "since": since and _instant(since, "updatedSince", refuse),
        "values": values,
        "after": None,
    }


def _conditions(
    wanted: Mapping[str, Any], filters: Mapping[str, Filter]
) -> tuple[str, list[str]]:
    """Give the SQL that picks what is wanted, and its parameters."""
    conditions, parameters = ["true"], []
    if not wanted["deleted"]:
        conditions.append("deleted = 0")
    if wanted["since"]:
        conditions.append("updated >= ?")
        parameters.append(wanted["since"])
    for name, value in wanted["values"].items():
        conditions.append(f"{filters[name].column} = ?")
        parameters.append(value)
    if wanted["after"]:
        conditions.append("(updated, key) > (?, ?)")
        parameters.extend(wanted["after"])
    return " and ".join(conditions), parameters


def _sealed(wanted: Mapping[str, Any], path: str, now: datetime) -> str:
    """Give the cursor that carries on with `wanted`."""
    content = dumps({**wanted, "path": path, "made": now.isoformat()})
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _opened(cursor: str, path: str, oldest: datetime, refuse: Refuse) -> dict[str, Any]:
    """Give what a cursor carries, unless it is foreign or too old."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        wanted: dict[str, Any] = loads(base64.urlsafe_b64decode(padded))
        made = datetime.fromisoformat(wanted["made"])
        ours = wanted["path"] == path
    except (ValueError, KeyError, TypeError) as error:
        raise refuse("cursor-invalid", "This is no cursor.") from error
    if not ours:
        raise refuse("cursor-invalid", f"This cursor belongs to {wanted['path']}.")
    if made <= oldest:
        raise refuse(
            "cursor-expired", "Start over from the watermark that was saved last."
        )
    return wanted


def _limit(request: Request, default: int, highest: int, refuse: Refuse) -> int:
    given = request.args.get("limit")
    if given is None:
        return default
    if not re.fullmatch("[0-9]{1,9}", given) or not 1 <= int(given) <= highest:
        raise refuse("invalid-parameter", f"limit: must be 1 to {highest}")
    return int(given)


def _flag(request: Request, name: str, refuse: Refuse) -> bool:
    given = request.args.get(name, "false")
    if given not in ("true", "false"):
        raise refuse("invalid-parameter", f"{name}: must be true or false")
    return given == "true"


def _instant(given: str, name: str, refuse: Refuse) -> str:
    """Give a moment as the stamps are written, rounded up to a millisecond."""
    try:
        if not INSTANT.fullmatch(given):
            raise ValueError("must be a date and time with Z or an offset")
        moment = datetime.fromisoformat(given.upper())
        beyond = -moment.microsecond % 1000
        return stamp(moment + timedelta(microseconds=beyond))
    except (ValueError, OverflowError) as error:
        raise refuse("invalid-parameter", f"{name}: {error}") from error
