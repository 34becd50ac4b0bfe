"""What should a person look at, and what of it is new?"""

from itertools import groupby

from lenke.console.asking import Look
from lenke.console.health import of_finding
from lenke.console.page import Asked, Page, number

GROUPS = {
    "system": "What stops a system, or every write",
    "flow": "What stops a flow, a record type or a property of it",
    "record": "What stops a record",
    "stands": "What somebody lets stand",
}


def page(look: Look, asked: Asked) -> Page:
    """Give the findings, what stops most first."""
    kind, everything = asked.text("kind"), asked.flag("everything")
    answer = look.at(
        "findings",
        since=asked.since,
        everything=everything,
        kind=kind,
        reach=None,
        system=None,
        offset=asked.offset,
    )
    groups = [
        (GROUPS[name], list(rows))
        for name, rows in groupby(
            answer.rows,
            lambda row: "stands" if row["acknowledged_at"] else row["reach"],
        )
    ]
    if answer.rows:
        first = answer.first
        new, stop = first["new_ones"], first["stop_systems"]
        sentence = (
            f"{number(answer.in_all, 'finding', 'findings')}"
            f"{f' of kind {kind}' if kind else ''}"
            f"{'' if everything else ' open'}, {new:,} new since yesterday 07:00"
            f"{f', {stop:,} for a whole system' if stop else ''}."
        )
    elif kind or asked.offset:
        sentence = "No such findings."
    else:
        sentence = "No findings: all is well."
    return Page(
        "findings",
        "Findings",
        sentence,
        {
            "answer": answer,
            "groups": groups,
            "kinds": look.at("finding_kinds"),
            "health": {row["finding_id"]: of_finding(row) for row in answer.rows},
            "asked_kind": kind,
            "everything": everything,
        },
    )
