"""How did the runs go, and what did they write?"""

from lenke.console.asking import Look
from lenke.console.chart import stacked
from lenke.console.health import of_run
from lenke.console.page import Asked, Page, number


def page(look: Look, asked: Asked) -> Page:
    """Give the runs, the newest first."""
    with_writes, with_trouble = asked.flag("writes"), asked.flag("trouble")
    answer = look.at(
        "runs",
        since=asked.since,
        with_writes=with_writes,
        with_trouble=with_trouble,
        offset=asked.offset,
    )
    if answer.rows:
        first = answer.first
        recent = number(first["since_then"], "run", "runs")
        sentence = f"{recent} since yesterday 07:00, " + (
            f"{first['with_trouble']:,} with trouble."
            if first["with_trouble"]
            else "none with trouble."
        )
    else:
        sentence = "No such runs." if with_writes or with_trouble else "No run yet."
    return Page(
        "runs",
        "Runs",
        sentence,
        {
            "answer": answer,
            "health": {row["run_id"]: of_run(row) for row in answer.rows},
            "chart": stacked(
                "Writes of each run, the newest to the right",
                [
                    (
                        row["run_id"],
                        [
                            ("well", row["done"]),
                            ("wait", row["not_sent"]),
                            ("unknown", row["in_doubt"]),
                            ("stop", row["refused"]),
                        ],
                    )
                    for row in answer.rows[::-1]
                ],
            ),
            "with_writes": with_writes,
            "with_trouble": with_trouble,
        },
    )
