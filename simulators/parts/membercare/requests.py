"""What callers of Membercare send, and how it refuses: with a bare JSON string."""

from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.wrappers import Request

from simulators.kit.exact_json import Record
from simulators.kit.http import Refused, json_response, read_json
from simulators.parts.membercare.values import FINANCE_STATUS, local_time


def refused(status: int, words: str) -> Refused:
    """Give a refusal whose body is a bare JSON string."""
    return Refused(json_response(words, status))


@contextmanager
def refusing() -> Iterator[None]:
    """Turn the words of a ValueError into a 400."""
    try:
        yield
    except ValueError as error:
        raise refused(400, str(error)) from error


def body_in(request: Request) -> object:
    """Give the body, whatever it is."""
    return read_json(request, or_refuse=lambda words: refused(400, words))


def object_in(request: Request) -> Record:
    """Give the body, which must be an object."""
    body = body_in(request)
    if not isinstance(body, dict):
        raise refused(400, "the body must be an object")
    return body


def count_in(request: Request, name: str, default: int) -> int:
    """Give a parameter that counts from 1."""
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 10**9):
        raise refused(400, f"{name} must be a number from 1")
    return int(given)


def flag_in(request: Request, name: str) -> bool:
    """Give a parameter that is true or false, and false when it is left out."""
    given = request.args.get(name, "false").lower()
    if given not in ("true", "false"):
        raise refused(400, f"{name} must be true or false")
    return given == "true"


def time_in(request: Request, name: str) -> str:
    """Give a parameter that is a local time; an offset behind it is ignored."""
    try:
        return local_time(request.args[name])
    except ValueError as error:
        raise refused(400, f"{name} {error}") from error


def status_in(request: Request, name: str) -> int:
    """Give a parameter that is a finance status."""
    given = request.args[name]
    if given not in [str(status) for status in FINANCE_STATUS]:
        raise refused(400, f"{name} is no finance status")
    return int(given)


def short(number: str) -> int:
    """Give the id of a system, which has at most nine digits."""
    if len(number) > 9:
        raise refused(404, "No such system")
    return int(number)
