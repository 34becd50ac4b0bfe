"""Simulate CRM-Office: contacts, activities and users.

Little of this system is public, so it is a plain API without the niceties: no echo, no
version, no idempotency, no external reference, deletions that show nowhere.
Its token endpoint has a host of its own in real life; here it is another path.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record
from simulators.kit.http import (
    Clock,
    Route,
    SlidingWindow,
    in_one_commit,
    json_response,
    read_json,
    routed,
    system_clock,
    text_response,
    throttled,
)
from simulators.kit.store import Entity, Parameter, Store, Table
from simulators.parts.crmoffice.records import CrmRecords, refused
from simulators.parts.crmoffice.tokens import (
    CLIENT_ID,
    CLIENT_SECRET,
    CONSENTS,
    REFRESH_TOKENS,
    Tokens,
    signed_in,
)
from simulators.parts.crmoffice.values import local_time, moment

SYSTEM = "crmoffice"
TOKEN_PATH = "/connect/token"  # noqa: S105 - a path

USERS = Entity("users")
CONTACTS = Entity(
    "contacts",
    {
        "number": lambda record: int(record["id"]),
        "modified": lambda record: str(record["modifiedAt"]),
        "searched": lambda record: "\n".join(
            record[name] or "" for name in ("givenName", "familyName", "mobilePhone")
        ).casefold(),
    },
    ("number", "modified"),
)
ACTIVITIES = Entity(
    "activities",
    {
        "number": lambda record: int(record["id"]),
        "owner": lambda record: record["ownerId"],
        "starts": lambda record: record["startsAt"],
    },
    ("number", "owner", "starts"),
)


@dataclass(frozen=True)
class Knobs:
    """What the contract assumes and leaves to be set; 0 calls a minute means no limit.

    `owner_id_refers_to` is `contact` or `user`: whom ownerId must name.
    """

    token_lifetime_seconds: int = 3600
    rotate_refresh_token: bool = True
    default_page_size: int = 100
    max_page_size: int = 200
    rate_limit_per_minute: int = 120
    retry_after_header: bool = False
    owner_id_refers_to: str = "contact"


DEFAULTS = Knobs()


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give CRM-Office's simulator; its records and tokens stay in `store`.

    Beside contacts and activities people may insert `users` (`userName`) and
    `consents` (`code`, an authorization code that can be traded for tokens once).
    """
    database = store.database(
        SYSTEM, [USERS, CONTACTS, ACTIVITIES, REFRESH_TOKENS, CONSENTS]
    )
    owners = {"contact": "contacts", "user": "users"}[knobs.owner_id_refers_to]
    records = CrmRecords(database, clock, owners)
    lifetime = timedelta(seconds=knobs.token_lifetime_seconds)
    tokens = Tokens(database, lifetime, knobs.rotate_refresh_token, clock)
    with database.transaction():
        tokens.newest_refresh_token()

    def users(request: Request) -> Response:
        return json_response(database["users"].select())

    routes = [Route("GET", "/users", users)]
    for entity, conditions in LISTS.items():
        lists = Lists(database[entity], conditions, knobs)
        operations = Operations(entity, records)
        one = rf"/{entity}/(?P<key>[^/]+)"
        routes += [
            Route("GET", f"/{entity}", lists.page),
            Route("POST", f"/{entity}", operations.create),
            Route("GET", one, operations.read),
            Route("PATCH", one, operations.patch),
            Route("DELETE", one, operations.delete),
        ]

    def too_many(request: Request, seconds: int) -> Response:
        headers = {"Retry-After": str(seconds)} if knobs.retry_after_header else None
        page = "<html><body><h1>Too many requests</h1></body></html>"
        return text_response(page, 429, headers, "text/html; charset=utf-8")

    def unknown_path(request: Request) -> Response:
        return refused(404, "not_found", f"{request.path}: no such path").response

    window = SlidingWindow(knobs.rate_limit_per_minute, 60, clock)
    data = signed_in(
        tokens,
        throttled(
            window,
            routed(routes, not_found=unknown_path),
            caller=lambda request: CLIENT_ID,
            too_many=too_many,
        ),
    )

    def answer(request: Request) -> Response:
        signs_in = request.path == TOKEN_PATH
        return tokens.answer(request) if signs_in else data(request)

    def settings(base_url: str) -> dict[str, str]:
        return {
            "base_url": base_url,
            "token_url": base_url + TOKEN_PATH,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "refresh_token": tokens.newest_refresh_token(),
        }

    handler = in_one_commit(database, answer)
    return Simulator(SYSTEM, database, handler, records, settings)


@dataclass(frozen=True)
class Condition:
    """A list parameter: the SQL that it stands for, and how its value is spelt."""

    where: str
    spell: Callable[[str], str]


LISTS: Mapping[str, Mapping[str, Condition]] = {
    "contacts": {
        "modifiedSince": Condition("modified >= ?", moment),
        "search": Condition("instr(searched, ?)", lambda text: text.strip().casefold()),
    },
    "activities": {
        "ownerId": Condition("owner = ?", str),
        "startsAtFrom": Condition("starts >= ?", local_time),
        "startsAtTo": Condition("starts < ?", local_time),
    },
}


@dataclass(frozen=True)
class Lists:
    """The list of one entity; parameters that it does not know are ignored."""

    table: Table
    conditions: Mapping[str, Condition]
    knobs: Knobs

    def page(self, request: Request) -> Response:
        """Answer GET of the list: one page, in id order."""
        number = _counted(request, "page", 1)
        size = _counted(request, "pageSize", self.knobs.default_page_size)
        size = min(size, self.knobs.max_page_size)
        where, parameters = ["true"], list[Parameter]()
        for name, condition in self.conditions.items():
            given = request.args.get(name)
            if not given:
                continue
            try:
                parameters.append(condition.spell(given))
            except (ValueError, OverflowError) as error:
                raise refused(400, "validation", f"{name}: {error}") from error
            where.append(condition.where)
        texts = self.table.texts(
            " and ".join(where),
            parameters,
            order_by="number",
            limit=size,
            offset=(number - 1) * size,
        )
        return text_response('{"items":[' + ",".join(texts) + "]}")


@dataclass(frozen=True)
class Operations:
    """The operations on single records of one entity."""

    entity: str
    records: CrmRecords

    def create(self, request: Request) -> Response:
        """Answer POST: the id, and nothing else of what was stored."""
        stored = self.records.insert(self.entity, _body(request))
        return json_response({"id": stored["id"]}, 201)

    def read(self, request: Request, key: str) -> Response:
        """Answer GET of one record."""
        return json_response(self.records.existing(self.entity, key))

    def patch(self, request: Request, key: str) -> Response:
        """Answer PATCH."""
        self.records.edit(self.entity, key, _body(request))
        return Response(status=204)

    def delete(self, request: Request, key: str) -> Response:
        """Answer DELETE."""
        self.records.remove(self.entity, key, hard=True)
        return Response(status=204)


def _counted(request: Request, name: str, default: int) -> int:
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 10**9):
        raise refused(400, "validation", f"{name}: must be a number from 1")
    return int(given)


def _body(request: Request) -> Record:
    body = read_json(request, or_refuse=lambda words: refused(400, "bad_json", words))
    if not isinstance(body, dict):
        raise refused(400, "validation", "the body must be an object")
    return body
