"""What a request is about: which operation, on which entity, on which record.

It is found from the path and from the records that a simulator keeps, so that nothing
has to be said about a single system.
"""

import re
from dataclasses import dataclass

from werkzeug.wrappers import Request

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record, loads
from simulators.kit.store import Table

OPERATIONS = ("list", "read", "create", "update", "delete", "sign_in")

# The members that make up a key, wherever a system has them; the longest is tried
# first, because a record may have its owner's id in its key.
KEYS = (
    ("ContactId", "Id"),
    ("Id",),
    ("id",),
    ("debtorAccountNumber",),
    ("identificationNumber",),
)

_LITERAL_KEY = re.compile(r"(.*)\('(.*)'\)")
_BY_ID = re.compile(r"Id eq '?([^']+)'?")
_BY_METHOD = {"GET": "read", "DELETE": "delete"}


@dataclass(frozen=True)
class Target:
    """What a request is about; `entity` is '' when its path names none.

    `is_of_list`: its answer is a list, also where it is the lookup of one record.
    """

    operation: str
    entity: str = ""
    record_id: str | None = None
    is_of_list: bool = False


def target_of(simulator: Simulator, request: Request) -> Target:
    """Give what a request is about."""
    if request.path.lower().endswith("/token"):
        return Target("sign_in")
    entity, rest = _entity_and_rest(simulator, request.path)
    if not entity:
        return Target(_BY_METHOD.get(request.method, "update"))
    table = simulator.database[entity]
    if not rest:
        return _of_whole(request, entity, table)
    key = _key(table, rest)
    if request.method == "POST" and key is None:
        return Target("create", entity)
    operation = _BY_METHOD.get(request.method, "update")
    return Target(operation, entity, key or rest[0])


def row_key(table: Table, row: Record) -> str | None:
    """Give the key under which a row of an answer is stored, or None."""
    for names in KEYS:
        if all(row.get(name) is not None for name in names):
            key = "/".join(str(row[name]) for name in names)
            if table.get(key) is not None:
                return key
    return None


def _entity_and_rest(simulator: Simulator, path: str) -> tuple[str, list[str]]:
    """Give the last entity that a path names, and the segments after it."""
    segments: list[str] = []
    for segment in path.strip("/").split("/"):
        literal = _LITERAL_KEY.fullmatch(segment)
        segments += literal.groups() if literal else [segment]
    known = {
        name.lower() + ending: name
        for name in simulator.database.entities
        for ending in ("", "s", "e")
    }
    for place in range(len(segments) - 1, -1, -1):
        if entity := known.get(segments[place].lower()):
            return entity, segments[place + 1 :]
    return "", []


def _of_whole(request: Request, entity: str, table: Table) -> Target:
    """Give the target of a request to the list's own address."""
    if request.method == "POST":
        return Target("create", entity)
    if request.method == "GET":
        by_id = _BY_ID.fullmatch(request.args.get("$filter", ""))
        if by_id:
            return Target("read", entity, by_id[1], is_of_list=True)
        return Target("list", entity, is_of_list=True)
    try:
        body = loads(request.get_data())
    except ValueError:
        body = None
    rows = body if isinstance(body, list) else [body]
    keys = [row_key(table, row) for row in rows if isinstance(row, dict)]
    return Target("update", entity, keys[0] if keys else None)


def _key(table: Table, rest: list[str]) -> str | None:
    for length in range(len(rest), 0, -1):
        key = "/".join(rest[:length])
        if table.get(key) is not None:
            return key
    return None
