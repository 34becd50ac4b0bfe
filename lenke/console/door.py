"""Who may come in: the name that is called, the page that asks, a password, a token.

A page that somebody else wrote can make a browser on this machine ask anything of this
machine. So what changes something must come from a page of ours, and whatever comes
must call us by a name that no stranger can have led here.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer

LEAST_PASSWORD = 16

_TOKEN_LASTS = 3600  # seconds
_READS = ("GET", "HEAD")


class Refused(Exception):  # noqa: N818 - it is an answer, and says what happens
    """Whoever asks is not let in; `status` is what HTTP calls it."""

    def __init__(
        self, status: int, words: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(words)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Door:
    """What is asked of whoever comes; `names` are those that it is called besides.

    Without a password only this machine's own names and addresses count.
    """

    password: str | None = field(default=None, repr=False)
    names: frozenset[str] = frozenset()
    _open: set[str] = field(default_factory=set, repr=False)
    _tokens: URLSafeTimedSerializer = field(
        default_factory=lambda: URLSafeTimedSerializer(secrets.token_bytes(32)),
        repr=False,
    )

    def check(self, method: str, headers: Mapping[str, str]) -> None:
        """Raise Refused unless a request may be answered."""
        host = headers.get("Host", "")
        self._check_host(host)
        self._check_password(headers.get("Authorization", ""))
        site = headers.get("Sec-Fetch-Site", "none")
        is_ours = site in ("none", "same-origin")
        if method in _READS:
            is_followed = (
                headers.get("Sec-Fetch-Mode") == "navigate"
                and headers.get("Sec-Fetch-Dest") == "document"
            )
            if not is_ours and not is_followed:
                raise Refused(403, "A page of somebody else asked for this.")
            return
        origin = headers.get("Origin", "")
        if not is_ours or origin.partition("://")[2] != host:
            raise Refused(
                403,
                f"This form was sent from {origin or 'nobody says where'}, and is "
                "taken only from a page of this console. Nothing was done.",
            )

    def token(self, about: Any) -> str:
        """Give a token for a form: it says what that is about, and can't be made."""
        return self._tokens.dumps(about)

    def about(self, token: str) -> Any:
        """Give what a token is about; Refused when it is none of ours, or is old."""
        try:
            return self._tokens.loads(token, max_age=_TOKEN_LASTS)
        except BadSignature:  # an old one is one, too
            raise Refused(
                403,
                "This form is older than an hour, of before the console was started "
                "anew, or of somebody else. Nothing was done. Open the page again.",
            ) from None

    def number(self) -> str:
        """Give a form that does something a number, by which it is taken once."""
        given = secrets.token_hex(16)
        self._open.add(given)
        return given

    def once(self, number: str) -> None:
        """Take the form with a number; Refused when it was taken before."""
        try:
            self._open.remove(number)  # in one step: forms come side by side
        except KeyError:
            raise Refused(
                409, "This form was sent already. Nothing was done twice."
            ) from None

    def _check_host(self, host: str) -> None:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            name = ""
        if name == "localhost" or name in self.names:
            return
        try:
            address = ip_address(name)
        except ValueError:
            address = None
        if address is None or not (address.is_loopback or self.password):
            raise Refused(
                421,
                f"Nobody is called {name!r} here. Open the address that `lenke "
                "console` shows; another name is given with --name.",
            )

    def _check_password(self, told: str) -> None:
        if self.password is None:
            return
        kind, _, rest = told.partition(" ")
        try:
            given = base64.b64decode(rest, validate=True) if kind == "Basic" else b""
        except binascii.Error:
            given = b""
        _, _, password = given.partition(b":")
        if not hmac.compare_digest(_hash(password), _hash(self.password.encode())):
            raise Refused(
                401,
                "The password is that of console_password in .dlt/secrets.toml. Any "
                "name will do.",
                {"WWW-Authenticate": 'Basic realm="Lenke", charset="UTF-8"'},
            )


def _hash(text: bytes) -> bytes:
    return sha256(text).digest()


def is_loopback(host: str) -> bool:
    """Tell whether an address is one of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def headers(nonce: str) -> dict[str, str]:
    """Give what every answer says: no script, nothing from elsewhere, in no frame.

    A browser that is told to say nobody who refers says nobody's origin, either
    (Fetch, "append a request Origin header"); so it tells us, and nobody else.
    """
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        ),
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
