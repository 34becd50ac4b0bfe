"""Answers that no contract knows: odd status codes, bodies, encodings, members, types.

Each strange answer is a function of the true one, and gives None where it has nothing
to change. Unlike the faults of `simulators/`, none of them is promised a behaviour of
its own: whatever comes, every promise is kept.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

from werkzeug.wrappers import Response

Strange = Callable[[Response], Response | None]

_STAMPS = (
    "SistEndretDato",
    "LastChangedDateTimeOffset",
    "modifiedAt",
    "updatedAt",
    "createdAt",
)
_ROWS = ("value", "data", "items", "result")
_PAGING = "X-Pagination"
_KEYS = ("ContactId", "Id", "id", "debtorAccountNumber", "identificationNumber")
_TURNED_AWAY = (
    *(400, 402, 405, 406, 408, 409, 410, 411, 412, 413, 415, 418, 421, 423, 424, 425),
    *(428, 431, 451, 501, 502, 504, 507, 508, 511, 520, 599),
)


def _answer(
    true: Response,
    body: bytes | str,
    status: int | None = None,
    content_type: str | None = None,
    **headers: str,
) -> Response:
    """Give an answer with another body, and what else is named."""
    changed = Response(body, status or true.status_code)
    changed.headers.extend(
        (name, value)
        for name, value in true.headers
        if name.lower() not in ("content-length", "content-type")
    )
    changed.headers["Content-Type"] = content_type or true.content_type or ""
    for name, value in headers.items():
        changed.headers[name.replace("_", "-")] = value
    return changed


def _with_status(status: int) -> Strange:
    return lambda true: _answer(true, '{"message": "no"}', status)


def _with_body(body: bytes | str, status: int | None = None) -> Strange:
    return lambda true: _answer(true, body, status)


def _as_it_is(status: int) -> Strange:
    return lambda true: _answer(true, true.get_data(), status)


def _encoded(
    change: Callable[[bytes], bytes], content_type: str | None = None, **headers: str
) -> Strange:
    return lambda true: _answer(
        true, change(true.get_data()), None, content_type, **headers
    )


def _later(status: int, when: str) -> Strange:
    return lambda true: _answer(true, "{}", status, Retry_After=when)


def _sent_on(status: int, where: str) -> Strange:
    return lambda true: _answer(true, b"", status, Location=where)


def _rows(document: Any) -> list[Any] | None:
    """Give the rows of a list's answer; None when it is none, or empty."""
    if isinstance(document, list):
        return document or None
    if isinstance(document, dict):
        for name, value in document.items():
            if name in _ROWS and isinstance(value, list):
                return value or None
    return None


def _records(document: Any) -> Iterator[dict[str, Any]]:
    rows = _rows(document)
    for each in [document] if rows is None else rows:
        if isinstance(each, dict):
            yield each


def _changed(change: Callable[[Any], object]) -> Strange:
    """Give an answer whose JSON was changed in place, if `change` says that it was."""

    def strange(true: Response) -> Response | None:
        try:
            document = json.loads(true.get_data())
        except ValueError:
            return None
        return _answer(true, json.dumps(document)) if change(document) else None

    return strange


def _member(names: tuple[str, ...], change: Callable[[Any], Any]) -> Strange:
    """Change these members of all records."""

    def of_records(document: Any) -> int:
        number = 0
        for record in _records(document):
            for name in names:
                if name in record:
                    record[name] = change(record[name])
                    number += 1
        return number

    return _changed(of_records)


def _all_like(names: tuple[str, ...], value: Any) -> Strange:
    return _member(names, lambda _value: value)


def _with_members(more: dict[str, Any]) -> Strange:
    """Give all records members that nobody knows."""

    def of_records(document: Any) -> int:
        number = 0
        for record in _records(document):
            record.update({name: more[name] for name in more if name not in record})
            number += 1
        return number

    return _changed(of_records)


def _with_text_in_records(text: str) -> Strange:
    """Give all records a member whose value is this text of JSON."""
    marked = _with_members({"ukjent": "@@"})

    def strange(true: Response) -> Response | None:
        answer = marked(true)
        if answer is None:
            return None
        return _answer(true, answer.get_data().replace(b'"@@"', text.encode()))

    return strange


def _with_row(row: Any, place: int) -> Strange:
    def insert(document: Any) -> bool:
        rows = _rows(document)
        if rows is not None:
            rows.insert(place if place >= 0 else len(rows), row)
        return rows is not None

    return _changed(insert)


