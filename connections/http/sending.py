"""A request before it is sent: its body, its name, and on which terms it goes."""

from dataclasses import dataclass
from typing import Any

import httpx2

from connections.http.exact_json import written_exactly

_TERMS = "lenke"  # where httpx2 takes a request's own words to its transports


@dataclass(frozen=True)
class Terms:
    """Whether a request may be sent again, and how long its answer may be."""

    may_repeat: bool
    most_bytes: int


def with_terms(terms: Terms) -> dict[str, Any]:
    """Give the extensions that tell every transport the terms of a request."""
    return {_TERMS: terms}


def terms_of(request: httpx2.Request) -> Terms:
    """Give the terms of a request; KeyError for one that has none."""
    terms = request.extensions[_TERMS]
    if not isinstance(terms, Terms):
        raise TypeError("a request goes on terms")
    return terms


def name_of(request: httpx2.Request) -> str:
    """Name a request as messages do: `GET /contacts`, without what was asked for."""
    return f"{request.method} {request.url.path}"


def body_of_request(
    json: Any, content: bytes | str | None
) -> tuple[bytes | None, dict[str, str]]:
    """Give the bytes of a body and the headers that go with them."""
    if json is not None:
        return written_exactly(json).encode(), {"Content-Type": "application/json"}
    return (content.encode() if isinstance(content, str) else content), {}
