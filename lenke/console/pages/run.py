"""What came, what went, and how did it end?"""

from lenke.console.asking import Look, Row
from lenke.console.health import of_run, of_write
from lenke.console.page import Asked, Page, nothing, number
from lenke.why.told import when

CODES = {
    0: "all done",
    1: "stopped by an error",
    2: "wrong usage or configuration",
    3: "done, but some writes were refused, or a system was out",
    4: "stopped by a guard, or a system rested",
    5: "another run was active",
}


def page(look: Look, asked: Asked) -> Page:
    """Give one run, with its writes."""
    name = asked.text("id")
    answer = look.at("run", run=name)
    if not answer.rows:
        return nothing("run", name)
    row, writes = answer.first, look.at("run_writes", run=name, offset=asked.offset)
    return Page(
        "run",
        f"Run {row['run_id']}",
        _sentence(row, writes.in_all),
        {
            "answer": answer,
            "row": row,
            "health": of_run(row),
            "summary": row["summary"] if isinstance(row["summary"], dict) else {},
            "code": CODES.get(row["exit_code"]),
            "counts": look.at("run_counts", run=name),
            "writes": writes,
            "write_health": {
                each["status"]: of_write(each["status"]) for each in writes.rows
            },
        },
    )


def _sentence(row: Row, writes: int) -> str:
    began = f"{row['command']} of {when(row['started_at'])}"
    if row["finished_at"] is None:
        return f"{began}: it has not come to its end, or was killed."
    seconds = (row["finished_at"] - row["started_at"]).total_seconds()
    return (
        f"{began}: {row['outcome']} after {seconds:,.0f} s, "
        f"{number(writes, 'write', 'writes')}."
    )
