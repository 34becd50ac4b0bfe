"""Membercare v1: a client key and a person to impersonate become a token, which goes in
a header of that name. Every change is logged as made by that person.

The key is sent by POST: the GET form would put it into addresses and so into logs. The
token's `expiration` has no offset, so a 401 says when to sign in anew.
"""

from dataclasses import dataclass, field

from connections.http.client import Http
from connections.http.errors import ContractChanged, SignInRefused
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials
from connections.wire.endpoint import Endpoint
from connections.wire.stamps import oslo

SYSTEM = "membercare"
LIMIT = Limit(requests=50, seconds=1.0)  # none is known; this is courtesy
# The client key is of one association; whom it acts for is not.
TENANT = ("base_url", "client_api_key")


def _endpoint(path: str, key: str) -> Endpoint:
    # Its date-times are Norwegian local time without an offset (assumed).
    return Endpoint(path, key=(key,), stamp="lastChange", spelt=oslo)


ENDPOINTS = {
    "companies": _endpoint("/companies", "debtorAccountNumber"),
    "organizations": _endpoint("/organizations", "identificationNumber"),
    "invoices": _endpoint("/invoices", "id"),
    "products": _endpoint("/products", "id"),
}


@dataclass(frozen=True)
class Settings:
    """What `[sources.membercare]` holds; `base_url` goes up to and with `/api/v1`."""

    base_url: str
    client_api_key: str = field(repr=False)
    person_to_impersonate: str
    requests_per_second: float | None = None


def connect(settings: Settings, runtime: Runtime) -> Http:
    """Give a session; the first request signs in."""
    rate = settings.requests_per_second
    return Http(
        SYSTEM,
        settings.base_url,
        sign_in=lambda http: _sign_in(http, settings),
        limit=per_second(rate) if rate else LIMIT,
        runtime=runtime,
        secrets=[settings.client_api_key],
    )


def check(http: Http) -> str:
    """Read one product, the cheapest proof that the token is accepted."""
    check_keys(http.get(ENDPOINTS["products"].path, params={"pageSize": 1}))
    return "the client key is accepted"


def _sign_in(http: Http, settings: Settings) -> Credentials:
    answer = http.ask_for_token(
        f"{http.base_url}/token",
        json={
            "clientApiKey": settings.client_api_key,
            "personToImpersonate": settings.person_to_impersonate,
        },
        may_repeat=True,
    )
    if answer.status != 200:
        raise SignInRefused(
            f"{SYSTEM}: the sign-in was answered {answer.status}. Check client_api_key "
            f"and person_to_impersonate. {answer.words}".strip()
        )
    body = answer.json()
    token = body.get("value") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token:
        raise ContractChanged(f"{SYSTEM}: the sign-in answered without a token value.")
    return Credentials(headers={"token": token}, secrets=(token,))
