"""How much of a flow is in step, by which rules, and who is left out?"""

from lenke.console.asking import Look, Row
from lenke.console.health import of_flow
from lenke.console.page import Asked, Page, nothing, number
from lenke.seeds.filled import seed_rows

_GONE = {
    "keep": "the other one is left alone",
    "delete": "its target is deleted",
    "deactivate": "its target is set inactive",
    "recreate": "it is made again",
}
_WINS = {
    "newest": "the newest",
    "source": "the source",
    "target": "the target",
    "ask": "a person decides",
}
_LEFT_OUT = ("unmatched", "ambiguous", "held", "excluded", "resting")


def page(look: Look, asked: Asked) -> Page:
    """Give one flow: its coverage, and its rows of the seeds with their why."""
    name = asked.text("name")
    answer = look.at("flows", flow=name) if name else None
    if answer is None or not answer.rows:
        return nothing("flow", name)
    row = answer.first
    [seed] = [each for each in seed_rows("flows.csv") if each["flow"] == name] or [{}]
    mappings = [r for r in seed_rows("property_mappings.csv") if r["flow"] == name]
    rules = [r for r in seed_rows("link_rules.csv") if r["flow"] == name]
    return Page(
        "flow",
        row["flow"],
        _sentence(row),
        {
            "answer": answer,
            "row": row,
            "health": of_flow(row),
            "seed": seed,
            "mappings": mappings,
            "rules": rules,
            "scope": [r for r in seed_rows("record_rules.csv") if r["flow"] == name],
            "gone": _GONE,
            "wins": _WINS,
            "unlinked": look.at("unlinked", flow=name, offset=asked.offset),
        },
    )


def _sentence(row: Row) -> str:
    words = (
        f"{row['linked']:,} of {number(row['source_records'], 'record', 'records')} "
        f"linked, {row['in_step']:,} of them in step; "
        f"{number(row['waiting'], 'write waits', 'writes wait')}"
    )
    out = [f"{row[each]:,} {each}" for each in _LEFT_OUT if row[each]]
    return "; ".join([words, ", ".join(out)] if out else [words]) + "."
