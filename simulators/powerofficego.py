"""Simulate PowerOffice Go (API v2): employees, customers and their contact persons.

Employees and customers are roles of contacts. What a contact has in the books is in
`ledger`, which no operation shows: people insert `{"ContactId": ..., "Balance": ...}`.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from simulators.kit.expiring_tokens import ExpiringTokens
from simulators.kit.http import (
    Clock,
    Handler,
    Route,
    SlidingWindow,
    in_one_commit,
    json_response,
    routed,
    system_clock,
    throttled,
)
from simulators.kit.store import Store
from simulators.parts.powerofficego.api import Operations, showing
from simulators.parts.powerofficego.lists import Paging
from simulators.parts.powerofficego.members import MEMBERS
from simulators.parts.powerofficego.privileges import integration, not_granted
from simulators.parts.powerofficego.problems import refused
from simulators.parts.powerofficego.records import PowerOfficeRecords
from simulators.parts.powerofficego.replica import Tables, entities

SYSTEM = "powerofficego"
APPLICATION_KEY = "simulated-application-key"
CLIENT_KEY = "simulated-client-key"
SUBSCRIPTION_KEY = "simulated-subscription-key"
METHODS = ("GET", "POST", "PATCH", "DELETE")
PATHS = {
    "employees": "Employees",
    "customers": "Customers",
    "contactperson": "ContactPersons",
}


@dataclass(frozen=True)
class Knobs:
    """What may differ between installations; 0 calls a second means no limit.

    `environment` stands in every path, `""` or `/Demo`. `not_granted` names entities
    that the client company has not granted the privilege for, `not_granted_as` how they
    are refused: `silent` (403 without a body), `problem` (403 with one) or `400`.
    `next_link_host` is `own` or `foreign`: whether the next page's link is one that can
    be followed. The series are the lowest and highest Number of each role. `patch_test`
    is `accept`, or `refuse` where a patch that holds a `test` is answered with 400.
    """

    token_lifetime_seconds: int = 1200
    rate_limit_per_second: int = 10
    retry_after_header: bool = False
    default_page_size: int = 5000
    max_page_size: int = 20000
    read_lag_ms: int = 0
    masked_identity: bool = True
    contact_person_ssn: bool = True
    environment: str = ""
    not_granted: tuple[str, ...] = ()
    not_granted_as: str = "silent"
    next_link_host: str = "own"
    dates_carry_times: bool = False
    patch_test: str = "accept"
    employee_numbers: tuple[int, int] = (1, 9_999_999)
    customer_numbers: tuple[int, int] = (10_000, 9_999_999)


DEFAULTS = Knobs()


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give PowerOffice Go's simulator; its records stay in `store`, tokens do not."""
    database = store.database(SYSTEM, list(entities()))
    tables = Tables(database, timedelta(milliseconds=knobs.read_lag_ms), clock)
    series = {"employees": knobs.employee_numbers, "customers": knobs.customer_numbers}
    records = PowerOfficeRecords(tables, series, clock)
    tokens = ExpiringTokens(timedelta(seconds=knobs.token_lifetime_seconds), clock)

    def token(request: Request) -> Response:
        return _token(request, tokens, knobs)

    def unknown_path(request: Request) -> Response:
        return refused(404, f"{request.path}: no such path").response

    def too_many(request: Request, seconds: int) -> Response:
        headers = {"Retry-After": str(seconds)} if knobs.retry_after_header else None
        return Response(status=429, headers=headers)

    routes = _routes(records, knobs)
    data = _signed_in(tokens, routed(routes, not_found=unknown_path, ignore_case=True))
    sign_in = Route("POST", knobs.environment + "/OAuth/Token", token)
    window = SlidingWindow(knobs.rate_limit_per_second, 1, clock)
    handler = _subscribed(
        throttled(
            window,
            routed([sign_in], not_found=data, ignore_case=True),
            caller=lambda request: SUBSCRIPTION_KEY,
            too_many=too_many,
        )
    )

    def settings(base_url: str) -> dict[str, str]:
        return {
            "base_url": base_url + knobs.environment,
            "application_key": APPLICATION_KEY,
            "client_key": CLIENT_KEY,
            "subscription_key": SUBSCRIPTION_KEY,
        }

    handler = in_one_commit(database, handler)
    return Simulator(SYSTEM, database, handler, records, settings)


def _subscribed(handler: Handler) -> Handler:
    """Let only requests with the subscription key through."""

    def answer(request: Request) -> Response:
        if request.headers.get("Ocp-Apim-Subscription-Key") != SUBSCRIPTION_KEY:
            return Response(status=401)
        return handler(request)

    return answer


def _signed_in(tokens: ExpiringTokens, handler: Handler) -> Handler:
    """Let only requests with a token that is in date through."""

    def answer(request: Request) -> Response:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not tokens.accepts(token):
            return Response(status=401)
        return handler(request)

    return answer


def _token(request: Request, tokens: ExpiringTokens, knobs: Knobs) -> Response:
    pair = base64.b64encode(f"{APPLICATION_KEY}:{CLIENT_KEY}".encode()).decode()
    if request.headers.get("Authorization") != f"Basic {pair}":
        return json_response({"error": "invalid_client"}, 400)
    if request.form.get("grant_type") != "client_credentials":
        return json_response({"error": "unsupported_grant_type"}, 400)
    value, _ = tokens.new()
    return json_response(
        {
            "access_token": value,
            "expires_in": knobs.token_lifetime_seconds,
            "token_type": "bearer",
        }
    )


def _routes(records: PowerOfficeRecords, knobs: Knobs) -> list[Route]:
    about = f"{knobs.environment}/v2/ClientIntegrationInformation"
    routes = [Route("GET", about, integration(PATHS, knobs.not_granted))]
    paging = Paging(knobs.default_page_size, knobs.max_page_size, knobs.next_link_host)
    show = showing(
        masked_identity=knobs.masked_identity,
        contact_person_ssn=knobs.contact_person_ssn,
        dates_carry_times=knobs.dates_carry_times,
    )
    for entity, name in PATHS.items():
        whole = f"{knobs.environment}/v2/{name}"
        if entity in knobs.not_granted:
            every, refuse = f"{whole}(?:/.*)?", not_granted(knobs.not_granted_as)
            routes += [Route(method, every, refuse) for method in METHODS]
            continue
        members = dict(MEMBERS[entity])
        if not knobs.contact_person_ssn:
            members.pop("SocialSecurityNumber", None)
        takes_tests = knobs.patch_test == "accept"
        operations = Operations(entity, records, members, paging, show, takes_tests)
        one = f"{whole}/(?P<key>[^/]+)"
        create = Route("POST", whole, operations.create)
        if entity == "contactperson":
            one = f"{whole}/(?P<key>[^/]+/[^/]+)"
            owned = f"{whole}/(?P<owner>[^/]+)"
            create = Route("POST", owned, operations.create_owned)
        routes += [
            create,
            Route("GET", whole, operations.page),
            Route("GET", one, operations.read),
            Route("PATCH", one, operations.patch),
            Route("DELETE", one, operations.delete),
        ]
    return routes
