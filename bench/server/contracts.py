"""What each of the six systems answers, as far as Lenke asks: lists and single writes.

Keys and tokens are not looked at, values are kept as they are sent, and a record that
is written gets a new stamp (and version). That is all that a caller can see of a
system which agrees with everything; the simulators are those that say no. Membercare is
not written to: no prepared world needs it, and its members have other names there.
"""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bench.server.table import Record, Table
from bench.server.wire import Answer, Answering, Request, as_json

_NONE = Answer(404, as_json({"message": "no such thing here"}))
_TOKEN = as_json(
    {"access_token": "t", "refresh_token": "b", "expires_in": 86400, "value": "t"}
)
_numbers = count(1)

OnOne = Callable[[Table, str, Request], Answer]


def answering(system: str, tables: Mapping[str, Table]) -> Answering:
    """Give what answers for a system, from its tables by the paths of their lists."""
    in_list, on_one = _LISTS[system], _ONE[system]

    def answer(request: Request) -> Answer:
        path = request.path.lower()
        if path.endswith("/token"):
            return Answer(200, _TOKEN)
        if (table := tables.get(path)) is not None:
            return in_list(table, request)
        for prefix, table in tables.items():
            if path.startswith((f"{prefix}/", f"{prefix}('")):
                key = request.path[len(prefix) :].strip("/")
                return on_one(table, key, request)
        return _NONE

    return answer


def _tidsbanken_list(table: Table, request: Request) -> Answer:
    if request.method == "PUT":
        for record in _body(request):
            _stamped(table, record)
        return Answer(204)
    query = request.query
    first, size = int(query.get("$skip", 0)), min(int(query.get("$top", 100)), 1000)
    wanted = query.get("$filter", "")
    if wanted.startswith("Id eq "):
        row = table.raw(wanted.removeprefix("Id eq ").strip("'"))
        rows = row or b""
    elif wanted:
        since = table.since(wanted.rpartition(" ")[2], inclusive=True)
        rows = b",".join(since[first : first + size])
    else:
        rows = table.page(first, size)
    return Answer(200, b'{"@odata.context":"bench","value":[' + rows + b"]}")


def _tidsbanken_one(table: Table, key: str, request: Request) -> Answer:
    literal = re.fullmatch(r"\('(.*)'\)", key)
    if request.method == "PATCH":
        return _merged(table, key, request, Answer(204))
    row = table.raw(literal[1].replace("''", "'") if literal else key)
    return Answer(200, b'{"value":[' + row + b"]}") if row else _NONE


def _poweroffice_list(table: Table, request: Request) -> Answer:
    number, size = int(request.query.get("PageNumber", 1)), 5000
    first = (number - 1) * size
    since = request.query.get("lastChangedDateTimeOffsetGreaterThan")
    total = len(table)
    if since is None:
        rows = table.page(first, size)
    else:
        changed = table.since(since, inclusive=False)
        total, rows = len(changed), b",".join(changed[first : first + size])
    if not rows:
        return Answer(204)
    more = "next" if first + size < total else ""
    header = f'{{"totalCount":{total},"nextPageLink":"{more}"}}'
    headers = {"X-Pagination": header} if total > size else {}
    return Answer(200, b"[" + rows + b"]", headers)


def _poweroffice_one(table: Table, key: str, request: Request) -> Answer:
    if request.method == "PATCH" and (record := table.get(key)) is not None:
        for step in _body(request):
            if step["op"] != "test":
                record[step["path"].strip("/")] = step["value"]
        return Answer(200, _stamped(table, record))
    return _read(table, key)


def _crmoffice_list(table: Table, request: Request) -> Answer:
    if request.method == "POST":
        known = {"id": str(10**6 + next(_numbers)), "createdAt": _now(table)}
        _stamped(table, known | _body(request))
        return Answer(201, as_json({"id": known["id"]}))
    query = request.query
    size = min(int(query.get("pageSize", 100)), 200)
    first = (int(query.get("page", 1)) - 1) * size
    rows = table.page(first, size)
    if since := query.get("modifiedSince"):
        changed = table.since(since, inclusive=True)
        rows = b",".join(changed[first : first + size])
    return Answer(200, b'{"items":[' + rows + b"]}")


def _crmoffice_one(table: Table, key: str, request: Request) -> Answer:
    if request.method == "PATCH":
        return _merged(table, key, request, Answer(204))
    return _read(table, key)


def _membercare_list(table: Table, request: Request) -> Answer:
    size, number = int(request.query["pageSize"]), int(request.query.get("page", 1))
    link = f"http://{request.headers['host']}{request.path}"
    link += f"?pageSize={size}&page={number + 1}"
    following = as_json(link if number * size < len(table) else None)
    rows = table.page((number - 1) * size, size)
    return Answer(200, b'{"result":[' + rows + b'],"nextPageUrl":' + following + b"}")


def _own_list(table: Table, request: Request) -> Answer:
    if request.method == "POST":
        now = _now(table)
        known = {"id": str(uuid.uuid4()), "version": 0, "createdAt": now}
        known |= {"deletedAt": None}
        return Answer(201, _stamped(table, known | _body(request)))
    query = request.query
    first, limit = int(query.get("cursor", 0)), int(query.get("limit", 100))
    total = len(table)
    if reference := query.get("externalReference"):
        found = table.having(lambda one: one["externalReference"] == reference)
        total, rows = 0, b",".join(found)
    elif since := query.get("updatedSince"):
        changed = table.since(since, inclusive=True)
        total, rows = len(changed), b",".join(changed[first : first + limit])
    else:
        rows = table.page(first, limit)
    following = as_json(str(first + limit) if first + limit < total else None)
    return Answer(200, b'{"data":[' + rows + b'],"nextCursor":' + following + b"}")


def _own_one(table: Table, key: str, request: Request) -> Answer:
    if request.method == "PATCH":
        return _merged(table, key, request, None)
    return _read(table, key)


def _read_only(table: Table, key: str, request: Request) -> Answer:
    return _read(table, key) if request.method == "GET" else _NONE


def _read(table: Table, key: str) -> Answer:
    row = table.raw(key)
    return Answer(200, row) if row else _NONE


def _merged(table: Table, key: str, request: Request, said: Answer | None) -> Answer:
    """Keep a merge patch; answer with the record unless something else is `said`."""
    record = table.get(key)
    if record is None:
        return _NONE
    row = _stamped(table, _patched(record, _body(request)))
    return said or Answer(200, row)


def _patched(record: Record, patch: Record) -> Record:
    inner = {
        name: _patched(record.get(name) or {}, value)
        for name, value in patch.items()
        if isinstance(value, dict)
    }
    return {**record, **patch, **inner}


def _stamped(table: Table, record: Record) -> bytes:
    changed: Record = {table.kind.stamp: _now(table)}
    if "version" in record:
        changed["version"] = record["version"] + 1
    return table.put({**record, **changed})


def _body(request: Request) -> Any:
    return json.loads(request.body)


def _now(table: Table) -> str:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    return moment + table.kind.zone


_LISTS: Mapping[str, Callable[[Table, Request], Answer]] = {
    "tidsbanken": _tidsbanken_list,
    "powerofficego": _poweroffice_list,
    "crmoffice": _crmoffice_list,
    "membercare": _membercare_list,
    "customwebshop": _own_list,
    "custompms": _own_list,
}
_ONE: Mapping[str, OnOne] = {
    "tidsbanken": _tidsbanken_one,
    "powerofficego": _poweroffice_one,
    "crmoffice": _crmoffice_one,
    "membercare": _read_only,
    "customwebshop": _own_one,
    "custompms": _own_one,
}
