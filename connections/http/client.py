"""A signed-in session with one system.

A request waits for its turn, is repeated while that is harmless, and ends in one of
three ways: an `Answer`, an error that says the system is out, or `Unsure`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import httpx2

from connections.http.address import (
    Params,
    address_in,
    checked_address,
    origin,
)
from connections.http.allowance import Allowances, Counting
from connections.http.answer import Answer
from connections.http.end import End
from connections.http.errors import ContractChanged, SignInRefused
from connections.http.judge import Verdict, verdict_on
from connections.http.network import Network
from connections.http.pace import FEWEST_AT_ONCE, Limit, Pacing
from connections.http.receive import CODING, MOST_BYTES, MOST_BYTES_OF_KEYS, Receiving
from connections.http.repeat import Repeating
from connections.http.runtime import Runtime
from connections.http.sending import Terms, body_of_request, name_of, with_terms
from connections.http.sign_in import Credentials, Keys, with_keys
from connections.private.secrets import Secrets, possible_keys

_SAFE_METHODS = ("GET", "HEAD")
_FORM = "application/x-www-form-urlencoded"
_ALWAYS = {
    "User-Agent": "lenke",
    "Accept": "application/json",
    "Accept-Encoding": CODING,
}


class Http:
    """A session with one system; several threads may share it, `at_once` or so.

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
        self.at_once = limit.at_once if limit is not None else FEWEST_AT_ONCE
        self.allowances = Allowances(system, runtime.ticks)
        self._keys = Keys(lambda: sign_in(self), self.secrets, ticks=runtime.ticks)
        self._end = End(system, runtime.sleep)
        self._layers = self._stacked(base, limit)

    def _stacked(self, base: httpx2.URL, limit: Limit | None) -> httpx2.BaseTransport:
        """Give what a request goes through: repeated, its turn, counted, received."""
        runtime, end = self.runtime, self._end
        layer: httpx2.BaseTransport = Network(self.system, base, runtime)
        silence, ticks = runtime.timeout_seconds, runtime.ticks
        layer = Receiving(layer, self.system, end, silence=silence, ticks=ticks)
        layer = Counting(layer, self.allowances)
        if limit is not None:
            layer = Pacing(layer, limit, ticks=ticks, sleep=end.sleep)
        return Repeating(layer, self.system, end, self.secrets, clock=runtime.clock)

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
        sent = {**own, **(headers or {})}
        terms = Terms(may_repeat=method in _SAFE_METHODS, most_bytes=MOST_BYTES)
        answer = with_keys(
            self._keys,
            lambda keys: self._exchange(method, url, body, {**sent, **keys}, terms),
        )
        if answer.verdict is not Verdict.KEYS_REFUSED:
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
        sent = {**(own or {"Content-Type": _FORM}), **(headers or {})}
        terms = Terms(may_repeat=may_repeat, most_bytes=MOST_BYTES_OF_KEYS)
        answer = self._exchange("POST", httpx2.URL(url), body, sent, terms)
        if answer.status == httpx2.codes.OK:
            self.secrets.add(possible_keys(answer.text))
        return replace(answer, is_private=True)

    def close(self) -> None:
        """End the session; whoever waits for its turn or a retry stops at once."""
        self._end.come()
        self._layers.close()

    def _exchange(
        self,
        method: str,
        url: httpx2.URL,
        body: bytes | None,
        headers: Mapping[str, str],
        terms: Terms,
    ) -> Answer:
        request = httpx2.Request(
            method,
            url,
            content=body,
            headers={**_ALWAYS, **headers},
            extensions=with_terms(terms),
        )
        try:
            response = self._layers.handle_request(request)
        except RuntimeError:  # httpx2: the client was closed by another thread
            self._end.check()
            raise
        return Answer(
            system=self.system,
            request=name_of(request),
            status=response.status_code,
            headers=response.headers,
            body=response.content,
            verdict=verdict_on(response, may_repeat=terms.may_repeat),
            secrets=self.secrets,
        )
