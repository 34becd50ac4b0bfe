"""Which values were not taken, and may one of them come back?"""

from lenke.console.asking import Look
from lenke.console.health import of_conflict
from lenke.console.page import Asked, Page, number
from lenke.why.words import LOST


def page(look: Look, asked: Asked) -> Page:
    """Give the values that lost, what nobody has seen first."""
    past, conflict = asked.flag("past"), asked.text("id")
    answer = look.at(
        "conflicts",
        past=past or conflict is not None,
        conflict=conflict,
        offset=asked.offset,
    )
    if answer.rows:
        unseen = answer.first["unseen"]
        sentence = (
            f"{number(answer.in_all, 'value', 'values')} not taken, {unseen:,} unseen."
        )
    else:
        sentence = "No conflicts: nothing was lost."
        if conflict:
            sentence = "No such conflict."
        elif not past:
            sentence = "No conflicts that anybody should look at."
    return Page(
        "conflicts",
        "Conflicts",
        sentence,
        {
            "answer": answer,
            "past": past,
            "why_lost": LOST,
            "health": {
                row["status"]: of_conflict(row["status"]) for row in answer.rows
            },
        },
    )
