"""Is it running, what is broken, what waits?"""

from typing import Any

from lenke.console.asking import Look, Row
from lenke.console.health import of_flow, of_run, of_system
from lenke.console.page import Asked, Page, number
from lenke.console.seeds import systems
from lenke.why.told import when

_SINCE = " since yesterday 07:00"


def page(look: Look, asked: Asked) -> Page:
    """Give the state of everything."""
    newest = look.at("now", since=asked.since)
    read = look.at("systems", systems=systems())
    flows = look.at("flows", flow=None)
    values: dict[str, Any] = {
        "newest": newest,
        "run_health": of_run(newest.first),
        "systems": read,
        "flows": flows,
        "system_health": {row["system"]: of_system(row) for row in read.rows},
        "flow_health": {row["flow"]: of_flow(row) for row in flows.rows},
    }
    return Page("now", "Now", _sentence(newest.first, read.rows), values)


def _sentence(newest: Row, systems: list[Row]) -> str:
    rest = sum(bool(row["trouble"] or row["paused"]) for row in systems)
    parts = [
        *([f"{number(rest, 'system rests', 'systems rest')}"] if rest else []),
        *(
            [number(newest["new_findings"], "new finding", "new findings") + _SINCE]
            if newest["new_findings"]
            else []
        ),
        *(
            [number(newest["conflicts"], "lost value unseen", "lost values unseen")]
            if newest["conflicts"]
            else []
        ),
    ]
    old = newest["open_findings"] - newest["new_findings"]
    if old:
        parts.append(number(old, "older finding", "older findings"))
    last = (
        f"Last run {when(newest['started_at'])}" if newest["run_id"] else "No run yet"
    )
    if newest["run_id"] and newest["finished_at"] is None:
        last += ", which has not come to its end"
    elif newest["exit_code"] not in (None, 0):
        last += f": {newest['outcome']}"
    waits = number(newest["planned"], "write waits", "writes wait")
    if parts:
        return f"{', '.join(parts)}. {last}; {waits}."
    is_well = newest["exit_code"] == 0
    return f"{'All well' if is_well else 'No findings'}. {last}; {waits}."
