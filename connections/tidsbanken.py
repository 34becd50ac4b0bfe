"""Tidsbanken: three headers on every call, no token.

`tb_key` picks the customer's database. Test and production share one host, so a wrong
key writes to the wrong database without any error (the vendor's developer pages).
"""

from dataclasses import dataclass, field

from connections.http.client import Http
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials

SYSTEM = "tidsbanken"
LIMIT = Limit(requests=300, seconds=60.0)  # assumed: no limit is published
# Test and production share one host: the key alone chooses the database.
TENANT = ("base_url", "tb_key")

NATIONAL_IDS = {"ansatt": ("Personnummer",)}
_ACCEPTED = "the keys are accepted; look that tb_key names the database you mean"


@dataclass(frozen=True)
class Settings:
    """What `[sources.tidsbanken]` holds; `base_url` is the host, without a path."""

    base_url: str
    tb_key: str = field(repr=False)
    subscription_key: str = field(repr=False)
    requests_per_second: float | None = None


def connect(settings: Settings, runtime: Runtime) -> Http:
    """Give a session; nothing is sent yet."""
    rate = settings.requests_per_second
    credentials = Credentials(
        headers={
            "tb-key": settings.tb_key,
            "x-api-version": "3.0",
            "Ocp-Apim-Subscription-Key": settings.subscription_key,
        }
    )
    return Http(
        SYSTEM,
        settings.base_url,
        sign_in=lambda _http: credentials,
        limit=per_second(rate) if rate else LIMIT,
        runtime=runtime,
        secrets=[settings.tb_key, settings.subscription_key],
    )


def check(http: Http) -> str:
    """Read one department, the cheapest proof that the keys are accepted."""
    check_keys(http.get("/ansatt/Avdeling", params={"$top": 1}))
    return _ACCEPTED
