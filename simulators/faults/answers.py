"""Faults of the answer as a whole: lost, refused, not what it says, slow or huge."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from email.utils import format_datetime

from werkzeug.wrappers import Response

from simulators.faults.fault import Early, Hit, Kind, Late
from simulators.kit.exact_json import dumps, loads
from simulators.kit.http import json_response, text_response
from simulators.kit.target import KEYS
from simulators.kit.wire import Lost

LONG_SILENCE = 60.0  # longer than a caller waits for an answer
LATE = 300.0  # when a write that seemed lost is applied after all
ELSEWHERE = "https://elsewhere.example"

_PAGE = "<html><body><h1>Please sign in to the guest network</h1></body></html>"
_HUGE_BYTES = 100 * 2**20
_CHUNK = b" " * 2**20
_GZIP_WITH_NAME = b"\x1f\x8b\x08\x08" + bytes(6)  # what follows is a file's name
_YEAR = "31536000"
_KEYS = ("Authorization", "token", "tb-key")  # wherever a system wants them


def _silence(hit: Hit) -> Response:
    raise Lost(hit.fault.seconds or LONG_SILENCE)


def _reset(hit: Hit) -> Response:
    raise Lost


def _applied_late(hit: Hit) -> Response:
    hit.later(hit.fault.seconds or LATE)
    raise Lost(LONG_SILENCE)


def _once_applied(early: Early) -> Late:
    """Let the system do it first; what it refuses was not applied."""

    def late(hit: Hit, response: Response) -> Response | None:
        return early(hit) if response.status_code < 400 else None

    return late


def _status(
    status: int, headers: Callable[[Hit], Mapping[str, str]] = lambda _hit: {}
) -> Early:
    def early(hit: Hit) -> Response:
        return Response(status=status, headers=headers(hit))

    return early


def _wait(text: str) -> Callable[[Hit], Mapping[str, str]]:
    return lambda _hit: {"Retry-After": text}


def _wait_until(hit: Hit) -> Mapping[str, str]:
    until = hit.clock() + timedelta(seconds=hit.fault.seconds or 5)
    return {"Retry-After": format_datetime(until, usegmt=True)}


def _html(hit: Hit) -> Response:
    return text_response(_PAGE, content_type="text/html; charset=utf-8")


def _token_revoked(hit: Hit) -> Response | None:
    """Refuse the keys that were in use when it began; new ones are accepted."""
    keys = [hit.request.headers.get(name) for name in _KEYS]
    revoked = hit.memory.setdefault("revoked", keys)
    return Response(status=401) if keys == revoked else None


def _forbidden(hit: Hit) -> Response:
    return json_response({"error": "forbidden", "message": "not this record"}, 403)


def _privilege_missing(hit: Hit) -> Response:
    """Refuse as a system does that grants its endpoints one by one."""
    return json_response({"title": "Missing privilege", "status": 400}, 400)


def _refused(hit: Hit) -> Response:
    words = f"{hit.fault.member or 'a value'}: is not valid"
    return json_response({"error": "validation", "message": words}, 400)


def _redirect(hit: Hit) -> Response:
    address = ELSEWHERE + hit.request.full_path.rstrip("?")
    return Response(status=307, headers={"Location": address})


def _person_edits(hit: Hit) -> Response | None:
    assert hit.fault.action is not None, "it was checked when the fault was added"
    hit.fault.action()
    return hit.apply()


def _cut(hit: Hit, response: Response) -> Response | None:
    """End the text halfway, in an answer that says it is whole."""
    whole = response.get_data()
    if response.status_code >= 400 or len(whole) < 2:
        return None
    response.set_data(whole[: len(whole) // 2])
    return response


def _other_record(hit: Hit, response: Response) -> Response | None:
    """Show another record of the entity in the answer to a write that was applied."""
    target = hit.target
    if response.status_code >= 400 or target.operation not in ("create", "update"):
        return None
    try:
        shown = loads(response.get_data())
    except ValueError:
        return None
    if not isinstance(shown, dict):
        return None
    for other in hit.simulator.records(target.entity):
        told = {name: other.get(name, value) for name, value in shown.items()}
        if any(told.get(name) != shown.get(name) for names in KEYS for name in names):
            response.set_data(dumps(told))
            return response
    return None


def _reset_halfway(hit: Hit, response: Response) -> Response | None:
    whole = response.get_data()
    if response.status_code >= 400 or len(whole) < 2:
        return None

    def chunks() -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        raise Lost

    return _streamed(response, chunks(), len(whole))


def _slow(hit: Hit, response: Response) -> Response | None:
    """Give one byte a second, so that no time-out between bytes ever ends it."""
    whole = response.get_data()
    if response.status_code >= 400 or not whole:
        return None

    def chunks() -> Iterator[bytes]:
        for place in range(len(whole)):
            hit.sleep(1.0)
            yield whole[place : place + 1]

    return _streamed(response, chunks(), len(whole))


def _huge(hit: Hit, response: Response) -> Response | None:
    """Give a hundred megabytes of blanks, and the answer behind them."""
    if response.status_code >= 400:
        return None
    whole = response.get_data()

    def chunks() -> Iterator[bytes]:
        for _ in range(_HUGE_BYTES // len(_CHUNK)):
            yield _CHUNK
        yield whole

    return _streamed(response, chunks(), None)


def _packed_twice(_hit: Hit, response: Response) -> Response | None:
    """Pack the answer, and the packed one again."""
    return _coded(response, gzip.compress(gzip.compress(response.get_data())), 2)


def _bomb(_hit: Hit, response: Response) -> Response | None:
    """Give some hundred kilobytes that unpack to a hundred megabytes."""
    return _coded(response, gzip.compress(b" " * _HUGE_BYTES), 1)


def _packed_and_dripped(hit: Hit, response: Response) -> Response | None:
    """Begin a packed answer with a name without an end, one byte a second."""
    if response.status_code >= 400:
        return None

    def chunks() -> Iterator[bytes]:
        yield _GZIP_WITH_NAME
        while True:
            hit.sleep(1.0)
            yield b"x"

    answer = _streamed(response, chunks(), None)
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _coded(response: Response, body: bytes, times: int) -> Response | None:
    if response.status_code >= 400:
        return None
    response.set_data(body)
    response.headers["Content-Encoding"] = ", ".join(["gzip"] * times)
    return response


def _streamed(
    response: Response, chunks: Iterator[bytes], length: int | None
) -> Response:
    headers = response.headers.copy()
    headers.pop("Content-Length", None)
    if length is not None:
        headers["Content-Length"] = str(length)
    return Response(chunks, status=response.status_code, headers=headers)


ANSWERS: Mapping[str, Kind] = {
    "timeout_before": Kind(early=_silence),
    "timeout_after": Kind(late=_once_applied(_silence)),
    "timeout_applied_late": Kind(early=_applied_late),
    "reset_before": Kind(early=_reset),
    "reset_after": Kind(late=_once_applied(_reset)),
    "reset_halfway": Kind(late=_reset_halfway),
    "truncated_json": Kind(late=_cut),
    "html_before": Kind(early=_html),
    "html_after": Kind(late=_once_applied(_html)),
    "error_before": Kind(early=_status(500)),
    "error_after": Kind(late=_once_applied(_status(500))),
    "too_many_seconds": Kind(early=_status(429, _wait("7"))),
    "too_many_date": Kind(early=_status(429, _wait_until)),
    "too_many_silent": Kind(early=_status(429)),
    "too_many_year": Kind(early=_status(429, _wait(_YEAR))),
    "too_many_garbage": Kind(early=_status(429, _wait("in a while"))),
    "too_many_negative": Kind(early=_status(429, _wait("-30"))),
    "unavailable": Kind(early=_status(503)),
    "unavailable_seconds": Kind(early=_status(503, _wait("7"))),
    "token_revoked": Kind(early=_token_revoked),
    "forbidden": Kind(early=_forbidden),
    "privilege_missing": Kind(early=_privilege_missing),
    "refused": Kind(early=_refused),
    "redirect_elsewhere": Kind(early=_redirect),
    "person_edits": Kind(early=_person_edits, needs="action"),
    "other_record": Kind(late=_other_record),
    "slow": Kind(late=_slow),
    "huge": Kind(late=_huge),
    "gzip_twice": Kind(late=_packed_twice),
    "gzip_bomb": Kind(late=_bomb),
    "gzip_drip": Kind(late=_packed_and_dripped),
}