def _of_first_row(change: Callable[[Any], Any]) -> Strange:
    def change_key(document: Any) -> bool:
        rows = _rows(document)
        if rows is None or not isinstance(rows[0], dict):
            return False
        names = [name for name in _KEYS if name in rows[0]]
        for name in names[:1]:
            rows[0][name] = change(rows[0][name])
        return bool(names)

    return _changed(change_key)


def _beside_rows(change: Callable[[str, Any], Any]) -> Strange:
    """Change what stands beside the rows of a page: its numbers, its next page."""

    def of_page(document: Any) -> bool:
        if not isinstance(document, dict) or _rows(document) is None:
            return False
        before = dict(document)
        document.update({name: change(name, value) for name, value in before.items()})
        return document != before

    return _changed(of_page)


def _number(change: Callable[[int], Any]) -> Callable[[str, Any], Any]:
    def of(_name: str, value: Any) -> Any:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return change(value) if is_number else value

    return of


def _page_numbers(change: Callable[[int], Any]) -> Strange:
    """Change the numbers of a page's header: how many rows there are, and pages."""

    def strange(true: Response) -> Response | None:
        try:
            told = json.loads(true.headers.get(_PAGING, ""))
        except ValueError:
            return None
        odd = {name: change(n) if isinstance(n, int) else n for name, n in told.items()}
        return _answer(true, true.get_data(), X_Pagination=json.dumps(odd))

    return strange


def _header_said(text: str) -> Strange:
    """Answer a page's header with this text."""
    return lambda true: (
        _answer(true, true.get_data(), X_Pagination=text)
        if true.headers.get(_PAGING)
        else None
    )


def _next_page_at(address: str) -> Strange:
    return _beside_rows(
        lambda name, value: address if "next" in name.lower() else value
    )


def _sign_in_says(value: Any) -> Strange:
    """Let a sign-in say this about how long its token lasts."""

    def change(document: Any) -> bool:
        is_sign_in = isinstance(document, dict) and "access_token" in document
        if is_sign_in:
            document["expires_in"] = value
        return is_sign_in

    return _changed(change)


def _of_one_row(member: str, text: str) -> Strange:
    """Give the first record a member whose value is this text of JSON."""

    def first(document: Any) -> bool:
        for record in _records(document):
            record[member] = "@@"
            return True
        return False

    def strange(true: Response) -> Response | None:
        answer = _changed(first)(true)
        if answer is None:
            return None
        return _answer(true, answer.get_data().replace(b'"@@"', text.encode()))

    return strange


def _swapped_case(document: Any) -> bool:
    for record in _records(document):
        record.update({name.swapcase(): "annet" for name in list(record)[:6]})
    return True


def _reversed(document: Any) -> bool:
    rows = _rows(document)
    if rows is not None:
        rows.reverse()
    return rows is not None and len(rows) > 1


def _said_twice(true: Response) -> Response | None:
    """Name every member twice in one object."""
    body = true.get_data()
    return _answer(true, body[:-1] + b"," + body[1:]) if body[:1] == b"{" else None


