"""Simulate Membercare: companies, organizations, invoices and products of its members.

Beside them stand `persons`: they can pay invoices, one of them is impersonated, and no
operation of this contract but `/debtors` shows them.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Request, Response

from simulators.kit.core import Simulator
from simulators.kit.expiring_tokens import ExpiringTokens
from simulators.kit.http import (
    Clock,
    Route,
    SlidingWindow,
    in_one_commit,
    json_response,
    routed,
    system_clock,
    throttled,
)
from simulators.kit.store import Store
from simulators.parts.membercare.companies import Debtors
from simulators.parts.membercare.company_api import CompanyOperations
from simulators.parts.membercare.debtors import COMPANIES, PERSONS
from simulators.parts.membercare.invoices import INVOICES
from simulators.parts.membercare.other_api import OtherOperations
from simulators.parts.membercare.pages import Paging
from simulators.parts.membercare.records import (
    ORGANIZATIONS,
    PRODUCTS,
    MembercareRecords,
)
from simulators.parts.membercare.tokens import (
    CLIENT_API_KEY,
    PERSON_TO_IMPERSONATE,
    SignIn,
    signed_in,
)
from simulators.parts.membercare.values import local_stamp

SYSTEM = "membercare"
BASE = "/api/v1"
ENTITIES = [COMPANIES, PERSONS, ORGANIZATIONS, INVOICES, PRODUCTS]


@dataclass(frozen=True)
class Knobs:
    """What the contract leaves to be set; 0 calls a minute means no limit.

    `next_keeps_query` is what the links to other pages keep of the first request:
    `pageSize`, which is all that has been seen, or `all`.
    """

    default_page_size: int = 50
    max_page_size: int = 200
    token_lifetime_minutes: int = 60
    rate_limit_per_minute: int = 0
    server_time_zone: str = "Europe/Oslo"
    next_keeps_query: str = "pageSize"


DEFAULTS = Knobs()


def simulate(
    store: Store, knobs: Knobs = DEFAULTS, clock: Clock = system_clock
) -> Simulator:
    """Give Membercare's simulator; its records stay in `store`, its tokens do not."""
    database = store.database(SYSTEM, ENTITIES)
    zone = ZoneInfo(knobs.server_time_zone)

    def now() -> str:
        return local_stamp(clock(), zone)

    records = MembercareRecords(database, now, Debtors(database, now))
    with database.transaction():
        if database["persons"].get(PERSON_TO_IMPERSONATE) is None:
            name = "Integrasjon"
            person = {"debtorAccountNumber": PERSON_TO_IMPERSONATE, "name": name}
            records.insert("persons", person)
    lifetime = timedelta(minutes=knobs.token_lifetime_minutes)
    data = routed(_routes(records, knobs), not_found=_nothing)
    tokens = ExpiringTokens(lifetime, clock)
    sign_in = SignIn(database["persons"], tokens, zone)
    signs_in = routed(
        [
            Route("GET", BASE + "/token", sign_in.answer_get),
            Route("POST", BASE + "/token", sign_in.answer_post),
        ],
        not_found=signed_in(tokens, data),
    )
    window = SlidingWindow(knobs.rate_limit_per_minute, 60, clock)
    handler = throttled(
        window, signs_in, caller=lambda request: CLIENT_API_KEY, too_many=_too_many
    )
    return Simulator(
        SYSTEM, database, in_one_commit(database, handler), records, _settings
    )


def _settings(base_url: str) -> dict[str, str]:
    return {
        "base_url": base_url + BASE,
        "client_api_key": CLIENT_API_KEY,
        "person_to_impersonate": PERSON_TO_IMPERSONATE,
    }


def _nothing(request: Request) -> Response:
    return Response(status=404)


def _too_many(request: Request, seconds: int) -> Response:
    return json_response("Too many calls", 429)


def _routes(records: MembercareRecords, knobs: Knobs) -> list[Route]:
    paging = Paging(
        knobs.default_page_size, knobs.max_page_size, knobs.next_keeps_query
    )
    companies = CompanyOperations(records, paging)
    others = OtherOperations(records, paging)
    company = "/companies/(?P<key>[^/]+)"
    number = company + "/registrationNumbers/norwegianCompanyNumber"
    one = "/(?P<key>[^/]+)"
    routes = [
        Route("GET", "/debtors", companies.changed_debtors),
        Route("GET", "/companies", companies.page),
        Route("POST", "/companies", companies.create),
        Route("GET", "/companies/search", companies.search),
        Route("GET", company, companies.read),
        Route("PUT", company, companies.put),
        Route("PATCH", company, companies.patch),
        Route("POST", company + "/contacts", companies.add_contacts),
        Route("POST", company + "/addresses", companies.add_addresses),
        Route("POST", number, companies.add_org_number),
        Route("PUT", number, companies.put_org_number),
        Route("POST", company + "/foreignSystem/(?P<system>[0-9]+)", companies.link),
        Route("GET", "/foreignSystems/(?P<system>[0-9]+)/companies", companies.linked),
        Route("GET", "/organizations", others.organizations),
        Route("POST", "/organizations", others.create_organization),
        Route("GET", "/organizations" + one, others.read("organizations")),
        Route("PATCH", "/organizations" + one, others.patch_organization),
        Route("GET", "/invoices", others.invoices),
        Route("PATCH", "/invoices", others.patch_invoices),
        Route("GET", "/invoices" + one, others.read("invoices")),
        Route("PATCH", "/invoices" + one, others.patch_invoice),
        Route("PUT", "/invoices" + one, others.patch_invoice),
        Route("GET", "/debtors" + one + "/invoices", others.invoices_of_payer),
        Route("GET", "/products", others.products),
        Route("GET", "/products" + one, others.read("products")),
    ]
    return [Route(route.method, BASE + route.path, route.operation) for route in routes]
