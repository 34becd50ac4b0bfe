"""Reading one record at its own address, and what the answer says about it."""

from typing import Any

from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import ContractChanged, Gone, Refused
from connections.http.judge import Verdict
from connections.wire.endpoint import Endpoint


def record_at(endpoint: Endpoint, http: Http, record_id: str) -> Any:
    """Read a record at its own address; Gone when it is not there."""
    return body_of_one(http.get(endpoint.address(record_id)))


def body_of_one(answer: Answer) -> Any:
    """Give the body of an answer about one record.

    Raises Gone when the system says that it is not there, ContractChanged for an answer
    that no contract knows, and Refused for every other one.
    """
    if answer.verdict is Verdict.FOUND:
        return answer.json()
    told = f"{answer.request} was answered {answer.status}. {answer.words}".strip()
    if answer.verdict is Verdict.GONE:
        raise Gone(told)
    if answer.verdict is Verdict.CHANGED:
        raise ContractChanged(told)
    raise Refused(told, words=answer.words, status=answer.status)
