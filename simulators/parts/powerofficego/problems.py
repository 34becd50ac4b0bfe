"""How PowerOffice Go refuses: problem details in two spellings, or no body at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulators.kit.http import Refused, json_response

TITLES = {
    400: "Request refused",
    404: "Not found",
    409: "In use",
    415: "Unsupported media type",
}


def refused(status: int, detail: str) -> Refused:
    """Give a refusal; a 400 spells its members otherwise than the rest.

    Published samples have lower case, the specification has PascalCase.
    """
    body: dict[str, object] = {
        "type": f"https://httpstatuses.io/{status}",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
    }
    if status != 400:
        body = {name.capitalize(): value for name, value in body.items()}
    problem = "application/problem+json; charset=utf-8"
    return Refused(json_response(body, status, content_type=problem))


@contextmanager
def refusing() -> Iterator[None]:
    """Turn the words of a ValueError into a 400."""
    try:
        yield
    except ValueError as error:
        raise refused(400, str(error)) from error
