"""What a problem (RFC 9457) of a system of our own contract says about a record."""

from typing import Any

from connections.http.answer import Answer
from connections.http.errors import ContractChanged, Gone, StopRun


def not_deleted(answer: Answer, name: str) -> None:
    """Return unless the record is deleted (Gone); StopRun for a missing guard."""
    kind, _ = problem_of(answer)
    if kind == "deleted":
        raise Gone(f"{name}: has been deleted. Nothing was written.")
    if answer.status == 428:
        raise StopRun(
            f"{name}: {answer.request} came without If-Match. This is a defect of "
            "Lenke; nothing was written."
        )


def problem_of(answer: Answer) -> tuple[str, dict[str, Any]]:
    """Give the last word of a problem's type (`deleted`), and the whole problem."""
    if answer.status < 400:
        return "", {}
    try:
        problem = answer.json()
    except ContractChanged:  # a proxy's error page: the status speaks for itself
        return "", {}
    if not isinstance(problem, dict):
        return "", {}
    return str(problem.get("type", "")).rsplit("/", 1)[-1], problem
