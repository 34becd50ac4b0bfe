"""What the answer to a whole list says, for reading and for writing."""

from typing import Any

from connections.http.answer import Answer
from connections.http.errors import ContractChanged, EntityRefused
from connections.http.judge import Verdict


def check_list(answer: Answer) -> None:
    """Return when a list was answered; raise what it means otherwise.

    EntityRefused when we are not granted to read it. A list is answered with 200: a 404
    says nothing about the records that are sought in it, so it is ContractChanged.
    """
    if answer.verdict is Verdict.NOT_GRANTED:
        raise EntityRefused(
            f"{answer.system}: {answer.request} was answered {answer.status}. Let the "
            "system's owner grant the integration its privileges. "
            f"{answer.words}".strip()
        )
    if answer.status != 200:
        raise ContractChanged(
            f"{answer.system}: {answer.request} was answered {answer.status} instead "
            f"of a list. Look whether base_url is right. {answer.words}".strip()
        )


def rows_in(answer: Answer, body: Any, member: str | None = None) -> list[Any]:
    """Give the rows of a page: the body itself, or the list in one of its members."""
    rows = body
    if member is not None:
        rows = body.get(member) if isinstance(body, dict) else None
    if not isinstance(rows, list):
        wanted = f"a list in {member!r}" if member else "a list"
        raise ContractChanged(
            f"{answer.system}: {answer.request} answered without {wanted}."
        )
    return rows


def check_keys(answer: Answer) -> None:
    """Return when an answer proves that our keys are accepted.

    So does a list that is not granted to us: whoever says so knows who we are.
    """
    if answer.verdict is Verdict.NOT_GRANTED:
        return
    check_list(answer)
    answer.json()
