"""Tidsbanken: three headers on every call, no token.

`tb_key` picks the customer's database. Test and production share one host, so a wrong
key writes to the wrong database without any error (the vendor's developer pages).
"""

from dataclasses import dataclass, field

from connections.http.address import Params, segment
from connections.http.client import Http
from connections.http.errors import Refused
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials
from connections.wire.endpoint import Endpoint, endpoint_of
from connections.wire.stamps import utc_with_wrong_offset

SYSTEM = "tidsbanken"
LIMIT = Limit(requests=300, seconds=60.0)  # assumed: no limit is published
# Test and production share one host: the key alone chooses the database.
TENANT = ("base_url", "tb_key")

ROWS = "value"  # the member with the rows, also where one record is asked for
STAMP = "SistEndretDato"
_KEY = ("Id",)
ENDPOINTS = {
    "ansatt": Endpoint(
        "/ansatt/ansatt", key=_KEY, stamp=STAMP, national_ids=("Personnummer",)
    ),
    "avdeling": Endpoint("/ansatt/Avdeling", key=_KEY, stamp=STAMP),
    # The stamps of these two are UTC with an offset behind them that is wrong.
    "kunde": Endpoint(
        "/prosjekt/Kunde", key=_KEY, stamp=STAMP, spelt=utc_with_wrong_offset
    ),
    "prosjekt": Endpoint(
        "/prosjekt/Prosjekt", key=_KEY, stamp=STAMP, spelt=utc_with_wrong_offset
    ),
}
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
    check_keys(http.get(ENDPOINTS["avdeling"].path, params={"$top": 1}))
    return _ACCEPTED


def lookups(entity: str, record_id: str) -> list[tuple[str, Params | None]]:
    """Give how to ask for one record, one after the other until there is one.

    Kunde has an address by key. The others are the list with a filter, where a page
    with a gap looks the same as none: it is asked for in two ways.
    """
    path = endpoint_of(SYSTEM, ENDPOINTS, entity).path
    doubled = record_id.replace("'", "''")
    if entity == "kunde":
        return [(f"{path}('{segment(doubled)}')", None)]
    literal = _number(record_id) if entity == "ansatt" else f"'{doubled}'"
    return [(path, {"$filter": f"Id eq {literal}", "$top": most}) for most in (1, 2)]


def _number(record_id: str) -> int:
    try:
        return int(record_id)
    except ValueError:
        raise Refused(
            f"tidsbanken:ansatt:{record_id}: an employee's id is a number. "
            "Correct the link."
        ) from None
