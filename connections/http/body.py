"""The body of a request, and the headers that go with it."""

from typing import Any

from connections.http.exact_json import written_exactly


def body_of_request(
    json: Any, content: bytes | str | None
) -> tuple[bytes | None, dict[str, str]]:
    """Give the bytes of a body and the headers that go with them."""
    if json is not None:
        return written_exactly(json).encode(), {"Content-Type": "application/json"}
    return (content.encode() if isinstance(content, str) else content), {}
