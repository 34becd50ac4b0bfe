"""Reading one record at its own address, and what the answer says about it."""

from typing import Any

from connections.http.address import segment
from connections.http.answer import Answer
from connections.http.client import Http
from connections.http.errors import Gone, Refused


def record_below(path: str, http: Http, record_id: str) -> Any:
    """Read `path`/`record_id`; Gone when it is not there."""
    return body_of_one(http.get(f"{path}/{segment(record_id)}"))


def body_of_one(answer: Answer) -> Any:
    """Give the body of an answer about one record.

    Raises Gone when the system says that it is not there (404, 410), and Refused for
    every other status, and for a 404 that is a web page: that is the word of something
    in between, which knows nothing of records.
    """
    if answer.status == 200:
        return answer.json()
    told = f"{answer.request} was answered {answer.status}. {answer.words}".strip()
    if answer.status in (404, 410) and not answer.is_page:
        raise Gone(told)
    raise Refused(told, words=answer.words, status=answer.status)
