"""Simulate Tidsbanken: employees, departments, customers and projects.

A gateway asks for its key, counts the calls and picks the database that tb-key names;
behind it stands the service, with errors of another form.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from simulators.kit.exact_json import Record, dumps, loads
from simulators.kit.http import (
    Clock,
    Handler,
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
from simulators.kit.store import Database, Store
from simulators.parts.tidsbanken.fields import ENTITIES
from simulators.parts.tidsbanken.odata import query, selected, shown
from simulators.parts.tidsbanken.records import TidsbankenRecords, bad_request, refused
from simulators.parts.tidsbanken.times import skewed_stamp

SYSTEM = "tidsbanken"
TB_KEY = "simulated-tb-key"
TEST_TB_KEY = "simulated-tb-key-of-the-test-database"
SUBSCRIPTION_KEY = "simulated-subscription-key"


@dataclass(frozen=True)
class Knobs:
    """What the contract assumes and leaves to be set; 0 calls a minute means no limit.

    `stamp_skew` is `fixed-1h` or `follow-oslo-dst`: how wrong the stamps of customers
    and projects are in summer. `unknown_member` is what a PUT does with a member that
    the record does not have: `ignore` or `refuse` it.
    """

    default_top: int = 100
    max_top: int = 1000
    rate_limit_per_minute: int = 300
    stamp_skew: str = "fixed-1h"
    unknown_member: str = "ignore"


DEFAULTS = Knobs()


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give Tidsbanken's simulator; its records stay in `store`.

    Its people work in the production database. The test database is reached over HTTP
    with `TEST_TB_KEY`, and nothing in its answers tells that it is another one.
    """
    skewed = skewed_stamp(knobs.stamp_skew)
    production = store.database(SYSTEM, ENTITIES)
    test = store.database(f"{SYSTEM}-test", ENTITIES)
    unknown = knobs.unknown_member
    records = TidsbankenRecords(production, clock, skewed, unknown)
    of_test = TidsbankenRecords(test, clock, skewed, unknown)
    services = {
        TB_KEY: _service(production, records, knobs),
        TEST_TB_KEY: _service(test, of_test, knobs),
    }
    window = SlidingWindow(knobs.rate_limit_per_minute, 60, clock)
    handler = _signed_in(
        throttled(
            window,
            _by_database(services),
            caller=lambda request: SUBSCRIPTION_KEY,
            too_many=_too_many,
        )
    )
    return Simulator(SYSTEM, production, handler, records, _settings)


def _settings(base_url: str) -> dict[str, str]:
    return {
        "base_url": base_url,
        "tb_key": TB_KEY,
        "subscription_key": SUBSCRIPTION_KEY,
    }


def _signed_in(handler: Handler) -> Handler:
    def answer(request: Request) -> Response:
        if request.headers.get("Ocp-Apim-Subscription-Key") != SUBSCRIPTION_KEY:
            return _from_gateway(401, "The subscription key is missing or unknown")
        return handler(request)

    return answer


def _by_database(services: Mapping[str, Handler]) -> Handler:
    """Hand a request to the database that its tb-key opens."""

    def answer(request: Request) -> Response:
        service = services.get(request.headers.get("tb-key", ""))
        if service is None:
            return _from_gateway(401, "tb-key is missing or unknown")
        if request.headers.get("x-api-version") != "3.0":
            raise refused(400, "UnsupportedApiVersion", "send x-api-version: 3.0")
        return service(request)

    return answer


