"""The customer-built web shop, which keeps to our own contract."""

from dataclasses import dataclass, field

from connections.http.client import Http
from connections.http.runtime import Runtime
from connections.wire import own_contract
from connections.wire.own_contract import endpoint

SYSTEM = "customwebshop"
TENANT = own_contract.TENANT

ENDPOINTS = {
    "customer": endpoint("/customers"),
    "order": endpoint("/orders"),
    "product": endpoint("/products"),
}


@dataclass(frozen=True)
class Settings:
    """What `[sources.customwebshop]` holds; `base_url` goes up to and with /api/v1."""

    base_url: str
    token: str = field(repr=False)
    requests_per_second: float | None = None


def connect(settings: Settings, runtime: Runtime) -> Http:
    """Give a session; nothing is sent yet."""
    return own_contract.connect(SYSTEM, settings, runtime)


def check(http: Http) -> str:
    """Read one customer, the cheapest proof that the token is accepted."""
    return own_contract.check(http, ENDPOINTS["customer"])
