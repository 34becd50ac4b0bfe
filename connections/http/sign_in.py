"""Signing in: once, again when due or refused, and never twice at the same time."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connections.http.answer import Answer
from connections.http.errors import ContractChanged, SignInRefused
from connections.http.judge import Verdict
from connections.private.secrets import Secrets

_EARLY_SECONDS = 30.0  # a token is renewed so long before its life ends
_LONGEST_LIFE = 86_400.0


@dataclass(frozen=True)
class Credentials:
    """Headers that prove who we are, and how many seconds they last (None: always)."""

    headers: Mapping[str, str] = field(repr=False)
    lasts_seconds: float | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)


def lifetime(system: str, body: Mapping[str, Any], *, default: float) -> float:
    """Give the seconds that a token lasts, from the answer's `expires_in`.

    It may be text ("1200"). One that is not above nothing says nothing, and one beyond
    a day is no better than a day: a 401 tells when it ends before.
    """
    told = body.get("expires_in") or default
    try:
        if isinstance(told, bool):
            raise TypeError
        seconds = float(told)
    except OverflowError:  # more digits than any time has
        return _LONGEST_LIFE
    except (TypeError, ValueError):
        raise ContractChanged(
            f"{system}: the sign-in answered no number of seconds in expires_in."
        ) from None
    return min(seconds, _LONGEST_LIFE) if seconds > 0 else default


class Keys:
    """The credentials of one session, shared by its threads.

    `sign_in` fetches credentials and may raise SignInRefused, which is remembered: a
    refused key is not tried again in this session. `secrets` learns those of each.
    """

    def __init__(
        self,
        sign_in: Callable[[], Credentials],
        secrets: Secrets,
        *,
        ticks: Callable[[], float],
    ) -> None:
        self._sign_in = sign_in
        self._secrets = secrets
        self._ticks = ticks
        self._lock = threading.RLock()
        self._credentials: Credentials | None = None
        self._renew_at: float | None = None
        self._refusal: SignInRefused | None = None

    def current(self) -> Credentials:
        """Give the credentials; sign in first when there are none or they are due."""
        with self._lock:
            due = self._renew_at is not None and self._ticks() >= self._renew_at
            if self._credentials is None or due:
                return self._renew()
            return self._credentials

    def after_refusal(self, refused: Credentials) -> Credentials:
        """Give credentials that are newer than the refused ones."""
        with self._lock:
            credentials = self._credentials
            if credentials is None or credentials is refused:
                credentials = self._renew()
            return credentials

    def _renew(self) -> Credentials:
        if self._refusal is not None:
            raise SignInRefused(str(self._refusal))
        try:
            credentials = self._sign_in()
        except SignInRefused as refusal:
            self._refusal = refusal
            raise
        self._secrets.add(credentials.secrets)
        lasts = credentials.lasts_seconds
        self._renew_at = (
            None
            if lasts is None
            else self._ticks() + max(lasts - _EARLY_SECONDS, lasts / 2)
        )
        self._credentials = credentials
        return credentials


def with_keys(keys: Keys, send: Callable[[Mapping[str, str]], Answer]) -> Answer:
    """Send a request with the keys, and with newer ones when they are refused, once.

    Once more also with the same keys: some token servers give out the same token until
    it ends, and a single 401 may be a mistake.
    """
    credentials = keys.current()
    answer = send(credentials.headers)
    if answer.verdict is not Verdict.KEYS_REFUSED:
        return answer
    return send(keys.after_refusal(credentials).headers)
