"""What happened to properties: who typed what, what lost, what was sent."""

from collections.abc import Iterator
from typing import Any

from lenke.showing.layout import visible
from lenke.why.star import Row, Star
from lenke.why.told import Fact, command, when
from lenke.why.words import CAME, LOST, OPERATIONS, STANDS, WON


def agreed(star: Star) -> Iterator[Fact]:
    """Tell each change of an agreed value, the newest first."""
    for row in star.table("history"):
        yield Fact(
            _agreed(star, row), at=row["agreed_at"], property=row["property"], row=row
        )


def lost(star: Star) -> Iterator[Fact]:
    """Tell each value that was not taken, with the commands where it may come back."""
    for row in star.table("conflicts"):
        commands = []
        if row["status"] in ("open", "noted") and row["id"]:
            commands = [f"To have it: `{command('conflicts', 'restore', row['id'])}`."]
        if row["status"] == "open" and row["id"]:
            seen = command("conflicts", "acknowledge", row["id"])
            commands.append(f"To leave it so: `{seen}`.")
        yield Fact(
            _lost(star, row),
            at=row["noted_at"],
            property=row["property"],
            next_steps=tuple(commands),
            row=row,
        )


def sent(star: Star) -> Iterator[Fact]:
    """Tell what was sent: once for each value, with all who were to get it in a run."""
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in star.table("writes"):
        for name, value in carried(row).items() or [(None, None)]:
            told = (name, value, row["run_id"], row["status"], row["error"])
            alike.setdefault(told, []).append(row)
    for (name, value, *_), rows in alike.items():
        yield Fact(
            _sent(star, rows, name, value),
            at=rows[0]["settled_at"] or rows[0]["intended_at"],
            property=name,
            row={"value": value, "writes": rows},
        )


def carried(row: Row) -> dict[str, Any]:
    """Give what a write carried, by the star's names; nothing for a delete."""
    found = row["delivered"]
    return found if isinstance(found, dict) else {}


def _agreed(star: Star, row: Row) -> str:
    value, before = star.names.value(row["value_to"]), row["value_from"]
    was = f" Before it was {star.names.value(before)}." if before is not None else ""
    rule = row["rule"]
    if rule == "first_meeting":
        if row["won_by"] is None:
            return "Nothing was agreed on when the records met: they held nothing."
        return (
            f"The records met, and agreed on {value}: {star.names.of(row['won_by'])} "
            "held it."
        )
    if rule in ("restored", "unlinked"):
        who = visible(row["decided_by"] or "A person")
        reason = f" ({visible(row['reason'])})" if row["reason"] else ""
        what = (
            f"had {value} restored"
            if rule == "restored"
            else f"had a wrong link undone, and {value} was put back"
        )
        return f"{who} {what}{reason}.{was}"
    system = (row["won_by"] or "").split(":", 1)[0]
    who = (
        f"User {visible(row['typed_by'])} of {system}"
        if row["typed_by"]
        else "Somebody"
    )
    typed = "emptied it" if row["value_to"] is None else f"typed {value}"
    at = f" on {when(row['typed_at'])}" if row["typed_at"] else ""
    won = WON.get(rule, "" if rule == "edited" else f"It won by the rule {rule}.")
    return f"{who} {typed} in {star.names.of(row['won_by'])}{at}.{was} {won}".rstrip()


def _lost(star: Star, row: Row) -> str:
    value, won = star.names.value(row["losing_value"]), row["winning_value"]
    where = (
        "what was agreed on"
        if (row["losing_key"] or "").startswith("lenke:")
        else f"the value of {star.names.of(row['losing_key'])}"
    )
    against = f"{star.names.value(won)}" + (
        f" of {row['winning_system']}" if row["winning_system"] else ""
    )
    because = LOST.get(row["rule"], f"the rule {row['rule']}")
    return (
        f"{value}, {where}, was not taken, but {against}: {because}. "
        f"{STANDS.get(row['status'], '')}"
    ).rstrip()


def _sent(star: Star, rows: list[Row], name: str | None, value: Any) -> str:
    to = " and ".join(_receiver(star, row) for row in rows)
    status, error = rows[0]["status"], rows[0]["error"]
    came = str(CAME.get(status, status))
    came += f". It said: {visible(error).rstrip('.')}" if error else ""
    if name is None:
        does = OPERATIONS.get(rows[0]["operation"], rows[0]["operation"])
        return f"Lenke was to {does} {to}: {came}."
    what = star.names.value(None if value is None else str(value))
    return f"{what} was sent to {to}: {came}."


def _receiver(star: Star, row: Row) -> str:
    if not row["record_id"]:
        return f"a new record of {row['system']} {row['entity']}"
    made = " (made then)" if row["operation"] == "create" else ""
    return star.names.of(row["record_key"]) + made
