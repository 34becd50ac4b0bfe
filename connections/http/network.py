"""The lowest layer: the network, or what a test puts in its place."""

import os

import httpx2

from connections.http.address import is_loopback
from connections.http.errors import ConfigurationError
from connections.http.pace import MOST_AT_ONCE
from connections.http.runtime import Runtime

# Python itself heeds it in every context that it makes by default.
_KEY_LOG = "SSLKEYLOGFILE"


class Network(httpx2.BaseTransport):
    """Sends one request as it is, and gives its answer as it begins to arrive.

    It is a client of httpx2, because only a client knows the proxies that the
    environment names. It follows nothing and signs nothing. What systems, or balancers
    before them, set as cookies is given back to them.

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
        try:
            self._client = httpx2.Client(
                transport=runtime.transport_for(system),
                timeout=runtime.timeout_seconds,
                follow_redirects=False,
                limits=httpx2.Limits(max_keepalive_connections=MOST_AT_ONCE),
                # No proxy reaches this machine's loopback.
                trust_env=not is_loopback(base),
            )
        except OSError as error:
            raise ConfigurationError(
                f"{system}: the certificates to trust can't be read ({error}). Nothing "
                "was sent. Correct SSL_CERT_FILE or SSL_CERT_DIR, or unset it."
            ) from None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its answer is a stream."""
        if self._client.cookies:
            self._client.cookies.set_cookie_header(request)
        try:
            return self._client.send(request, stream=True, auth=None)
        except UnicodeError as error:  # httpx2 looks where a redirect leads
            raise httpx2.RemoteProtocolError(
                "it leads to something that is no address", request=request
            ) from error

    def close(self) -> None:
        """Close every connection; what is in flight fails at its next byte."""
        self._client.close()
