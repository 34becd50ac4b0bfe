"""Send a request again while that is harmless, and say what it means when it is not."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import httpx2

from connections.http.end import End
from connections.http.errors import SystemStopped
from connections.http.judge import judged, unreachable, unsure
from connections.http.receive import TooMuch
from connections.http.retry import TryAgain, with_patience
from connections.http.sending import name_of, terms_of
from connections.private.secrets import Secrets

# Nothing of the request has left this machine when one of these is raised.
_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


class Repeating(httpx2.BaseTransport):
    """Gives an answer that can be read, or raises what became of the request.

    Unreachable when there was none after some tries, Unsure after a write that may have
    been applied, ContractChanged for a redirect. A write that may have been applied is
    never sent again: the terms of a request say whether it may be.
    """

    def __init__(
        self,
        below: httpx2.BaseTransport,
        system: str,
        end: End,
        secrets: Secrets,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._below = below
        self._system = system
        self._end = end
        self._secrets = secrets
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request until it is answered, a bounded number of times."""
        return with_patience(
            lambda: self._once(request),
            sleep=self._end.sleep,
            on_giving_up=partial(unreachable, self._system, name_of(request)),
        )

    def close(self) -> None:
        """Close what is below."""
        self._below.close()

    def _once(self, request: httpx2.Request) -> httpx2.Response:
        name, may_repeat = name_of(request), terms_of(request).may_repeat
        try:
            response = self._below.handle_request(request)
        except _NOT_SENT as error:
            raise TryAgain(f"could not connect: {self._told(error)}") from error
        except TooMuch as error:
            if may_repeat:
                raise unreachable(self._system, name, str(error)) from error
            raise unsure(self._system, name, str(error)) from error
        except httpx2.LocalProtocolError:
            raise SystemStopped(
                f"{self._system}: {name} cannot be sent, a header is not allowed. "
                f"Look for stray characters in the keys of [sources.{self._system}]."
            ) from None
        except (httpx2.RequestError, httpx2.StreamError) as error:
            reason = f"got no whole answer: {self._told(error)}"
            if may_repeat:
                raise TryAgain(reason) from error
            raise unsure(self._system, name, reason) from error
        response.request = request
        now = self._clock()
        judged(response, self._system, name, may_repeat=may_repeat, now=now)
        return response

    def _told(self, error: Exception) -> str:
        return self._secrets.redacted(f"{type(error).__name__} {error}".strip())