def _from_gateway(
    status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    body = {"statusCode": status, "message": message}
    return json_response(body, status, headers)


def _too_many(request: Request, seconds: int) -> Response:
    return _from_gateway(429, "Call limit reached", {"Retry-After": str(seconds)})


def _service(database: Database, records: TidsbankenRecords, knobs: Knobs) -> Handler:
    def operations(entity: str) -> "Operations":
        return Operations(entity, database, records, knobs)

    def unknown_path(request: Request) -> Response:
        return refused(404, "NotFound", f"{request.path}: no such path").response

    ansatt, avdeling = operations("ansatt"), operations("avdeling")
    kunde, prosjekt = operations("kunde"), operations("prosjekt")
    routes = [
        Route("GET", "/ansatt/ansatt", ansatt.page),
        Route("PUT", "/ansatt/ansatt", ansatt.replace),
        Route("POST", "/ansatt/ansatte", ansatt.create_several),
        Route("GET", "/ansatt/avdeling", avdeling.page),
        Route("POST", "/ansatt/avdeling", avdeling.create),
        Route("PATCH", "/ansatt/avdeling/(?P<key>.+)", avdeling.merge),
        Route("GET", "/prosjekt/kunde", kunde.page),
        Route("POST", "/prosjekt/kunde", kunde.create),
        Route("PUT", "/prosjekt/kunde", kunde.replace),
        Route("GET", r"/prosjekt/kunde\((?P<literal>.*)\)", kunde.read),
        Route("GET", "/prosjekt/prosjekt", prosjekt.page),
        Route("POST", "/prosjekt/prosjekt", prosjekt.create),
        Route("PUT", "/prosjekt/prosjekt", prosjekt.replace),
    ]
    handler = routed(routes, not_found=unknown_path, ignore_case=True)
    return in_one_commit(database, handler)


@dataclass(frozen=True)
class Operations:
    """The operations on one entity of one database."""

    entity: str
    database: Database
    records: TidsbankenRecords
    knobs: Knobs

    def page(self, request: Request) -> Response:
        """Answer GET of a list: the rows that the query asks for, wrapped in value."""
        options = request.args.to_dict()
        knobs = self.knobs
        with _refusing():
            asked = query(self.entity, options, knobs.default_top, knobs.max_top)
        texts = self.database[self.entity].texts(
            asked.where,
            asked.parameters,
            order_by=asked.order_by,
            limit=asked.limit,
            offset=asked.offset,
        )
        return self._wrapped(request, texts, asked.select)

    def read(self, request: Request, literal: str) -> Response:
        """Answer GET by key path, such as Kunde('K1001')."""
        if not re.fullmatch(r"'(?:[^']|'')*'", literal):
            raise bad_request("the key must be a string in single quotes")
        with _refusing():
            select = selected(self.entity, request.args.get("$select", "*"))
        key = literal[1:-1].replace("''", "'")
        texts = self.database[self.entity].texts("key = ?", (key,))
        if not texts:
            raise refused(404, "NotFound", f"there is no {self.entity} {key}")
        return self._wrapped(request, texts, select)

    def create(self, request: Request) -> Response:
        """Answer POST of one object, with the stored record."""
        record = self.records.create(self.entity, _object(_body(request)))
        return json_response(record, 201)

    def create_several(self, request: Request) -> Response:
        """Answer POST of an array: all of it or nothing, and without a word."""
        for record in _objects(_body(request)):
            self.records.create(self.entity, record)
        return Response(status=204)

    def replace(self, request: Request) -> Response:
        """Answer PUT of an array of whole records: all of it or nothing."""
        for record in _objects(_body(request)):
            self.records.replace(self.entity, record)
        return Response(status=204)

    def merge(self, request: Request, key: str) -> Response:
        """Answer PATCH of one record."""
        self.records.merge(self.entity, key, _object(_body(request)))
        return Response(status=204)

    def _wrapped(
        self, request: Request, texts: list[str], select: list[str] | None
    ) -> Response:
        if select is not None:
            texts = [dumps(shown(loads(text), select)) for text in texts]
        context = f"{request.root_url}$metadata#{self.entity.capitalize()}"
        rows = ",".join(texts)
        return text_response(f'{{"@odata.context":{dumps(context)},"value":[{rows}]}}')


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn a query that cannot be read into the service's 400."""
    try:
        yield
    except ValueError as error:
        raise bad_request(str(error)) from error


def _body(request: Request) -> object:
    return read_json(request, or_refuse=bad_request)


def _object(body: object) -> Record:
    if not isinstance(body, dict):
        raise bad_request("the body must be one object")
    return body


def _objects(body: object) -> list[Record]:
    if not isinstance(body, list) or not body:
        raise bad_request("the body must be an array with at least one object")
    return [_object(record) for record in body]
