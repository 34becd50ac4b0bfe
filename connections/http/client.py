"""A signed-in session with one system.

A request waits for its turn, is repeated while that is harmless, and ends in one of
three ways: an `Answer`, an error that says the system is out, or `Unsure`.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import httpx2

from connections.http.address import (
    Params,
    address_in,
    checked_address,
    origin,
)
from connections.http.allowance import Allowances
from connections.http.answer import Answer
from connections.http.body import body_of_request
from connections.http.errors import (
    ContractChanged,
    SignInRefused,
    SystemStopped,
    Unreachable,
)
from connections.http.judge import judged, unreachable, unsure, verdict_on
from connections.http.pace import Limit, Pace
from connections.http.receive import (
    MOST_BYTES,
    MOST_BYTES_OF_KEYS,
    TooMuch,
    client_for,
    received,
)
from connections.http.retry import TryAgain, with_patience
from connections.http.runtime import Runtime
from connections.http.sign_in import Credentials, Keys
from connections.private.secrets import Secrets, possible_keys

_SAFE_METHODS = ("GET", "HEAD")
_FORM = "application/x-www-form-urlencoded"

# Nothing of the request has left this machine when one of these is raised.
_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


class Http:
    """A session with one system; several threads may share it.

    Requests raise Unreachable, SignInRefused or ContractChanged (all SystemStopped), or
    Unsure after a write that may have been applied. Every other status is returned.
    """

    def __init__(
        self,
        system: str,
        base_url: str,
        *,
        sign_in: Callable[["Http"], Credentials],
        limit: Limit | None,
        runtime: Runtime,
        secrets: Iterable[str] = (),
    ) -> None:
        self.system = system
        self.runtime = runtime
        self.base_url = checked_address(system, "base_url", base_url)
        base = httpx2.URL(self.base_url)
        self._origin = origin(base)
        self.secrets = Secrets(secrets)
        self._keys = Keys(lambda: sign_in(self), self.secrets, ticks=runtime.ticks)
        self.allowances = Allowances(system, runtime.ticks)
        self._pace = Pace(limit, ticks=runtime.ticks) if limit else None
        self._closed = threading.Event()
        self._ended = f"{system}: the session was ended. Run again."
        self._client = client_for(system, base, runtime)

    def get(self, path: str, *, params: Params | None = None) -> Answer:
        """Send a GET; repeated on time-outs, resets and 5xx."""
        return self.request("GET", path, params=params)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        content: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request and give its answer.

        `path` follows base_url, or is a whole address of the same origin. `json` may
        hold Decimals. `params` are encoded here, values in a path by `segment`.
        """
        url = address_in(self.base_url, path, params)
        if origin(url) != self._origin or url.userinfo:
            raise ContractChanged(
                f"{self.system}: an address of {origin(url)} was to be followed, but "
                f"base_url is at {self._origin}. Nothing was sent there."
            )
        body, own = body_of_request(json, content)
        safe = method in _SAFE_METHODS

        def signed(credentials: Credentials) -> Answer:
            sent = httpx2.Headers(own)
            sent.update(headers)
            sent.update(credentials.headers)
            return self._exchange(method, url, body, sent, safe)

        credentials = self._keys.current()
        answer = signed(credentials)
        if answer.status != httpx2.codes.UNAUTHORIZED:
            return answer
        # Once more, also with the same keys: some token servers give out the same token
        # until it ends, and a single 401 may be a mistake.
        answer = signed(self._keys.after_refusal(credentials))
        if answer.status != httpx2.codes.UNAUTHORIZED:
            return answer
        raise SignInRefused(
            f"{self.system}: {answer.request} was answered 401 with fresh keys. "
            f"Correct the keys under [sources.{self.system}]. {answer.words}".strip()
        )

    def ask_for_token(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        may_repeat: bool,
    ) -> Answer:
        """Send one unsigned POST to a token address that the settings name.

        Without `may_repeat` a time-out raises Unsure.
        """
        body, own = body_of_request(json, urlencode(form) if form is not None else None)
        sent = httpx2.Headers(own or {"Content-Type": _FORM})
        sent.update(headers)
        where = httpx2.URL(url)
        most = MOST_BYTES_OF_KEYS
        answer = self._exchange("POST", where, body, sent, may_repeat, most)
        if answer.status == httpx2.codes.OK:
            self.secrets.add(possible_keys(answer.text))
        return replace(answer, is_private=True)

    def close(self) -> None:
        """End the session; whoever waits for its turn or a retry stops at once."""
        self._closed.set()
        self._client.close()

    def _exchange(
        self,
        method: str,
        url: httpx2.URL,
        body: bytes | None,
        headers: httpx2.Headers,
        may_repeat: bool,
        most_bytes: int = MOST_BYTES,
    ) -> Answer:
        name = f"{method} {url.path}"
        request = self._client.build_request(method, url, content=body, headers=headers)
        return with_patience(
            lambda: self._once(request, name, may_repeat, most_bytes),
            sleep=self._sleep,
            on_giving_up=partial(self._unreachable, name),
        )

    def _once(
        self, request: httpx2.Request, name: str, may_repeat: bool, most_bytes: int
    ) -> Answer:
        if self._pace:
            self._pace.wait(self._sleep)
        self._stop_if_closed()
        self.allowances.check()
        try:
            response = received(
                self._client,
                request,
                silence=self.runtime.timeout_seconds,
                ticks=self.runtime.ticks,
                give_up=partial(self._give_up, name),
                most_bytes=most_bytes,
            )
        except _NOT_SENT as error:
            raise TryAgain(f"could not connect: {self._told(error)}") from error
        except TooMuch as error:
            if may_repeat:
                raise self._unreachable(name, str(error)) from error
            raise unsure(self.system, name, str(error)) from error
        except RuntimeError:  # httpx2: the client was closed by another thread
            self._stop_if_closed()
            raise
        except httpx2.LocalProtocolError:
            raise SystemStopped(
                f"{self.system}: {name} cannot be sent, a header is not allowed. "
                f"Look for stray characters in the keys of [sources.{self.system}]."
            ) from None
        except (httpx2.RequestError, httpx2.StreamError) as error:
            reason = f"got no whole answer: {self._told(error)}"
            if may_repeat:
                raise TryAgain(reason) from error
            raise unsure(self.system, name, reason) from error
        self.allowances.spend(len(response.content))
        judged(
            response,
            self.system,
            name,
            may_repeat=may_repeat,
            now=self.runtime.clock(),
        )
        return Answer(
            system=self.system,
            request=name,
            status=response.status_code,
            headers=response.headers,
            body=response.content,
            verdict=verdict_on(response, may_repeat=may_repeat),
            secrets=self.secrets,
        )

    def _unreachable(self, name: str, reason: str) -> Unreachable:
        return unreachable(self.system, name, reason)

    def _give_up(self, name: str, reason: str) -> None:
        """End the session from outside; what is in flight fails at its next byte."""
        self._ended = str(self._unreachable(name, reason))
        self.close()

    def _told(self, error: Exception) -> str:
        return self.secrets.redacted(f"{type(error).__name__} {error}".strip())

    def _sleep(self, seconds: float) -> None:
        self._stop_if_closed()
        if self.runtime.sleep is not None:
            self.runtime.sleep(seconds)
        else:
            self._closed.wait(seconds)

    def _stop_if_closed(self) -> None:
        if self._closed.is_set():
            raise SystemStopped(self._ended)
