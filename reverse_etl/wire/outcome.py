"""What an answer means for the record that was asked for or written."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from connections.http.answer import Answer
from connections.http.errors import (
    ContractChanged,
    Gone,
    Moved,
    Refused,
    SkipRecord,
    SystemStopped,
    Unsure,
)
from connections.http.judge import Verdict
from reverse_etl.wire.system import Stored

T = TypeVar("T")


def check(answer: Answer, name: str) -> None:
    """Return when an answer is a success; raise what it means otherwise.

    `name` is the record key, or for a create what it was to be made for.
    """
    if answer.verdict is Verdict.FOUND:
        return
    if answer.verdict is Verdict.GONE:
        raise Gone(
            f"{name}: {answer.request} answered {answer.status}, it is not there. "
            "Nothing was written; the next run ends its link, unless it is seen again."
        )
    if answer.verdict is Verdict.MOVED:
        raise Moved(
            f"{name}: changed after we decided. Nothing was written; the next run "
            "decides again."
        )
    if answer.verdict in (Verdict.REFUSED, Verdict.NOT_GRANTED):
        raise Refused(
            f"{name}: {answer.request} was refused with {answer.status}: "
            f"{answer.words or 'without a reason'}. Correct the value or the record; "
            "it is sent again when the value changes.",
            words=answer.words,
            status=answer.status,
            lacks_privilege=answer.lacks_privilege,
            said=_said(answer),
        )
    raise ContractChanged(
        f"{name}: {answer.request} answered {answer.status}, as no contract has it. "
        "That is not the system's word, so it says nothing about the record. Look "
        f"whether base_url is right. {answer.words}".strip()
    )


def _said(answer: Answer) -> object:
    try:
        return answer.json()
    except ContractChanged:  # words without a form
        return answer.text


def record_in(body: Any, name: str, key: Mapping[str, str]) -> dict[str, Any]:
    """Give the record that a body is, after making sure that it is the right one.

    `key` holds the members that identify it, as text. A server that passes over a
    filter would otherwise have us write into another record.
    """
    if not isinstance(body, dict):
        raise ContractChanged(
            f"{name}: a record was expected, the answer is {type(body).__name__}."
        )
    for member, expected in key.items():
        if str(body.get(member)) != expected:
            raise ContractChanged(
                f"{name}: the answer is another record, its {member} is "
                f"{body.get(member)!r}. Nothing is written to a system that confuses "
                "its records; ask its vendor."
            )
    return body


def echoed(answer: Answer, read: Callable[[Any], T]) -> T:
    """Give what `read` makes of a successful write's answer; Unsure when it cannot."""
    try:
        return read(answer.json())
    except ContractChanged as error:
        raise Unsure(
            f"{answer.request} answered {answer.status}, but not as expected. "
            f"Look before sending again. {error}"
        ) from error


def read_back(read: Callable[[], Stored], record_id: str) -> Stored:
    """Give what is stored after a write that was accepted.

    When that cannot be read now, the write is done all the same: the next listing
    tells what was stored.
    """
    try:
        return read()
    except (SkipRecord, SystemStopped):
        return Stored(record_id=record_id, record={}, read_back=False)
