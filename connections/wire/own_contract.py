"""Our own contract, for systems that a customer has built: what it says on the wire.

A long-lived bearer token, 600 calls a minute. Each record type is read by cursor, and
by `updatedSince` (inclusive); a soft delete leaves a tombstone, which is shown to those
who ask for it. Writes are guarded by the version, and creates bear a reference that is
unique for good.
"""

from typing import Protocol

from connections.http.client import Http
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials
from connections.wire.endpoint import Endpoint

LIMIT = Limit(requests=600, seconds=60.0)
TENANT = ("base_url", "token")

CHANGED_SINCE = "updatedSince"
WITH_DELETED = "includeDeleted"
ROWS = "data"
VERSION = "version"
DELETED = "deletedAt"
REFERENCE = "externalReference"


class Settings(Protocol):
    """What `[sources.<system>]` holds for a system of our own contract."""

    @property
    def base_url(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def requests_per_second(self) -> float | None: ...


def endpoint(path: str) -> Endpoint:
    """Give a record type of our own contract."""
    return Endpoint(path, key=("id",), stamp="updatedAt", made="createdAt")


def connect(system: str, settings: Settings, runtime: Runtime) -> Http:
    """Give a session; nothing is sent yet."""
    rate = settings.requests_per_second
    credentials = Credentials(headers={"Authorization": f"Bearer {settings.token}"})
    return Http(
        system,
        settings.base_url,
        sign_in=lambda _http: credentials,
        limit=per_second(rate) if rate else LIMIT,
        runtime=runtime,
        secrets=[settings.token],
    )


def check(http: Http, any_of: Endpoint) -> str:
    """Read one record, the cheapest proof that the token is accepted."""
    check_keys(http.get(any_of.path, params={"limit": 1}))
    return "the token is accepted"
