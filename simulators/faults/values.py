"""Faults of values: not stored, stored otherwise, shown otherwise or not at all."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from werkzeug.wrappers import Request, Response

from simulators.faults.fault import Early, Hit, Kind, Late
from simulators.faults.lists import page_of
from simulators.kit.exact_json import Record, dumps, loads
from simulators.kit.target import KEYS, row_key

# What says who a record is stays as it is, or another record would be meant.
_IDENTITY = {name for names in KEYS for name in names} | {
    "externalReference",
    "op",
    "path",
}
_STORED_CHARACTERS = 5
_COUNTRY = "+47"


class _Undo(Exception):  # noqa: N818 - leaves a transaction without keeping it
    pass


def _ignored(hit: Hit) -> Response | None:
    """Answer as if it were stored, and store nothing."""
    answers: list[Response] = []
    try:
        with hit.simulator.database.transaction():
            answers.append(hit.apply())
            raise _Undo
    except _Undo:
        return answers[0] if answers[0].status_code < 400 else None


def _stored_as(change: Callable[[str], str]) -> Early:
    """Store text otherwise than it was sent."""

    def early(hit: Hit) -> Response | None:
        try:
            sent = loads(hit.request.get_data())
        except ValueError:
            return None
        kept = _changed(sent, change, hit.fault.member)
        if dumps(kept) == dumps(sent):
            return None
        return hit.apply(with_body(hit.request, dumps(kept).encode()))

    return early


def with_body(request: Request, body: bytes) -> Request:
    """Give the same request with another body."""
    environ = dict(request.environ)
    environ.pop("werkzeug.request", None)
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    return Request(environ)


def _changed(sent: Any, change: Callable[[str], str], member: str | None) -> Any:
    """Change text in an object, in a list of them, or in the values of a JSON Patch."""
    if isinstance(sent, list):
        return [_changed(each, change, member) for each in sent]
    if not isinstance(sent, dict) or sent.get("op") == "test":
        return sent
    patched = str(sent["path"]).rpartition("/")[2] if "op" in sent else None
    kept: Record = {}
    for place, value in sent.items():
        name = patched if patched and place == "value" else place
        concerned = name == member if member else name not in _IDENTITY
        if isinstance(value, dict | list):
            kept[place] = _changed(value, change, member)
        else:
            is_text = isinstance(value, str) and concerned
            kept[place] = change(value) if is_text else value
    return kept


def _digits(text: str) -> str:
    """Spell a phone number as one word, without the country's number."""
    bare = "".join(text.split())
    return bare.removeprefix(_COUNTRY) if bare.lstrip("+").isdigit() else text


def _shown_as(change: Callable[[Record, str], bool]) -> Late:
    """Show records otherwise than they are stored, in lists and single reads."""

    def late(hit: Hit, response: Response) -> Response | None:
        member = hit.fault.member
        assert member is not None, "it was checked when the fault was added"
        page = page_of(response)
        if page is not None:
            rows = [row for row in page.rows if _concerned(hit, row)]
            changed = [change(row, member) for row in rows if member in row]
            return page.answer() if any(changed) else None
        try:
            record = loads(response.get_data())
        except ValueError:
            return None
        if not isinstance(record, dict) or member not in record:
            return None
        if not change(record, member):
            return None
        response.set_data(dumps(record))
        return response

    return late


def _concerned(hit: Hit, row: Any) -> bool:
    if hit.fault.record_id is None:
        return True
    table = hit.simulator.database[hit.target.entity]
    return row_key(table, row) == hit.fault.record_id


def _leave_out(record: Record, member: str) -> bool:
    del record[member]
    return True


def _as_text(record: Record, member: str) -> bool:
    value = record[member]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    record[member] = str(value)
    return True


def _as_object(record: Record, member: str) -> bool:
    if not isinstance(record[member], str):
        return False
    record[member] = {"value": record[member]}
    return True


VALUES: Mapping[str, Kind] = {
    "write_ignored": Kind(early=_ignored),
    "stored_truncated": Kind(early=_stored_as(lambda text: text[:_STORED_CHARACTERS])),
    "stored_trimmed": Kind(early=_stored_as(str.strip)),
    "stored_lower_case": Kind(early=_stored_as(str.lower)),
    "stored_phone": Kind(early=_stored_as(_digits)),
    "member_missing": Kind(late=_shown_as(_leave_out), needs="member"),
    "member_number_as_text": Kind(late=_shown_as(_as_text), needs="member"),
    "member_text_as_object": Kind(late=_shown_as(_as_object), needs="member"),
}
