"""What the status of an answer means for the request: done, once more, or unclear."""

from datetime import datetime

import httpx2

from connections.http.address import origin
from connections.http.errors import ContractChanged, Unsure
from connections.http.retry import TryAgain, retry_after_seconds


def judged(
    response: httpx2.Response,
    system: str,
    name: str,
    *,
    may_repeat: bool,
    now: datetime,
) -> None:
    """Return when an answer can be read; raise what it means otherwise.

    TryAgain when the same request may work later, Unsure after a write that may have
    been applied, ContractChanged for a redirect.
    """
    status = response.status_code
    wait = retry_after_seconds(response.headers, now)
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        raise TryAgain("was answered 429, too many calls", busy=True, wait=wait)
    # A 503 that names a time says that a request was turned away unread. Whoever says
    # so wrongly must not make a second record of a create.
    unavailable = status == httpx2.codes.SERVICE_UNAVAILABLE
    if unavailable and (may_repeat or (wait is not None and _may_come_twice(response))):
        raise TryAgain("was answered 503, not available", busy=True, wait=wait)
    # 408 comes from proxies that lost patience, like 502 and 504.
    if response.is_server_error or status == httpx2.codes.REQUEST_TIMEOUT:
        if may_repeat:
            raise TryAgain(f"was answered {status}")
        raise unsure(system, name, f"was answered {status}")
    # No system answers a write with a web page; a proxy or a guest network does. An
    # empty answer often bears that type by default.
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    if is_html and response.content and response.is_success and not may_repeat:
        raise unsure(system, name, f"was answered {status} with a web page")
    if response.has_redirect_location:
        raise ContractChanged(
            f"{system}: {name} redirects from {origin(response.url)} to "
            f"{_target(response)}. Redirects are not followed; correct base_url if it "
            "moved."
        )


def _may_come_twice(response: httpx2.Response) -> bool:
    request = response.request
    return request.method != "POST" or "Idempotency-Key" in request.headers


def unsure(system: str, name: str, reason: str) -> Unsure:
    """Give what is raised for a write whose outcome nobody knows."""
    return Unsure(
        f"{system}: {name} {reason}. Nobody knows whether it was applied: "
        "look before sending it again."
    )


def _target(response: httpx2.Response) -> str:
    try:
        return origin(response.url.join(response.headers["Location"]))
    except (httpx2.InvalidURL, ValueError):
        return "something that is no address"
