"""Which record is it?"""

from lenke.console.asking import Look
from lenke.console.page import Asked, Page, number

LEAST = 2  # signs that are worth a search


def page(look: Look, asked: Asked) -> Page:
    """Give the records that bear what was typed."""
    typed = asked.text("q") or ""
    answer = None
    if len(typed) >= LEAST:
        answer = look.at("search", typed=typed, offset=asked.offset)
        sentence = (
            f"{number(answer.in_all, 'record bears', 'records bear')} “{typed}”."
            if answer.rows
            else f"No record bears “{typed}”, as it was published."
        )
    else:
        sentence = "Type an id, a key, a name, a number, or a value."
    return Page("search", "Search", sentence, {"answer": answer, "typed": typed})
