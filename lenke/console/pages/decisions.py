"""What have people decided, and what has become of it?"""

from lenke.console.asking import Look
from lenke.console.health import of_decision
from lenke.console.page import Asked, Page, number


def page(look: Look, asked: Asked) -> Page:
    """Give the decisions of people, what no run has come to first."""
    answer = look.at("decisions", offset=asked.offset)
    sentence = "Nobody has decided anything."
    if answer.rows:
        waiting = answer.first["waiting"]
        sentence = (
            f"{number(answer.in_all, 'decision', 'decisions')}, "
            f"{f'{waiting:,} waiting for a run' if waiting else 'none waiting'}."
        )
    return Page(
        "decisions",
        "Decisions",
        sentence,
        {
            "answer": answer,
            "health": {
                row["decision_id"]: of_decision(row["status"]) for row in answer.rows
            },
        },
    )
