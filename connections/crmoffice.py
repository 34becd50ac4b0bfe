"""CRM-Office: a refresh token becomes an access token, at a host of its own.

The refresh token rotates (assumed): each use answers with a new one, and the old one is
dead at once. The new one is on disk before the access token is used, in
`LENKE_HOME/crmoffice.refresh_token` (mode 0600), beside a hash of the configured one: a
token that a person configures anew replaces what is kept. A file lock keeps a second
process from spending the same token; it is waited for so long only, and whoever can't
have it leaves this system out. The old one is written down again before it is
spent: a full disk or a read-only folder is found out while it is still good.

It is kept with the mark of its home: in a copy of LENKE_HOME it is never sent, because
that would lock the original out.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import simplejson

from connections.http.address import Params, checked_address
from connections.http.client import Http
from connections.http.errors import (
    ConfigurationError,
    ContractChanged,
    SignInRefused,
    SystemStopped,
    Unsure,
)
from connections.http.judge import Verdict
from connections.http.lists import check_keys, rows_in
from connections.http.pace import Limit, per_second
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials, lifetime
from connections.private.files import write_private
from connections.private.home_mark import is_kept_here, mark_of
from connections.private.token_lock import alone_with
from connections.wire.endpoint import Endpoint

SYSTEM = "crmoffice"
LIMIT = Limit(requests=120, seconds=60.0)  # assumed
# The data is at one address for all; the host that gives the tokens is the tenant's.
TENANT = ("base_url", "token_url", "client_id")

# 200 is the most that it gives; more is cut down to this, without a word.
PAGE_SIZE = 200
ROWS = "items"
CHANGED_SINCE = "modifiedSince"  # of contacts alone; inclusive, whole seconds
ENDPOINTS = {
    name: Endpoint(path, key=("id",), stamp="modifiedAt", made="createdAt")
    for name, path in {"contacts": "/contacts", "activities": "/activities"}.items()
}

TOKEN_FILE = "crmoffice.refresh_token"  # noqa: S105 - a file name


@dataclass(frozen=True)
class Settings:
    """What `[sources.crmoffice]` holds.

    `token_url` is the whole address, `https://TENANT.crmoffice.no/connect/token`.
    `refresh_token` is the one from the consent; later ones are kept in LENKE_HOME.
    """

    base_url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    requests_per_second: float | None = None


def page_at(number: int, size: int = PAGE_SIZE) -> Params:
    """Give what to ask a list for its page of this number, counted from 1."""
    return {"page": number, "pageSize": size}


def connect(settings: Settings, runtime: Runtime) -> Http:
    """Give a session; the first request signs in.

    Raises ConfigurationError in a copy of LENKE_HOME, before anything is sent, and
    SystemStopped when the kept token can't be read.
    """
    _newest_token(runtime.home / TOKEN_FILE, settings.refresh_token)
    rate = settings.requests_per_second
    token_url = checked_address(SYSTEM, "token_url", settings.token_url)
    return Http(
        SYSTEM,
        settings.base_url,
        sign_in=lambda http: _sign_in(http, settings, token_url),
        limit=per_second(rate) if rate else LIMIT,
        runtime=runtime,
        secrets=[settings.client_secret, settings.refresh_token],
    )


def check(http: Http) -> str:
    """Read the users, a short list without paging."""
    answer = http.get("/users")
    check_keys(answer)
    if answer.verdict is Verdict.NOT_GRANTED:
        return "the tokens are accepted"
    return f"the tokens are accepted, {len(rows_in(answer, answer.json()))} users"


def accept_home(home: Path) -> bool:
    """Let this home use the token that it was copied with: its original is gone.

    False when there is none, or when this is no copy.
    """
    kept = home / TOKEN_FILE
    if not kept.exists():
        return False
    with alone_with(kept, SYSTEM):
        record = _record(kept)
        if _belongs_here(record, kept):
            return False
        _write(kept, record["configured_sha256"], record["refresh_token"])
    return True


def _sign_in(http: Http, settings: Settings, token_url: str) -> Credentials:
    kept = http.runtime.home / TOKEN_FILE
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_with(kept, SYSTEM):
        spent = _newest_token(kept, settings.refresh_token)
        http.secrets.add([spent])
        _keep(kept, configured=settings.refresh_token, newest=spent)
        body = _traded(http, settings, token_url, spent)
        access, refresh = body.get("access_token"), body.get("refresh_token") or spent
        if not isinstance(access, str) or not isinstance(refresh, str) or not access:
            raise ContractChanged(
                f"{SYSTEM}: the sign-in answered without access_token."
            )
        if refresh != spent:
            _keep(kept, configured=settings.refresh_token, newest=refresh)
    return Credentials(
        headers={"Authorization": f"Bearer {access}"},
        lasts_seconds=lifetime(SYSTEM, body, default=3600),
        secrets=(access, refresh),
    )


def _traded(
    http: Http, settings: Settings, token_url: str, refresh_token: str
) -> dict[str, object]:
    try:
        answer = http.ask_for_token(
            token_url,
            form={
                "grant_type": "refresh_token",
                "client_id": settings.client_id,
                "client_secret": settings.client_secret,
                "refresh_token": refresh_token,
            },
            may_repeat=False,
        )
    except Unsure as error:
        raise SystemStopped(
            f"{SYSTEM}: the sign-in got no answer, so the refresh token may be spent. "
            "Run again; if it is refused then, configure a new refresh_token."
        ) from error
    if answer.status != 200:
        raise SignInRefused(
            f"{SYSTEM}: the sign-in was answered {answer.status}. Let a person consent "
            "again and configure the new refresh_token, and check client_id and "
            f"client_secret. {answer.words}".strip()
        )
    body = answer.json()
    if not isinstance(body, dict):
        raise ContractChanged(f"{SYSTEM}: the sign-in answered no object.")
    return body


def _newest_token(kept: Path, configured: str) -> str:
    """Give the kept token, or the configured one when that is newer or none is kept.

    Raises ConfigurationError when the kept one belongs to another home.
    """
    if not kept.exists():
        return configured
    record = _record(kept)
    if record["configured_sha256"] != _sha256(configured):
        return configured
    if not _belongs_here(record, kept):
        raise ConfigurationError(
            f"{kept.parent} is a copy of another LENKE_HOME: the refresh token of "
            f"{SYSTEM} in it belongs to the original, and using it here would lock "
            "that one out. Nothing was sent to any system. Let a person consent again, "
            "and configure the new refresh_token here; or, if the original is gone "
            "and will never run again, say so: lenke doctor --accept-home"
        )
    return record["refresh_token"]


def _record(kept: Path) -> dict[str, str]:
    """Read what is kept: the token, what it grew from, and the mark of its home."""
    try:
        record = simplejson.loads(kept.read_text(encoding="utf-8"))
        found = {
            "configured_sha256": str(record["configured_sha256"]),
            "refresh_token": str(record["refresh_token"]),
        }
        if record.get("home") is not None:
            found["home"] = str(record["home"])
    except OSError as error:
        raise SystemStopped(
            f"{SYSTEM}: {kept} can't be read ({error.strerror}). Nothing was sent to "
            "this system. Make the file yours, and run again."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{kept} cannot be read ({type(error).__name__}). Configure a newly "
            "consented refresh_token and remove the file."
        ) from None
    return found


def _belongs_here(record: dict[str, str], kept: Path) -> bool:
    """Tell whether a token was kept in this home; one from before marks was."""
    return "home" not in record or is_kept_here(record["home"], kept.parent)


def _keep(kept: Path, *, configured: str, newest: str) -> None:
    _write(kept, _sha256(configured), newest)


def _write(kept: Path, configured_sha256: str, refresh_token: str) -> None:
    try:
        record = {
            "configured_sha256": configured_sha256,
            "refresh_token": refresh_token,
            "home": mark_of(kept.parent).words,
        }
        write_private(kept, simplejson.dumps(record) + os.linesep)
    except OSError as error:
        raise SystemStopped(
            f"{SYSTEM}: the refresh token can't be kept in {kept} ({error.strerror}). "
            "Mend that first, then run again; if the token is refused then, configure "
            "a new refresh_token."
        ) from None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
