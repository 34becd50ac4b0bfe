"""What an answer means, judged once for reading and for writing.

| answer                                        | to a read        | to a write       |
| --------------------------------------------- | ---------------- | ---------------- |
| 2xx                                           | found            | found            |
| 2xx with a web page                           | found (no JSON)  | unclear          |
| redirect, 304, any status outside 200 to 599  | contract changed | contract changed |
| 401                                           | keys refused     | keys refused     |
| 403, or 4xx that names a missing privilege    | not granted      | not granted      |
| 404, 410                                      | gone             | gone             |
| 404, 410 with a web page                      | contract changed | contract changed |
| 408, 5xx                                      | try again        | unclear          |
| 412                                           | moved            | moved            |
| 429                                           | try again        | try again        |
| 503 that names a time                         | try again        | see below        |
| any other 4xx                                 | refused          | refused          |

A web page is the word of something in between, a proxy or a guest network, which knows
nothing of records; that a page in answer to a read is no JSON, its reader finds out.

A 503 that names a time says that a request was turned away unread. Whoever says so
wrongly must not make a second record of a create: unless its system would recognise it,
such a write is unclear.

What follows is the reader's, who knows what was asked for: one record that is gone is
confirmed by it, one that was to be written ends its link, and a whole list that is gone
is a changed contract.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum

import httpx2

from connections.http.address import origin
from connections.http.errors import ContractChanged, Unreachable, Unsure
from connections.http.exact_json import parsed
from connections.http.retry import TryAgain, retry_after_seconds

_NOT_THERE = (httpx2.codes.NOT_FOUND, httpx2.codes.GONE)
_BUSY = {429: "429, too many calls", 503: "503, not available"}
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Verdict(Enum):
    """What an answer means."""

    FOUND = "found"
    GONE = "gone"
    MOVED = "moved"
    NOT_GRANTED = "not granted"
    REFUSED = "refused"
    KEYS_REFUSED = "keys refused"
    TRY_AGAIN = "try again"
    CHANGED = "contract changed"
    UNCLEAR = "unclear"


def verdict_on(response: httpx2.Response, *, may_repeat: bool) -> Verdict:
    """Judge an answer; whoever `may_repeat` a request need not know what became of it.

    The table is in the docstring of this module.
    """
    status = response.status_code
    if status == httpx2.codes.TOO_MANY_REQUESTS or _was_turned_away(response):
        return Verdict.TRY_AGAIN
    # 408 comes from proxies that lost patience, like 502 and 504.
    if response.is_server_error or status == httpx2.codes.REQUEST_TIMEOUT:
        return Verdict.TRY_AGAIN if may_repeat else Verdict.UNCLEAR
    if response.is_success:
        # An empty answer often bears the type of a page by default.
        is_odd = is_web_page(response.headers) and response.content and not may_repeat
        return Verdict.UNCLEAR if is_odd else Verdict.FOUND
    if status == httpx2.codes.UNAUTHORIZED:
        return Verdict.KEYS_REFUSED
    if response.is_client_error:
        return _refusal(response)
    return Verdict.CHANGED


def _refusal(response: httpx2.Response) -> Verdict:
    status = response.status_code
    if status in _NOT_THERE and is_web_page(response.headers):
        return Verdict.CHANGED
    if status == httpx2.codes.FORBIDDEN or names_a_privilege(response.content):
        return Verdict.NOT_GRANTED
    if status in _NOT_THERE:
        return Verdict.GONE
    if status == httpx2.codes.PRECONDITION_FAILED:
        return Verdict.MOVED
    return Verdict.REFUSED


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
    verdict = verdict_on(response, may_repeat=may_repeat)
    if verdict is Verdict.TRY_AGAIN and status in _BUSY:
        wait = retry_after_seconds(response.headers, now)
        raise TryAgain(f"was answered {_BUSY[status]}", busy=True, wait=wait)
    if verdict is Verdict.TRY_AGAIN:
        raise TryAgain(f"was answered {status}")
    if verdict is Verdict.UNCLEAR:
        page = " with a web page" if response.is_success else ""
        raise unsure(system, name, f"was answered {status}{page}")
    if response.has_redirect_location:
        raise ContractChanged(
            f"{system}: {name} redirects from {origin(response.url)} to "
            f"{_target(response)}. Redirects are not followed; correct base_url if it "
            "moved."
        )


def is_web_page(headers: Mapping[str, str]) -> bool:
    """Say whether an answer is a web page: the word of something in between."""
    return "html" in headers.get("Content-Type", "").lower()


def names_a_privilege(body: bytes) -> bool:
    """Say whether a refusal names a missing privilege as its reason.

    One contract knows a 403 and a 400 that do so; names and words come in any case.
    """
    try:
        said = parsed(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        return False
    members = said.items() if isinstance(said, dict) else ()
    titles = [value for name, value in members if str(name).lower() == "title"]
    return any("missing privilege" in str(title).lower() for title in titles)


def unsure(system: str, name: str, reason: str) -> Unsure:
    """Give what is raised for a write whose outcome nobody knows."""
    return Unsure(
        f"{system}: {name} {reason}. Nobody knows whether it was applied: "
        "look before sending it again."
    )


def unreachable(system: str, name: str, reason: str) -> Unreachable:
    """Give what is raised for a request that got no answer which can be used."""
    return Unreachable(f"{system}: {name} {reason}. The next run tries again.")


def _was_turned_away(response: httpx2.Response) -> bool:
    """Say whether a system names the time at which the same request may come again."""
    return (
        response.status_code == httpx2.codes.SERVICE_UNAVAILABLE
        and retry_after_seconds(response.headers, _ANY_TIME) is not None
        and _may_come_twice(response)
    )


def _may_come_twice(response: httpx2.Response) -> bool:
    request = response.request
    return request.method != "POST" or "Idempotency-Key" in request.headers


def _target(response: httpx2.Response) -> str:
    try:
        return origin(response.url.join(response.headers["Location"]))
    except (httpx2.InvalidURL, ValueError):
        return "something that is no address"
