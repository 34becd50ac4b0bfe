"""Write docs/performance.md: the part between its markers, and nothing else of it."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from bench.goals import FIGURES, Figure
from bench.results import Results, Summary
from bench.subject import BASE, NOW, PROJECT

PAGE = PROJECT / "docs" / "performance.md"
BEGIN = "<!-- measured: `make bench` writes from here -->"
END = "<!-- to here -->"

_HEAD = (
    "| what is measured | unit | median | least to most | rounds | goal | aim "
    "| reached | CPU, time and peak of its processes | measured |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)
_NOT_MEASURED = "not measured"
# So much slower, and slower in its best round than the other in its middle one.
_SLOWER = 1.1


def write(results: Results, page: Path = PAGE) -> None:
    """Write the table into the page; what was not measured now keeps its row."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} lacks its markers, {BEGIN} and {END}.")
    rows = "\n".join(table(results, old.splitlines()))
    new = f"{before}{begin}\n\n{rows}\n\n{_machine()}\n\n{end}{after}"
    page.write_text(new, encoding="utf-8")


def table(results: Results, old: Sequence[str] = ()) -> list[str]:
    """Give the table; a row of `old` stays where nothing newer is known."""
    kept = {
        line.split("|")[1].strip(): line
        for line in old
        if line.startswith("| ") and _NOT_MEASURED not in line
    }
    rows = []
    for figure in FIGURES:
        summary = results.summary(figure.key, NOW)
        if summary is None and figure.title in kept:
            rows.append(kept[figure.title])
        else:
            rows.append(_row(figure, summary, results))
    return [*_HEAD, *rows]


def compared(results: Results, scenarios: Sequence[str]) -> tuple[list[str], bool]:
    """Give the lines that hold both against each other, and whether it is slower."""
    lines, slower = [], False
    for figure in FIGURES:
        now = results.summary(figure.key, NOW)
        base = results.summary(figure.key, BASE)
        if figure.scenario not in scenarios or now is None or base is None:
            continue
        worse = is_worse(figure, now, base)
        slower = slower or worse
        times = f"{now.median / base.median:.2f} x" if base.median else ""
        lines.append(
            f"{figure.title}: {_number(now.median)} {figure.unit}, before "
            f"{_number(base.median)}; {times}{'  WORSE' if worse else ''}"
        )
    return lines, slower


def is_worse(figure: Figure, now: Summary, base: Summary) -> bool:
    """Say whether a figure has become worse, beyond what chance does."""
    if figure.goal is None:
        return False
    if figure.more:
        return now.median < base.median / _SLOWER and now.high < base.median
    return now.median > base.median * _SLOWER and now.low > base.median


def _row(figure: Figure, summary: Summary | None, results: Results) -> str:
    goal = "" if figure.goal is None else _number(figure.goal)
    aim = "" if figure.aim is None else _number(figure.aim)
    cells = [figure.title, figure.unit, "", "", "", goal, aim, _NOT_MEASURED, "", ""]
    if summary is not None:
        ends = f"{_number(summary.low)} to {_number(summary.high)}"
        cells[2:5] = [_number(summary.median), ends, str(summary.rounds)]
        cells[7:] = [
            figure.reached(summary.median),
            "; ".join(
                f"{name} {_number(cost.cpu)} s, {_number(cost.wall)} s, "
                f"{cost.peak:.0f} MB"
                for name, cost in results.processes(figure.key, NOW).items()
            ),
            results.when(figure.key),
        ]
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    if value == int(value) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 20 else f"{value:.2f}"


def _machine() -> str:
    """Say on what the newest rows were measured."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"The newest rows: {os.cpu_count()} cores ({model}), "
        f"Python {platform.python_version()}, {platform.system()}."
    )
