"""The customer-built web shop: a long-lived bearer token.

Our own contract allows 600 calls a minute.
"""

from dataclasses import dataclass, field

from connections.http.client import Http
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials

SYSTEM = "customwebshop"
LIMIT = Limit(requests=600, seconds=60.0)
TENANT = ("base_url", "token")


@dataclass(frozen=True)
class Settings:
    """What `[sources.customwebshop]` holds; `base_url` goes up to and with /api/v1."""

    base_url: str
    token: str = field(repr=False)
    requests_per_second: float | None = None


def connect(settings: Settings, runtime: Runtime) -> Http:
    """Give a session; nothing is sent yet."""
    rate = settings.requests_per_second
    credentials = Credentials(headers={"Authorization": f"Bearer {settings.token}"})
    return Http(
        SYSTEM,
        settings.base_url,
        sign_in=lambda _http: credentials,
        limit=per_second(rate) if rate else LIMIT,
        runtime=runtime,
        secrets=[settings.token],
    )


def check(http: Http) -> str:
    """Read one customer, the cheapest proof that the token is accepted."""
    check_keys(http.get("/customers", params={"limit": 1}))
    return "the token is accepted"
