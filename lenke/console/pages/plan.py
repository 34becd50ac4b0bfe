"""What would the next push write, and would a guard stop it?"""

from lenke.console.asking import Look
from lenke.console.page import Asked, Page, number


def page(look: Look, asked: Asked) -> Page:
    """Give what a push would send, as the newest build has it."""
    flow = asked.text("flow")
    answer = look.at("plan", flow=flow, offset=asked.offset)
    guards = look.at("guards")
    if answer.rows:
        first = answer.first
        deletes = number(first["deletes"], "record", "records")
        sentence = (
            f"The next push would write {number(answer.in_all, 'record', 'records')} "
            f"and delete {deletes if first['deletes'] else 'none'}."
        )
    else:
        sentence = "The next push would write nothing."
    return Page(
        "plan",
        "Plan",
        sentence,
        {"answer": answer, "guards": guards, "flow": flow},
    )
