"""PowerOffice Go v2: client credentials by Basic, a token of 20 minutes, and a
subscription key on every call. Ten calls a second per subscription key, which is shared
by all client keys (the vendor's developer pages).
"""

import base64
from dataclasses import dataclass, field

from connections.http.client import Http
from connections.http.errors import ContractChanged, SignInRefused
from connections.http.judge import Verdict
from connections.http.lists import check_keys
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials, lifetime
from connections.wire.endpoint import Endpoint

SYSTEM = "powerofficego"
LIMIT = Limit(requests=10, seconds=1.0)
_MOST_NAMED = 20
# The subscription and application keys name who asks, not whose data it is.
TENANT = ("base_url", "client_key")

# Members that never reach disk as they are. ContactPerson carries its number only in
# some installations; the others read `hidden` unless the vendor granted more. A number
# of another country is as private, and whichever role shows it.
_OF_ROLES = ("NationalIdNumber", "InternationalIdNumber")


def _endpoint(path: str, *key: str, national_ids: tuple[str, ...]) -> Endpoint:
    stamp = "LastChangedDateTimeOffset"
    return Endpoint(path, key=key, stamp=stamp, national_ids=national_ids)


ENDPOINTS = {
    # A contact person's address goes through its owner.
    "contactperson": _endpoint(
        "/v2/ContactPersons",
        *("ContactId", "Id"),
        national_ids=("SocialSecurityNumber", *_OF_ROLES),
    ),
    "employees": _endpoint("/v2/Employees", "Id", national_ids=_OF_ROLES),
    "customers": _endpoint("/v2/Customers", "Id", national_ids=_OF_ROLES),
}
CHANGED_SINCE = "lastChangedDateTimeOffsetGreaterThan"  # exclusive, seven digits


@dataclass(frozen=True)
class Settings:
    """What `[sources.powerofficego]` holds.

    `base_url` goes up to and with the environment, without `/v2`:
    `https://goapi.poweroffice.net/Demo`.
    """

    base_url: str
    application_key: str = field(repr=False)
    client_key: str = field(repr=False)
    subscription_key: str = field(repr=False)
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
        secrets=[
            settings.application_key,
            settings.client_key,
            settings.subscription_key,
        ],
    )


def check(http: Http) -> str:
    """Ask which privileges the integration has: that needs nothing but the keys."""
    answer = http.get("/v2/ClientIntegrationInformation")
    check_keys(answer)
    if answer.verdict is Verdict.NOT_GRANTED:
        return "the keys are accepted"
    body = answer.json()
    told = body.items() if isinstance(body, dict) else ()
    members = {str(name).lower(): value for name, value in told}
    missing = members.get("invalidprivileges")
    if not isinstance(missing, list) or not missing:
        return "the keys are accepted"
    shown = ", ".join(str(each) for each in missing[:_MOST_NAMED])
    more = " and more" if len(missing) > _MOST_NAMED else ""
    return f"the keys are accepted; PowerOffice names as not granted: {shown}{more}"


def _sign_in(http: Http, settings: Settings) -> Credentials:
    pair = f"{settings.application_key}:{settings.client_key}".encode()
    subscription = {"Ocp-Apim-Subscription-Key": settings.subscription_key}
    answer = http.ask_for_token(
        f"{http.base_url}/OAuth/Token",
        form={"grant_type": "client_credentials"},
        headers={
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            **subscription,
        },
        may_repeat=True,
    )
    if answer.status != 200:
        raise SignInRefused(
            f"{SYSTEM}: the sign-in was answered {answer.status}. Check "
            f"application_key, client_key and subscription_key. {answer.words}".strip()
        )
    body = answer.json()
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token:
        raise ContractChanged(f"{SYSTEM}: the sign-in answered without access_token.")
    return Credentials(
        headers={"Authorization": f"Bearer {token}", **subscription},
        lasts_seconds=lifetime(SYSTEM, body, default=1200),
        secrets=(token,),
    )
