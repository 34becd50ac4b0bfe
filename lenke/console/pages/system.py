"""Is a system read, how much of it, and why does it rest?"""

from typing import Any

from lenke.console.asking import Look, Row
from lenke.console.chart import stacked
from lenke.console.health import of_flow, of_system
from lenke.console.page import Asked, Page, nothing
from lenke.console.seeds import flows_of, systems
from lenke.why.told import when


def page(look: Look, asked: Asked) -> Page:
    """Give one system: what it holds, when it was read, and what is the matter."""
    name = asked.text("name")
    answer = look.at("systems", systems=systems())
    rows = [row for row in answer.rows if row["system"] == name]
    if not rows:
        return nothing("system", name)
    [row] = rows
    reads = look.at("system_reads", system=name)
    flows = look.at("flows", flow=None)
    own = flows_of(row["system"])
    of_it = [each for each in flows.rows if each["flow"] in own]
    values: dict[str, Any] = {
        "systems": answer,
        "row": row,
        "health": of_system(row),
        "entities": look.at("system_entities", system=name),
        "reads": reads,
        "chart": stacked(
            "Records read in each run, the newest to the right",
            [
                (each["run_id"], [("well", sum((each["loaded"] or {}).values()))])
                for each in reads.rows[::-1]
            ],
        ),
        "findings": look.at(
            "findings",
            since=asked.since,
            everything=True,
            kind=None,
            reach="system",
            system=name,
            offset=0,
        ),
        "flows": of_it,
        "flow_health": {each["flow"]: of_flow(each) for each in of_it},
    }
    return Page("system", str(name), _sentence(row), values)


def _sentence(row: Row) -> str:
    read = (
        f"read last by the run of {when(row['read_at'])}"
        if row["read_at"]
        else "never read"
    )
    words = (
        f"{of_system(row).word.capitalize()}: {row['records'] or 0:,} records, {read}"
    )
    why = row["trouble"] or (f"paused {row['paused']}" if row["paused"] else None)
    return f"{words}.{f' {why}' if why else ''}"
