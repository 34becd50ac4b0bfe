"""The lowest layer: the network, or what a test puts in its place."""

import os
import ssl
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.cookiejar import CookieJar

import httpx2

from connections.http.address import is_loopback
from connections.http.errors import ConfigurationError
from connections.http.runtime import Runtime

# Python itself heeds it in every context that it makes by default.
_KEY_LOG = "SSLKEYLOGFILE"


# What else may say which certificates to trust.
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class Network(httpx2.BaseTransport):
    """Sends one request as it is, and gives its answer as it begins to arrive.

    It has a client of httpx2 for each request that is under way: a client looks at all
    of its connections for every request, which costs more than the request when there
    are dozens. Only a client knows the proxies that the environment names. It follows
    nothing and signs nothing. What systems, or balancers before them, set as cookies is
    given back to them.

    Certificates are checked by what this machine trusts, or by what SSL_CERT_FILE or
    SSL_CERT_DIR name. Raises ConfigurationError when that can't be read, and when the
    keys of the encryption would be written down.
    """

    def __init__(self, system: str, base: httpx2.URL, runtime: Runtime) -> None:
        if os.environ.get(_KEY_LOG):
            raise ConfigurationError(
                f"{_KEY_LOG} is set: whoever reads that file could read all that is "
                "sent to the systems, their keys included. Nothing was sent. Unset it."
            )
        self._cookies = httpx2.Cookies(CookieJar())
        trust_env = not is_loopback(base)  # no proxy reaches this machine's loopback
        try:
            self._new_client = partial(
                httpx2.Client,
                transport=runtime.transport_for(system),
                verify=_trust(trust_env, *map(os.environ.get, _CERTIFICATES)),
                timeout=runtime.timeout_seconds,
                cookies=self._cookies.jar,
                follow_redirects=False,
                trust_env=trust_env,
            )
        except OSError as error:
            raise ConfigurationError(
                f"{system}: the certificates to trust can't be read ({error}). Nothing "
                "was sent. Correct SSL_CERT_FILE or SSL_CERT_DIR, or unset it."
            ) from None
        self._lock = threading.Lock()
        self._clients: list[httpx2.Client] = []
        self._idle: list[httpx2.Client] = []
        self._is_closed = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its answer is a stream. RuntimeError after the end."""
        if self._cookies:
            self._cookies.set_cookie_header(request)
        client = self._taken()
        give_back = partial(self._idle.append, client)
        try:
            response = client.send(request, stream=True, auth=None)
        except UnicodeError as error:  # httpx2 looks where a redirect leads
            give_back()
            raise httpx2.RemoteProtocolError(
                "it leads to something that is no address", request=request
            ) from error
        except BaseException:
            give_back()
            raise
        if response.is_closed or not isinstance(response.stream, httpx2.SyncByteStream):
            give_back()
        else:
            response.stream = _OnLoan(response.stream, give_back)
        return response

    def close(self) -> None:
        """Close every connection; what is in flight fails at its next byte."""
        with self._lock:
            self._is_closed = True
        for client in self._clients:
            client.close()

    def _taken(self) -> httpx2.Client:
        """Give the client that was used last of those that are idle, or a new one."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the session was closed")
            if not self._idle:
                self._clients.append(self._new_client())
                return self._clients[-1]
            return self._idle.pop()


@cache
def _trust(trust_env: bool, *_told: str | None) -> ssl.SSLContext:
    """Read the certificates to trust: once for all systems, it takes a while."""
    return httpx2.create_ssl_context(trust_env=trust_env)


class _OnLoan(httpx2.SyncByteStream):
    """A stream whose client is given back when it is closed."""

    def __init__(
        self, stream: httpx2.SyncByteStream, give_back: Callable[[], None]
    ) -> None:
        self._stream = stream
        self._give_back = give_back

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._give_back()
