"""PowerOffice Go v2: client credentials by Basic, a token of 20 minutes, and a
subscription key on every call. Ten calls a second per subscription key, which is shared
by all client keys (the vendor's developer pages).
"""

import base64
from dataclasses import dataclass, field

from connections._errors import ContractChanged, SignInRefused
from connections._http import Http
from connections._pace import Limit, per_second
from connections._runtime import Runtime
from connections._sign_in import Credentials, lifetime

SYSTEM = "powerofficego"
LIMIT = Limit(requests=10, seconds=1.0)
# The subscription and application keys name who asks, not whose data it is.
TENANT = ("base_url", "client_key")


# Members that never reach disk as they are. ContactPerson carries its number only in
# some installations; the others read `hidden` unless the vendor granted more.
NATIONAL_IDS = {
    "contactperson": ("SocialSecurityNumber",),
    "employees": ("NationalIdNumber",),
    "customers": ("NationalIdNumber",),
}


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
    """Read one employee: proves the keys and that reading employees is granted."""
    answer = http.get("/v2/Employees", params={"PageSize": 1})
    if answer.status == 403:
        raise SignInRefused(
            f"{SYSTEM}: reading employees is not granted. "
            "Let the client company grant the integration its privileges."
        )
    if answer.status not in (200, 204):
        raise ContractChanged(
            f"{SYSTEM}: {answer.request} answered {answer.status}. {answer.words}"
        )
    return "the keys are accepted"


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
