"""Our own contract, over HTTP.

Paging by cursor, deltas with tombstones, versions as ETags, retries by key and problem
details are the same in every system that keeps to it; each describes its entities as a
`Resource`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Before, Simulator
from simulators.kit.exact_json import Record
from simulators.kit.http import (
    Clock,
    Handler,
    Route,
    SlidingWindow,
    in_one_commit,
    json_response,
    read_json,
    routed,
    throttled,
)
from simulators.kit.store import Store
from simulators.own_contract.idempotency import KEYS, idempotent
from simulators.own_contract.paging import Pages, page
from simulators.own_contract.problems import Refuse
from simulators.own_contract.records import Records, Resource

BASE = "/api/v1"
MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True)
class Knobs:
    """What the contract leaves to be set; 0 calls a minute means no limit.

    With `commit_skew_ms`, every second change appears that long after its updatedAt.
    """

    default_limit: int = 100
    max_limit: int = 500
    cursor_lifetime_minutes: int = 60
    idempotency_key_lifetime_hours: int = 24
    rate_limit_per_minute: int = 600
    commit_skew_ms: int = 0


def simulate_cursor_api(
    system: str,
    resources: Sequence[Resource],
    store: Store,
    knobs: Knobs,
    clock: Clock,
    refuse: Refuse,
) -> Simulator:
    """Give the simulator of a system with these entities."""
    token = f"simulated-{system}-token"
    tables = [resource.table for resource in resources]
    database = store.database(system, [*tables, KEYS])
    by_entity = {resource.entity: resource for resource in resources}
    skew = timedelta(milliseconds=knobs.commit_skew_ms)
    records = Records(database, by_entity, clock, skew, refuse)
    pages = Pages(
        knobs.default_limit,
        knobs.max_limit,
        timedelta(minutes=knobs.cursor_lifetime_minutes),
    )

    def listed(resource: Resource) -> Handler:
        table, filters = database[resource.entity], resource.every_filter
        return lambda request: page(request, table, filters, pages, clock, refuse)

    def too_many(request: Request, seconds: int) -> Response:
        return refuse(
            "too-many-requests",
            f"Wait {seconds} seconds.",
            headers={"Retry-After": str(seconds)},
        ).response

    def unknown_path(request: Request) -> Response:
        return refuse("not-found", f"There is no {request.path}.").response

    routes: list[Route] = []
    for resource in resources:
        every, one = f"{BASE}/{resource.path}", f"{BASE}/{resource.path}/(?P<key>[^/]+)"
        operations = Operations(resource.entity, records, refuse)
        routes += [
            Route("GET", every, listed(resource)),
            Route("POST", every, operations.create),
            Route("GET", one, operations.read),
            Route("PATCH", one, operations.patch),
            Route("DELETE", one, operations.delete),
        ]
    handler = in_one_commit(database, routed(routes, not_found=unknown_path))
    handler = idempotent(
        database,
        handler,
        lifetime=timedelta(hours=knobs.idempotency_key_lifetime_hours),
        clock=clock,
        refuse=refuse,
    )
    window = SlidingWindow(knobs.rate_limit_per_minute, 60, clock)
    handler = throttled(window, handler, caller=lambda _: token, too_many=too_many)
    return Simulator(
        system,
        database,
        signed_in(token, handler, refuse),
        records,
        lambda base_url: {"base_url": base_url + BASE, "token": token},
    )


def down_for_maintenance(refuse: Refuse, seconds: int) -> Before:
    """Give a hook that answers every request with 503 and Retry-After."""

    def answer(request: Request) -> Response:
        headers = {"Retry-After": str(seconds)}
        return refuse("maintenance", "Come back later.", headers=headers).response

    return answer


def signed_in(token: str, handler: Handler, refuse: Refuse) -> Handler:
    """Let only requests with the token through."""

    def answer(request: Request) -> Response:
        if request.headers.get("Authorization") == f"Bearer {token}":
            return handler(request)
        raise refuse(
            "unauthorized",
            "Send Authorization: Bearer and the token.",
            headers={"WWW-Authenticate": "Bearer"},
        )

    return answer


class Operations:
    """The operations on single records of one entity."""

    def __init__(self, entity: str, records: Records, refuse: Refuse) -> None:
        """Change records by their rules; refuse what HTTP forbids."""
        self._entity = entity
        self._records = records
        self._refuse = refuse

    def create(self, request: Request) -> Response:
        """Answer POST."""
        record = self._records.insert(self._entity, self._body(request))
        location = f"{request.path}/{record['id']}"
        return _answer(record, 201, {"Location": location})

    def read(self, request: Request, key: str) -> Response:
        """Answer GET of one record."""
        return _answer(self._records.existing(self._entity, key))

    def patch(self, request: Request, key: str) -> Response:
        """Answer PATCH."""
        old = self._records.existing(self._entity, key)
        if request.mimetype != MERGE_PATCH:
            raise self._refuse("unsupported-media-type", f"Send {MERGE_PATCH}.")
        self._check_version(request, old)
        return _answer(self._records.edit(self._entity, key, self._body(request)))

    def delete(self, request: Request, key: str) -> Response:
        """Answer DELETE."""
        mode = request.args.get("mode", "soft")
        if mode not in ("soft", "hard"):
            raise self._refuse("invalid-parameter", "mode: must be soft or hard")
        self._check_version(request, self._records.existing(self._entity, key))
        self._records.remove(self._entity, key, hard=mode == "hard")
        return Response(status=204)

    def _check_version(self, request: Request, record: Record) -> None:
        """Refuse a write that does not name the version that it changes."""
        wanted = request.headers.get("If-Match")
        if wanted is None:
            raise self._refuse("if-match-missing", "Send If-Match with the ETag.")
        current = _etag(record)
        tags = [tag.strip() for tag in wanted.split(",")]
        if current not in tags and wanted.strip() != "*":
            raise self._refuse(
                "stale",
                f"{record['id']} is at version {record['version']}.",
                headers={"ETag": current},
            )

    def _body(self, request: Request) -> Record:
        refuse = self._refuse
        body = read_json(request, or_refuse=lambda words: refuse("malformed", words))
        if not isinstance(body, dict):
            errors = [{"pointer": "", "detail": "must be an object"}]
            raise refuse("validation", "The body must be an object.", errors=errors)
        return body


def _etag(record: Record) -> str:
    return f'"{record["version"]}"'


def _answer(
    record: Record, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return json_response(record, status, {"ETag": _etag(record), **(headers or {})})
