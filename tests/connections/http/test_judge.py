"""What an answer means, case by case: the table of `connections.http.judge`."""

import httpx2
import pytest

from connections.http.judge import Verdict, verdict_on

NOTHING = b""
PAGE = b"<h1>Not found</h1>"
LACKS = b'{"TITLE": "Missing Privilege"}'
HTML = {"Content-Type": "Text/HTML"}
XHTML = {"Content-Type": "application/xhtml+xml"}
BUSY = {"Retry-After": "2"}


def judged(
    method: str, status: int, body: bytes, headers: dict[str, str], **asked: str
) -> Verdict:
    request = httpx2.Request(method, "https://api.example/x", headers=asked)
    answer = httpx2.Response(status, content=body, headers=headers, request=request)
    return verdict_on(answer, may_repeat=method == "GET")


@pytest.mark.parametrize(
    ("status", "body", "headers", "read", "written"),
    [
        (200, b"[]", {}, Verdict.FOUND, Verdict.FOUND),
        (204, NOTHING, HTML, Verdict.FOUND, Verdict.FOUND),
        (200, PAGE, HTML, Verdict.FOUND, Verdict.UNCLEAR),
        (200, PAGE, XHTML, Verdict.FOUND, Verdict.UNCLEAR),
        (304, NOTHING, {}, Verdict.CHANGED, Verdict.CHANGED),
        (307, NOTHING, {"Location": "/"}, Verdict.CHANGED, Verdict.CHANGED),
        (400, b"no", {}, Verdict.REFUSED, Verdict.REFUSED),
        (400, LACKS, {}, Verdict.NOT_GRANTED, Verdict.NOT_GRANTED),
        (401, NOTHING, {}, Verdict.KEYS_REFUSED, Verdict.KEYS_REFUSED),
        (403, NOTHING, {}, Verdict.NOT_GRANTED, Verdict.NOT_GRANTED),
        (404, NOTHING, {}, Verdict.GONE, Verdict.GONE),
        (404, b"no page", {"Content-Type": "text/plain"}, Verdict.GONE, Verdict.GONE),
        (404, PAGE, HTML, Verdict.CHANGED, Verdict.CHANGED),
        (404, LACKS, {}, Verdict.NOT_GRANTED, Verdict.NOT_GRANTED),
        (410, b"{}", {}, Verdict.GONE, Verdict.GONE),
        (410, PAGE, XHTML, Verdict.CHANGED, Verdict.CHANGED),
        (408, NOTHING, {}, Verdict.TRY_AGAIN, Verdict.UNCLEAR),
        (409, b"{}", {}, Verdict.REFUSED, Verdict.REFUSED),
        (412, NOTHING, {}, Verdict.MOVED, Verdict.MOVED),
        (429, PAGE, HTML, Verdict.TRY_AGAIN, Verdict.TRY_AGAIN),
        (500, NOTHING, {}, Verdict.TRY_AGAIN, Verdict.UNCLEAR),
        (503, NOTHING, {}, Verdict.TRY_AGAIN, Verdict.UNCLEAR),
        (503, NOTHING, BUSY, Verdict.TRY_AGAIN, Verdict.UNCLEAR),
        (600, NOTHING, {}, Verdict.CHANGED, Verdict.CHANGED),
    ],
)
def test_an_answer_means_one_thing(
    status: int,
    body: bytes,
    headers: dict[str, str],
    read: Verdict,
    written: Verdict,
) -> None:
    assert judged("GET", status, body, headers) is read
    assert judged("POST", status, body, headers) is written


def test_a_write_that_was_turned_away_unread_may_come_again_if_it_is_recognised() -> (
    None
):
    key = {"Idempotency-Key": "one"}

    assert judged("POST", 503, NOTHING, BUSY, **key) is Verdict.TRY_AGAIN
    assert judged("PATCH", 503, NOTHING, BUSY) is Verdict.TRY_AGAIN
    assert judged("POST", 503, NOTHING, {"Retry-After": "soon"}, **key) is (
        Verdict.UNCLEAR
    )