ANSWERS: dict[str, Strange] = {
    **{str(status): _with_status(status) for status in _TURNED_AWAY},
    **{f"{status} as it is": _as_it_is(status) for status in (201, 203, 206, 207)},
    "202 and nothing": _with_body("{}", 202),
    "204": _with_body(b"", 204),
    "304": _with_body(b"", 304),
    "302 to a sign-in page": _sent_on(302, "/login"),
    "303 elsewhere": _sent_on(303, "//elsewhere.example/"),
    "307 to itself": _sent_on(307, ""),
    **{
        f"429 until {when!r}": _later(429, when)
        for when in ("nan", "inf", "1.5", "Wed, 21 Oct 1015 07:28:00 GMT")
    },
    "503 for ages": _later(503, "9" * 400),
    "nothing": _with_body(b""),
    **{
        f"only {text}": _with_body(text)
        for text in ("null", "true", '"ok"', "17", "{}")
    },
    "brackets without end": _with_body("[" * 200_000),
    "in a list": _encoded(lambda body: b"[" + body + b"]"),
    "a byte order mark": _encoded(lambda body: b"\xef\xbb\xbf" + body),
    "bytes that are no text": _encoded(lambda body: body.replace(b"e", b"\xff", 1)),
    "UTF-16": _encoded(lambda body: body.decode().encode("utf-16")),
    "Latin-1": _encoded(
        lambda body: body.decode().encode("latin-1", "replace"),
        content_type="application/json; charset=iso-8859-1",
    ),
    "called Latin-1": _encoded(
        bytes, content_type="application/json; charset=iso-8859-1"
    ),
    "called text": _encoded(bytes, content_type="text/plain"),
    "packed": _encoded(gzip.compress, Content_Encoding="gzip"),
    "packed and cut": _encoded(
        lambda body: gzip.compress(body)[:-12], Content_Encoding="gzip"
    ),
    "called packed": _encoded(bytes, Content_Encoding="gzip"),
    "packed in an unknown way": _encoded(bytes, Content_Encoding="zstd"),
    "a long ETag": lambda true: _answer(
        true, true.get_data(), ETag='"' + "x" * 5000 + '"'
    ),
    "members said twice": _said_twice,
    "members in two spellings": _changed(_swapped_case),
    "members that nobody knows": _with_members(
        {
            "__proto__": {"a": 1},
            "a.b'\"; drop table x;--": "{{ 1/0 }}",
            "ny liste": [1, {"x": None}],
            "": "tom",
            "X" * 300: 1,
            "nul": "a\u0000b",
        }
    ),
    "a number that is none": _with_text_in_records("NaN"),
    "a number without end": _with_text_in_records("1e999"),
    "one record with a number that is none": _of_one_row("ukjent", "NaN"),
    "one record with an exponent without end": _of_one_row("ukjent", "1e" + "9" * 22),
    "one record with 5000 digits": _of_one_row("ukjent", "9" * 5000),
    "one record of 18 MB": _of_one_row("ukjent", '"' + "x" * 18_000_000 + '"'),
    "a header in a thousand lists": _header_said("[" * 1000 + "]" * 1000),
    "a header whose next page is an object": _header_said('{"NextPageLink": {"a": 1}}'),
    "a next page at no host": _next_page_at("https://xn--a/"),
    "packed twice": _encoded(
        lambda body: gzip.compress(gzip.compress(body)), Content_Encoding="gzip, gzip"
    ),
    **{
        f"a token that lasts {value!s:.20}": _sign_in_says(value)
        for value in ("1200", 10**400, "9" * 401, -1, [1], True, "soon")
    },
    **{
        f"a problem with {body}": _with_body(body, 400)
        for body in ('{"errors": 5}', '{"errors": {"a": [5]}}', '{"errors": [[[5]]]}')
    },
    "half a surrogate pair": _with_text_in_records('"\\ud800x"'),
    "depths": _with_text_in_records("[" * 3000 + "]" * 3000),
    "a row that is null": _with_row(None, 0),
    "a row that is text": _with_row("hei", -1),
    "a row without members": _with_row({}, -1),
    "rows the other way round": _changed(_reversed),
    "a key that is null": _of_first_row(lambda _key: None),
    "a key that is an object": _of_first_row(lambda key: {"$oid": str(key)}),
    "keys that are fractions": _member(
        _KEYS, lambda key: float(key) if isinstance(key, int) else key
    ),
    "page numbers below nothing": _beside_rows(_number(lambda _number: -1)),
    "page numbers as text": _beside_rows(_number(str)),
    "a header's page numbers below nothing": _page_numbers(lambda _number: -1),
    "a header's page numbers as text": _page_numbers(str),
    "a next page that is an object": _beside_rows(
        lambda name, value: (
            {"a": 1} if "next" in name.lower() or "cursor" in name.lower() else value
        )
    ),
    **{
        f"stamps like {stamp!r}": _all_like(_STAMPS, stamp)
        for stamp in (
            *(1767225600, -1.5, None, "i går", "/Date(1767225600000)/"),
            *("0001-01-01T00:00:00", "2026-02-29T25:61:61Z"),
            *("290309-12-22 (BC) 00:00:00", "294247-01-10T04:00:54Z", "infinity"),
        )
    },
    "stamps in lists": _member(_STAMPS, lambda stamp: [stamp]),
    **{
        f"versions like {version!r}": _all_like(("version",), version)
        for version in (-1, 1.5, None, True, 10**40)
    },
    "versions as text": _member(("version",), str),
    "a problem in an odd form": _with_body(
        '{"title": null, "status": "x", "errors": [null, {"x": "y"}, 3]}', 422
    ),
    "a problem that is no text": _with_body(b"\xff\xfe", 400),
    "a problem without end": _with_body(
        '{"message": "' + "\\u001b[31mRED" * 20_000 + '"}', 400
    ),
}
