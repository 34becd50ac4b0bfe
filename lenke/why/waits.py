"""What a star waits for now, and why an edit was not taken."""

import re
from collections.abc import Iterator
from datetime import datetime

from lenke.seeds.filled import seed_rows
from lenke.showing.layout import visible
from lenke.showing.local_time import shown
from lenke.why import changes
from lenke.why.star import Row, Star
from lenke.why.told import Fact, command, when
from lenke.why.words import OPERATIONS, OUTCOMES, RESTS, SIGHTS

# What people decide about values is told where the value is told.
_TOLD_ELSEWHERE = ("restore", "acknowledge", "put_back_source", "put_back_target")


def found(rows: list[Row]) -> Iterator[Fact]:
    """Tell what a person should look at."""
    for row in rows:
        yield Fact(
            visible(row["message"]),
            property=row["property"],
            is_new=True,
            next_steps=(row["next_step"],) if row["next_step"] else (),
            row=row,
        )


def seen(star: Star, findings: list[Row]) -> Iterator[Fact]:
    """Tell of each record and property that was not in step what becomes of it.

    What a finding tells already is left to that: it has the system's words.
    """
    for row in star.table("sights"):
        is_told = any(
            each["record_key"] == row["record_key"]
            and names_property(each["property"], (row["name"], row["property"]))
            for each in findings
        )
        if is_told or _has_arrived(star, row):
            continue
        held = _reason(row["held_because"])
        yield Fact(
            _seen(star, row, held),
            property=row["property"],
            is_new=True,
            next_steps=(held["next_step"],) if held else (),
            row=row,
        )


def planned(star: Star) -> Iterator[Fact]:
    """Tell what the next push would send."""
    for row in star.table("plan"):
        to = (
            star.names.of(row["record_key"])
            if row["record_id"]
            else f"a record of {row['system']} {row['entity']}"
        )
        names = ", ".join(row["properties_after"] or {})
        yield Fact(
            f"The next push is to {OPERATIONS.get(row['operation'], row['operation'])} "
            f"{to}" + (f": {visible(names)}." if names else "."),
            is_new=True,
            next_steps=(f"To send it: `{command('sync')}`.",),
            row=row,
        )


def decided(star: Star) -> Iterator[Fact]:
    """Tell what people have decided about the records, their flows and systems."""
    for row in star.table("decisions"):
        if row["kind"] in _TOLD_ELSEWHERE and row["status"] != "waits":
            continue
        waits = row["status"] in ("waits", "in force")
        is_pause = row["kind"] == "pause" and row["status"] == "in force"
        yield Fact(
            _decided(star, row),
            at=row["decided_at"],
            property=row["property"],
            is_new=waits,
            next_steps=(f"To end it: `{command('resume', _paused(row))}`.",)
            if is_pause
            else (),
            row=row,
        )


def names_property(told: str | None, names: tuple[str | None, ...]) -> bool:
    """Tell whether a finding's property, which may be several, is one of these."""
    return bool(told) and bool(set(re.split(r", ?", told or "")) & set(names))


def _has_arrived(star: Star, row: Row) -> bool:
    """Tell whether what a record waits for is what our newest write has left there."""
    if row["sight"] != "absent":
        return False
    for each in star.table("writes"):  # the newest first
        carried = changes.carried(each)
        if each["record_key"] == row["record_key"] and row["property"] in carried:
            value: object = carried[row["property"]]
            return value == row["agreed_value"] and bool(each["status"] == "done")
    return row["agreed_value"] is None


def _seen(star: Star, row: Row, held: Row | None) -> str:
    words = _rests(star, row) or SIGHTS.get(row["sight"], row["sight"])
    sentence = f"{star.names.of(row['record_key'])} {words}"
    if row["sight"] == "edited":
        sentence += f" to {star.names.value(row['believed_value'])}" + (
            f" on {when(row['edited_at'])}" if row["edited_at"] else ""
        )
    elif row["sight"] in ("unproven", "unreadable", "masked") and row["shown_value"]:
        sentence += f" (it shows {visible(row['shown_value'])})"
    outcome = OUTCOMES.get(row["outcome"] or "", "Nothing is agreed on yet.")
    sentence += ". " + outcome.format(agreed=star.names.value(row["agreed_value"]))
    return sentence + (f" Why: {held['meaning']}." if held else "")


def _rests(star: Star, row: Row) -> str | None:
    """Say why a record is not looked at, where that is because its link rests."""
    for link in star.links:
        if (
            row["sight"] == "absent"
            and link["target_key"] == row["record_key"]
            and link["ended_at"] is None
            and link["rests_because"]
        ):
            because = RESTS.get(link["rests_because"], link["rests_because"])
            return f"is not looked at now: {because}"
    return None


def _reason(name: str | None) -> Row | None:
    if name is None:
        return None
    told = [dict(row) for row in seed_rows("reasons.csv") if row["reason"] == name]
    return told[0] if told else None


def _decided(star: Star, row: Row) -> str:
    who, reason = visible(row["decided_by"] or "Somebody"), row["reason"]
    about = {
        "link": "that {source} and {target} belong together",
        "unlink": "that {source} and {target} do not belong together",
        "create": "that {source} gets a record of its own",
        "pause": "that {paused} rests",
        "resume": "that {paused} takes part again",
        "restore": "that {value} comes back",
    }.get(row["kind"], str(row["kind"]))
    sentence = about.format(
        source=star.names.of(row["source_key"]),
        target=star.names.of(row["target_key"]),
        paused=star.names.of(_paused(row)),
        value=star.names.value(row["decided_value"]),
    )
    details = f": {visible(row['details'])}" if row["details"] else ""
    if row["kind"] == "pause" and row["status"] == "in force":
        ends = row["decided_value"]
        details = f" until {_local(ends)}" if ends else " until somebody ends it"
    return (
        f"{who} decided {sentence}"
        + (f" ({visible(reason)})" if reason else "")
        + f". {visible(row['status']).capitalize()}{details}."
    )


def _local(told: str) -> str:
    try:
        return shown(datetime.fromisoformat(told))
    except ValueError:
        return visible(told)


def _paused(row: Row) -> str:
    """Give what a pause is about: a flow, a target, a source or a system."""
    return str(row["flow"] or row["target_key"] or row["source_key"])
