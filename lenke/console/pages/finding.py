"""What is the matter, who is concerned, and what can be done about it?"""

from lenke.console.asking import Look, Row
from lenke.console.health import of_finding
from lenke.console.page import Asked, Page, nothing
from lenke.why.told import when


def page(look: Look, asked: Asked) -> Page:
    """Give one finding, with the records that it speaks of side by side."""
    name = asked.text("id")
    answer = look.at("finding", finding=name)
    if not answer.rows:
        return nothing("finding", name)
    row = answer.first
    keys = [each["record_key"] for each in row["records"] or ()]
    values = look.at("values", keys=keys)
    return Page(
        "finding",
        f"{row['kind'].replace('_', ' ').capitalize()}: "
        f"{row['record_name'] or row['record_key']}",
        f"{_since(row)} {row['message']}",
        {
            "answer": answer,
            "row": row,
            "health": of_finding(row),
            "keys": keys,
            "side_by_side": side_by_side(values.rows, keys),
            "agreed": values,
            "history": look.at("about_finding", key=row["record_key"], offset=0),
        },
    )


def side_by_side(
    rows: list[Row], keys: list[str]
) -> list[tuple[str, list[str | None]]]:
    """Give for each property what is agreed on for each record; None: nothing is."""
    found: dict[str, dict[str, str | None]] = {}
    for row in rows:
        found.setdefault(row["property"], {})[row["record_key"]] = row["agreed_value"]
    return [(name, [of.get(key) for key in keys]) for name, of in found.items()]


def _since(row: Row) -> str:
    if row["first_seen_at"] is None:
        return "New."
    return f"Since {when(row['first_seen_at'])}."
